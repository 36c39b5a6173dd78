"""`shop export` from the command line, and what it refuses."""

from pathlib import Path

from tests.cli.commands import Run, said


def test_the_shop_goes_to_a_file_and_never_over_one(run: Run, town: Path, tmp_path: Path) -> None:
    out = tmp_path / "butik.csv"
    done = run("shop", "export", "--out", str(out))
    assert (done.code, done.err) == (0, "")
    assert done.out == "Butikken er eksporteret: 0 slags, 0 møbler og 0 billeder\n"
    assert out.read_text("utf-8-sig").startswith('"Nummer";"Navn"')
    assert "allerede en fil" in said(run("shop", "export", "--out", str(out)))
    assert "skal ende på" in said(run("shop", "export", "--out", str(tmp_path / "butik.pdf")))
