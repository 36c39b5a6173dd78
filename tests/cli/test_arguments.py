"""The words of the command line: Danish to the last one, and wrong ones are said in one line."""

import argparse
import re
from collections.abc import Iterator

import pytest

from moebelcirkel import language
from moebelcirkel.cli import arguments
from tests import catalogues

REPORT = ("report", "savings", "--out", "a.pdf")

WRONG = [
    (("forkert",), "KOMMANDO: 'forkert' findes ikke (vælg mellem 'demo', "),
    (("--database", "", "check"), "--database: her skal stå noget"),
    (("demo",), "der mangler: --create"),
    (("demo", "--create"), "--create: der mangler noget bagefter"),
    (("demo", "--create", "x", "--seed", "x"), "--seed: skriv et helt tal fra 0 til "),
    (("import", "a.csv", "--as", "units", "--map", "b.toml"), "--as: 'units' findes ikke (vælg"),
    (("import", "a.csv", "--as", "articles", "--map", "b", "--dry-run=1"), "--dry-run: der skal"),
    (("report", "spareri", "--out", "a.pdf"), "RAPPORT: 'spareri' findes ikke (vælg mellem 'sav"),
    (REPORT, "der mangler: --from, --to"),
    ((*REPORT, "--from", "i går", "--to", "1.1.2026"), "--from: ”i går” er ikke en dato."),
    ((*REPORT, "--number", "2026-001", "--to", "1.1.2026"), "--number: kan ikke bruges sammen med"),
    ((*REPORT, "--institution", ""), "--institution: her skal stå noget"),
    (("report", "savings", "--out", ""), "--out: her skal stå noget"),
    (("labels", "--out", "a.pdf"), "der mangler: NUMMER"),
    (("labels", "MC-000001-9", "--out", "a.pdf", "--start", "0"), "--start: skriv et helt tal fra"),
    (("user",), "der mangler: KOMMANDO"),
    (("user", "slet", "eva"), "KOMMANDO: 'slet' findes ikke (vælg mellem 'reset-password')"),
    (("check", "--foo"), "ukendt: --foo"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=" ".join)
def test_wrong_arguments_end_with_two_and_one_danish_line(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        arguments.parse(words)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"moebelcirkel: {told}")


def test_a_new_report_and_a_recorded_one() -> None:
    made = arguments.parse([*REPORT, "--from", "1.1.2026", "--to", "2.1.2026"])
    assert (made.number, made.last.day) == (None, 2)
    assert arguments.parse([*REPORT, "--number", "2026-014"]).number == "2026-014"


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser, and those of all its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from parsers(each)


def test_every_command_and_every_option_says_what_it_is() -> None:
    silent = [
        f"{parser.prog}: {action.dest}"
        for parser in parsers(arguments.made())
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []
    assert [parser.prog for parser in parsers(arguments.made()) if not parser.description] == []


def english() -> list[str]:
    """The English texts of the command line whose Danish is another."""
    source = catalogues.FOLDER / "da" / "cli.po"
    return [
        name.strip()
        for name, danish in catalogues.texts(catalogues.read(source)).items()
        if isinstance(name, str) and name != danish[0]
    ]


def test_no_help_holds_an_english_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    found = [
        f"{parser.prog}: {text}"
        for parser in parsers(arguments.made())
        for text in english()
        if re.search(rf"(?<![\w-]){re.escape(text)}(?!\w)", parser.format_help())
    ]
    assert found == []


def test_the_help_can_be_english(capsys: pytest.CaptureFixture[str]) -> None:
    language.set_language("en")
    with pytest.raises(SystemExit) as ended:
        arguments.parse(["--help"])
    assert ended.value.code == 0
    assert "usage: moebelcirkel" in capsys.readouterr().out
