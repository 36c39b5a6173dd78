"""A bundle's files are compared with the sums that were laid beside them when it was made."""

import hashlib
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services.self_test import SUMS, files_as_made


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Two files and the list of their sums."""
    (tmp_path / "inside").mkdir()
    lines = []
    for name in ("moebelcirkel", "inside/tæl.txt"):
        (tmp_path / name).write_text(name, "utf-8")
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (tmp_path / SUMS).write_text("".join(lines), "utf-8")
    return tmp_path


def test_the_files_are_as_they_were_made_whatever_lies_beside(bundle: Path) -> None:
    (bundle / "noter.txt").write_text("vores egne", "utf-8")
    files_as_made(bundle)


def test_a_changed_file_is_named(bundle: Path) -> None:
    (bundle / "inside" / "tæl.txt").write_text("andet", "utf-8")
    with pytest.raises(Refused, match=r"inside/tæl\.txt is not as it was made"):
        files_as_made(bundle)


@pytest.mark.parametrize("name", ["moebelcirkel", SUMS])
def test_a_missing_file_is_named(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    with pytest.raises(Refused, match=f"{name} is missing"):
        files_as_made(bundle)
