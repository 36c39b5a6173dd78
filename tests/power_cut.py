"""A warehouse on a drive that keeps only what was synchronised (`python -m tests.power_cut`).

SQLite's own file methods are taken aside: whenever it asks the system to put a file on the drive,
what the file holds at that moment is copied to a second folder, and nothing else ever is. So that
folder is what a drive holds after the power was cut. After each write that was acknowledged, the
state of the drive is put by, and the numbers that were given out are printed.
"""

import _sqlite3
import ctypes
import ctypes.util
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from moebelcirkel.services import intake
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from tests.world import World, build

WRITES = 4
_OPEN = ctypes.CFUNCTYPE(
    # The name is handed on as the address it is: SQLite keeps it as long as the file is open.
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_POINTER = ctypes.sizeof(ctypes.c_void_p)
#: Where the two functions stand in SQLite's records, and how many pointers these may have.
_XOPEN_IN_VFS = 3 * 4 + 4 + 3 * _POINTER
_XSYNC = 5
_METHODS = 19


def library() -> ctypes.CDLL:
    """The SQLite that Python itself uses: built into the driver, or loaded by it."""
    for name in (_sqlite3.__file__, ctypes.util.find_library("sqlite3")):
        found = ctypes.CDLL(name)
        if hasattr(found, "sqlite3_vfs_find"):
            return found
    raise OSError("SQLite's functions cannot be reached here")


class Drive:
    """What is on the drive, file by file, as it was when it was last synchronised."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: list[Any] = []
        found = library().sqlite3_vfs_find
        found.restype = ctypes.c_void_p
        slot = ctypes.c_void_p.from_address(found(None) + _XOPEN_IN_VFS)
        self._open = _OPEN(slot.value or 0)
        mine = _OPEN(self._opened)
        self._kept.append(mine)
        slot.value = ctypes.cast(mine, ctypes.c_void_p).value

    def _opened(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        result = int(self._open(vfs, name, file, flags, out))
        if result == 0 and name:
            self._listen(Path(ctypes.string_at(name).decode()), file)
        return result

    def _listen(self, path: Path, file: int) -> None:
        slot = ctypes.c_void_p.from_address(file)
        methods = (ctypes.c_void_p * _METHODS)()
        ctypes.memmove(methods, slot.value or 0, ctypes.sizeof(methods))
        sync = _SYNC(methods[_XSYNC] or 0)

        def synchronised(which: int, flags: int) -> int:
            result = int(sync(which, flags))
            # Nobody else uses the file, so no lock is missed when this reader closes it.
            shutil.copy(path, self.folder / path.name)
            return result

        mine = _SYNC(synchronised)
        methods[_XSYNC] = ctypes.cast(mine, ctypes.c_void_p).value
        self._kept += [methods, mine]
        slot.value = ctypes.addressof(methods)


def numbers(world: World) -> list[str]:
    """Two chairs are received; their numbers are printed on labels at once."""
    part = intake.Part("B", 2, "shelf", world.shelf)
    batch = intake.Batch(giver_id=world.home, article_id=world.chair, parts=(part,))
    return list(intake.register(world.person("lager"), batch).numbers)


def main(file: Path, out: Path, *, durable: bool) -> None:
    """Write, and after each acknowledged write put by what the drive holds."""
    disk = out / "disk"
    disk.mkdir(parents=True)
    shutil.copy(file, disk / file.name)
    drive = Drive(disk)
    database = Database(file, durable=durable)
    migrate(database)
    world = build(Context(database, SYSTEM))
    for cut in range(WRITES):
        given = numbers(world)
        shutil.copytree(drive.folder, out / f"cut-{cut}")
        print(json.dumps(given), flush=True)
    os._exit(0)  # the power is off: nothing is closed in order


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), durable=sys.argv[3] == "durable")
