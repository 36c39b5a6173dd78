"""What is kept about a person, as a file of the command line."""

from pathlib import Path

import pytest

from tests.cli.commands import Run, said
from tests.documents import reading


def test_the_paper_of_a_user_and_of_a_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("person", "paper", "--login", "Leader", "--out", "a.pdf").code == 0
    assert "Leader" in reading.whole_text(Path("a.pdf").read_bytes())
    assert run("person", "paper", "--name", "Ole Bendtsen", "--out", "b.pdf").code == 0
    assert "Ole Bendtsen" in reading.whole_text(Path("b.pdf").read_bytes())
    assert "allerede en fil" in said(run("person", "paper", "--login", "eva", "--out", "a.pdf"))


def test_who_there_is_not_and_what_is_no_paper_is_said(run: Run, tmp_path: Path) -> None:
    target, text = tmp_path / "a.pdf", tmp_path / "a.txt"
    told = said(run("person", "paper", "--login", "x", "--out", str(target)))
    assert "ingen bruger ”x”" in told
    assert ".pdf" in said(run("person", "paper", "--login", "eva", "--out", str(text)))
    assert not target.exists()
