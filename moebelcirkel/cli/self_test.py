"""`moebelcirkel self-test`: prove that this installation can do its work, wheel or bundle."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from moebelcirkel import language, paths
from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.language import _, refusal
from moebelcirkel.services import self_test
from moebelcirkel.services.start import opening

Check = tuple[str, Callable[[Path], None]]


def run(window: Callable[[Path], None]) -> int:
    """Run all checks; each says what it proved, the first that fails ends with code 1."""
    checks: tuple[Check, ...] = (
        (N_("the database"), _database),
        (N_("the icon"), _icon),
        (N_("the language"), _language),
        (N_("the label"), self_test.label_reads_back),
        (N_("the window"), window),
    )
    if (installed := paths.bundle()) is not None:
        checks = ((N_("the files"), lambda _folder: self_test.files_as_made(installed)), *checks)
    with tempfile.TemporaryDirectory(prefix="moebelcirkel-") as folder:
        for name, check in checks:
            try:
                check(Path(folder))
            except Exception as error:  # noqa: BLE001 - every fault is the finding
                text = _("self-test: {what} failed: {reason}")
                print(text.format(what=_(name), reason=_reason(error)), file=sys.stderr)
                return 1
            print(_("self-test: {what} works").format(what=_(name)))
    return 0


def _reason(error: Exception) -> str:
    """Our own words, or a fault as Python names it."""
    return refusal(error) if isinstance(error, Refused | Unavailable) else repr(error)


def _database(folder: Path) -> None:
    opening.close(opening.create(folder / "self-test.sqlite"))


def _icon(_folder: Path) -> None:
    icon = paths.resources("icons", "moebelcirklen.svg").read_text("utf-8")
    if "<svg" not in icon:
        raise Refused(N_("It is not a picture."))


def _language(_folder: Path) -> None:
    chosen = language.current_language()
    language.set_language("da")
    try:
        if _("Save") != "Gem":
            raise Refused(N_("Danish is not there."))
    finally:
        language.set_language(chosen)
