"""`moebelcirkel self-test`: prove that this installation can do its work, wheel or bundle."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from moebelcirkel import language, paths
from moebelcirkel.services import opening, self_test

Check = tuple[str, Callable[[Path], None]]


def run(window: Callable[[Path], None]) -> int:
    """Run all checks; each says what it proved, the first that fails ends with code 1."""
    checks: tuple[Check, ...] = (
        ("database", _database),
        ("icon", _icon),
        ("language", _language),
        ("label", self_test.label_reads_back),
        ("window", window),
    )
    with tempfile.TemporaryDirectory(prefix="moebelcirkel-") as folder:
        for name, check in checks:
            try:
                check(Path(folder))
            except Exception as error:  # noqa: BLE001 - every fault is the finding
                print(f"self-test: {name} failed: {error!r}", file=sys.stderr)
                return 1
            print(f"self-test: {name} ok")
    return 0


def _database(folder: Path) -> None:
    opening.close(opening.create(folder / "self-test.sqlite"))


def _icon(_folder: Path) -> None:
    icon = paths.resources("icons", "moebelcirklen.svg").read_text("utf-8")
    if "<svg" not in icon:
        raise ValueError("the icon is not a picture")


def _language(_folder: Path) -> None:
    language.set_language("da")
    if language._("Save") != "Gem":
        raise ValueError("Danish is not there")
