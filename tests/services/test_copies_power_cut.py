"""The power is cut at any moment of copying or restoring: what the drive holds then is whole.

The drive keeps a name at once, and what a file holds only when that was synchronised.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moebelcirkel.services import check, copies, parameters, photos, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.engine import Database
from tests.services.working_day import picture
from tests.world import build

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only there a file's name is told by its handle"
)


class Drive:
    """What lies on the drive below a folder, remembered after everything that is done to it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.holds = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.moments = [dict(self.holds)]
        for name, act in (
            ("fsync", self._synchronised),
            ("rename", self._renamed),
            ("replace", self._renamed),
            ("link", self._linked),
            ("unlink", self._unlinked),
        ):
            patch.setattr(os, name, self._after(getattr(os, name), act))

    def _after(self, real: Callable[..., Any], act: Callable[..., None]) -> Callable[..., Any]:
        def both(*names: Any, **more: Any) -> Any:
            answer = real(*names, **more)
            act(*names)
            self.moments.append(dict(self.holds))
            return answer

        return both

    def _synchronised(self, handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_file():
            self.holds[path] = path.read_bytes()

    def _renamed(self, before: object, after: object) -> None:
        self.holds[Path(str(after))] = self.holds.pop(Path(str(before)), b"")

    def _linked(self, path: object, name: object) -> None:
        self.holds[Path(str(name))] = self.holds.get(Path(str(path)), b"")

    def _unlinked(self, path: object) -> None:
        self.holds.pop(Path(str(path)), None)


def begun(file: Path) -> Context:
    database = Database(file)
    world = build(Context(database, SYSTEM))
    photos.add(world.context, [picture("stol")], article_id=world.chair)
    return world.context


def codes(file: Path) -> frozenset[str]:
    context = opening.open_existing(file)
    try:
        assert check.run(context).findings == ()
        return places.codes(context)
    finally:
        opening.close(context)


def laid_out(moment: dict[Path, bytes], before: Path, after: Path) -> None:
    for path, data in moment.items():
        target = after / path.relative_to(before)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def different(moments: list[dict[Path, bytes]]) -> list[dict[Path, bytes]]:
    """Each state once."""
    found = {}
    for moment in moments:
        digest = hashlib.sha256()
        for path in sorted(moment):
            digest.update(str(path).encode() + moment[path])
        found[digest.hexdigest()] = moment
    return list(found.values())


def test_a_copy_that_is_there_is_whole(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, place = begun(sqlite_file), tmp_path / "drev"
    place.mkdir()
    parameters.save(context, {"copies_folder": str(place)})
    with monkeypatch.context() as patch:
        drive = Drive(place, patch)
        copies.take(context)
    opening.close(context)
    counts = []
    for number, moment in enumerate(different(drive.moments)):
        laid_out(moment, place, tmp_path / str(number))
        found = copies.there(tmp_path / "ny.sqlite", tmp_path / str(number))
        counts.append(len(found))
        for copy in found:
            outcome = copies.restore(tmp_path / "ny.sqlite", copy.path)
            assert (outcome.missing, outcome.flawed) == (0, 0)
            codes(tmp_path / "ny.sqlite")
    assert len(counts) > 3
    assert (min(counts), max(counts), counts[-1]) == (0, 1, 1)


def test_a_restore_leaves_one_of_both_whole(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "hus"
    house.mkdir()
    file = sqlite_file.rename(house / "test.sqlite")
    context, place = begun(file), tmp_path / "drev"
    place.mkdir()
    parameters.save(context, {"copies_folder": str(place)})
    copy = copies.take(context)
    places.save(context, places.PlaceForm("9-01-A"))
    opening.close(context)
    with contextlib.closing(Database(file)) as database:
        before = places.codes(Context(database, SYSTEM))
    with monkeypatch.context() as patch:
        drive = Drive(house, patch)
        copies.restore(file, copy.path)
    found = set()
    for number, moment in enumerate(different(drive.moments)):
        laid_out(moment, house, tmp_path / str(number))
        found.add(codes(tmp_path / str(number) / "test.sqlite"))
    assert found == {before, before - {"9-01-A"}}
