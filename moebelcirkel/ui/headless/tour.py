"""The main job without a screen, and pictures of the pages: both on fresh example data.

The clock stands still and fonts are our own, so that pictures are the same on every machine.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.headless.quiet import hushed

#: The day of the pictures, in the morning.
NOW = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)
SIZES = ((1440, 900), (1280, 720))
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font"><edit name="hintstyle"><const>hintslight</const></edit></match>
</fontconfig>
"""


def run(*, out: Path | None, shots: Path | None, target: str | None = None) -> int:
    """Do what was asked for; pictures and report lie where it says."""
    folder = (out or shots or Path.cwd() / "build").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            N_("The folder {folder} cannot be created. Choose another folder."), folder=str(folder)
        ) from error
    with _quiet_place() as place:
        database = _example(place, target)
        if out is not None or shots is None:
            _main_job(folder, database)
        if shots is not None:
            _pictures(shots.absolute(), database, place, SIZES, ("light", "dark"))
        else:
            _pictures(folder / "pictures", database, place, SIZES[:1], ("light",))
    return 0


def _main_job(folder: Path, database: Path) -> None:
    from moebelcirkel.services.start import opening
    from moebelcirkel.ui.headless import chain as tour_chain

    context = replace(opening.open_existing(database), clock=_now)
    try:
        report = tour_chain.run(tour_chain.people(context), folder, _say)
    finally:
        opening.close(context)
    _say(_("The report lies at {path}").format(path=report))


def _pictures(
    folder: Path,
    database: Path,
    place: Path,
    sizes: tuple[tuple[int, int], ...],
    schemes: tuple[str, ...],
) -> None:
    from moebelcirkel.ui.headless import pictures as tour_pictures

    folder.mkdir(parents=True, exist_ok=True)
    count = tour_pictures.take(folder, database, place, sizes, schemes, _now)
    text = ngettext("{count} picture lies in {path}", "{count} pictures lie in {path}", count)
    _say(text.format(count=count, path=folder))


def _example(place: Path, target: str | None) -> Path:
    """Fresh example data, or a copy of the file given: the tour changes what it works on."""
    from moebelcirkel.demo import making as demo
    from moebelcirkel.services import copies
    from moebelcirkel.services.start import opening

    database = place / "tour.sqlite"
    if target is None:
        _say(_("The example data is being made …"))
        demo.create(database, today=NOW.date())
        return database
    context = opening.open_existing(target)
    try:
        copies.take_file(context, database)
        return database
    finally:
        opening.close(context)


def _now() -> dt.datetime:
    return NOW


def _say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def _quiet_place() -> Iterator[Path]:
    """A folder of the tour's own; Qt without a screen, at one scale, with our fonts only."""
    place = Path(tempfile.mkdtemp(prefix="moebelcirkel-"))
    fonts = place / "fonts.conf"
    folder = Path(str(files("font_source_sans_pro")))
    fonts.write_text(_FONTS.format(folder=folder, cache=place / "fonts"), "utf-8")
    before = dict(os.environ)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    os.environ.pop("QT_FONT_DPI", None)
    os.environ["FONTCONFIG_FILE"] = str(fonts)
    try:
        with hushed():
            yield place
    finally:
        # What this process starts afterwards would look for fonts in a folder that is gone.
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(place, ignore_errors=True)
