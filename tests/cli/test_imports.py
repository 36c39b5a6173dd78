"""`import` from the command line: dry run, import, what it cannot tell, and wrong files."""

from pathlib import Path

import pytest

from moebelcirkel.services import articles
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests.cli.commands import IKEA, Answer, Run, said

MAP = """[columns]
key = "varenr"
name = "navn"
category = "kategori"
price = "nypris"
[price]
date = 2026-01-01
source = "Egen prøve"
[categories]
"Sofa" = "sofa_3_seat"
"""


@pytest.fixture
def tried(run: Run, tmp_path: Path) -> Run:
    """Import so many prices of sofas by the same choices."""
    (tmp_path / "valg.toml").write_text(MAP, "utf-8")

    def go(*prices: str) -> Answer:
        lines = [f'M-{n},Sofa {n},Sofa,"{price}"' for n, price in enumerate(prices)]
        file = tmp_path / "sofaer.csv"
        file.write_text("\n".join(["varenr,navn,kategori,nypris", *lines]), "utf-8")
        return run("import", str(file), "--as", "articles", "--map", str(tmp_path / "valg.toml"))

    return go


def prices(town: Path) -> list[int | None]:
    database = Database(town)
    hits = articles.suggest(Context(database, SYSTEM), "sofa")
    database.close()
    return sorted((hit.new_price_ore for hit in hits), key=str)


@pytest.mark.parametrize("price", ["6.195 kr.", "6.195,-"])
def test_thousands_are_thousands(tried: Run, town: Path, price: str) -> None:
    assert tried(price).code == 0
    assert prices(town) == [495_600]


def test_a_decimal_sign_that_cannot_be_told_is_asked_for(
    tried: Run, town: Path, tmp_path: Path
) -> None:
    told = said(tried("1.200", "3.450"))
    assert "Det kan ikke ses, om ”1.200” har tusindtalstegn eller decimaler." in told
    assert 'Skriv decimal = "," eller "." under [file] i valg.toml.' in told
    (tmp_path / "valg.toml").write_text(f'{MAP}[file]\ndecimal = ","\n', "utf-8")
    assert tried("1.200", "3.450").code == 0
    assert prices(town) == [276_000, 96_000]


def test_prices_far_from_the_usual_are_confirmed(tried: Run, town: Path) -> None:
    answer = tried("4,95", "995,00")
    assert "langt fra, hvad sådan et møbel koster" in answer.out
    assert "--any-price" in answer.out
    assert prices(town) == [79_600]


def test_a_dry_run_imports_nothing(run: Run) -> None:
    answer = run(*IKEA, "--dry-run")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert len(lines) == 1399 + 2
    assert lines[0].startswith("Linje ")
    assert lines[-2:] == [
        "2.295 møbeltyper, 1.399 linjer afvist.",
        "Det var en prøvekørsel. Intet er importeret.",
    ]
    assert run(*IKEA, "--dry-run").out == answer.out


def test_an_import_comes_in_once(run: Run, town: Path) -> None:
    answer = run(*IKEA)
    assert (answer.code, answer.out.splitlines()[-1]) == (
        0,
        "2.295 møbeltyper, 1.399 linjer afvist.",
    )
    database = Database(town)
    assert articles.suggest(Context(database, SYSTEM), "ingolf barstol")
    database.close()
    assert "allerede importeret" in said(run(*IKEA))


def test_import_names_the_file_that_is_wrong(run: Run, tmp_path: Path) -> None:
    assert "kan ikke læses" in said(run("import", "nix.csv", *IKEA[2:]))
    broken = tmp_path / "valg.toml"
    broken.write_text("[columns\n", "utf-8")
    assert "valg.toml" in said(run(*IKEA[:5], str(broken)))
    assert "PDF" in said(run("import", str(_pdf(tmp_path)), *IKEA[2:]))


def _pdf(folder: Path) -> Path:
    file = folder / "bog.csv"
    file.write_bytes(b"%PDF-1.7 ...")
    return file
