"""What this PC remembers for one person: which database, language, look, window and columns.

Each setting is declared once, below; the file is JSON, replaced in one step. A
damaged file is set aside and the defaults are used. The municipality's settings are not here.
What a file of the same form says at ``paths.machine_settings`` holds for everybody on the PC.
"""

import errno
import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Generic, Literal, TypeVar, cast

from moebelcirkel import paths
from moebelcirkel.domain.errors import N_, Unavailable

T = TypeVar("T")
_Values = Mapping[str, object]
#: What is to be remembered, made of what the file says already.
_Change = Callable[[_Values], _Values]
#: A working day, in minutes.
LOCK_MOST = 480
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: its key in the file, its default and the test a stored value must pass."""

    key: str
    default: T
    fits: Callable[[object], bool]


def _text(value: object) -> bool:
    return isinstance(value, str)


def _minutes(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LOCK_MOST


def _one_of(*choices: object) -> Callable[[object], bool]:
    return lambda value: value in choices


def _lists_of_text(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(name, str)
        and isinstance(row, list)
        and all(isinstance(each, str) for each in row)
        for name, row in value.items()
    )


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _looks(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


# A path or a database address; empty until the first start has been answered.
DATABASE: Setting[str] = Setting("database", "", _text)
LANGUAGE: Setting[str] = Setting("language", "da", _one_of("da", "en"))
SCHEME: Setting[str] = Setting("scheme", "system", _one_of("light", "dark", "system"))
# How large texts are: 1.0 is 100 %.
SCALE: Setting[float] = Setting("scale", 1.0, _one_of(1.0, 1.25, 1.5, 2.0))
# Who logged in last, by the ``house`` of a database.
LAST_USERS: Setting[Mapping[str, str]] = Setting("last_users", {}, _texts)
# How the program looks and speaks for each person, by "house|login"; above is the last of them.
LOOKS: Setting[Mapping[str, Mapping[str, object]]] = Setting("looks", {}, _looks)
# What Qt gives for the window's place and size, as base64 text.
WINDOW: Setting[str] = Setting("window", "", _text)
# Whether the system's user comes in without a password, where an administrator linked it.
LOG_IN_BY_SYSTEM: Setting[bool] = Setting("log_in_by_system", False, _one_of(True, False))
# After how many minutes without anybody a window is locked; 0 never.
LOCK_MINUTES: Setting[int] = Setting("lock_minutes", 0, _minutes)
# The columns a person chose, by the name of the table, in their order.
COLUMNS: Setting[Mapping[str, list[str]]] = Setting("columns", {}, _lists_of_text)


#: What together is a person's look.
_LOOK: tuple[Setting[object], ...] = cast("Any", (LANGUAGE, SCHEME, SCALE))
_PASSWORD = re.compile(r"(?<=://)([^/:@\s]+):[^/@\s]*@")


def house(target: str) -> str:
    """What tells one database from another on this PC: a full path, or an address."""
    if "://" in target:
        return _PASSWORD.sub(r"\1@", target)
    return str(Path(target).expanduser().absolute())


def _fitting(setting: Setting[object], value: object) -> object:
    return value if setting.fits(value) else setting.default


class Settings:
    """The settings file of one person on this PC, below what is fixed for everybody on it."""

    def __init__(self, file: Path | None = None, machine: Path | None = None) -> None:
        self.file = file or paths.user_data() / "settings.json"
        self._fixed = _read_fixed(machine or paths.machine_settings())
        self._writing: Thread | None = None
        self._values = self._read()
        self._person = ""

    def is_fixed(self, setting: Setting[T]) -> bool:
        """Whether it was decided for everybody on this PC; a value that does not fit is not."""
        return setting.key in self._fixed and setting.fits(self._fixed[setting.key])

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the default where none or a wrong one is stored.

        Of the look that of the person at work: another window may belong to somebody else.
        """
        if self.is_fixed(setting):
            return cast("T", self._fixed[setting.key])
        looks = self._values.get(LOOKS.key, {})
        own = looks.get(self._person, {}) if isinstance(looks, dict) and _looks(looks) else {}
        value = own.get(setting.key, self._values.get(setting.key, setting.default))
        return cast("T", value) if setting.fits(value) else setting.default

    def decided(self, setting: Setting[T]) -> T:
        """What was decided for everybody on this PC, else the default: no person has a say."""
        return self.get(setting) if self.is_fixed(setting) else setting.default

    def put(self, values: Mapping[str, object], *, wait: bool = True) -> None:
        """Remember several values that fit, by their keys, in one step.

        What is remembered already is not written again, and who does not ``wait`` goes on at once:
        a slow drive takes its time. Whatever is read or written next comes after it.
        """
        self._update(lambda _known: values, wait=wait)

    def _update(self, change: _Change, *, wait: bool = True) -> None:
        """Put what a change makes of what is known into the file, whoever else writes there."""
        known = self._read()
        self._values = {**known, **change(known)}
        if self._values == known and self.file.exists():
            return
        if wait:
            self._write(change)
        else:
            self._writing = Thread(target=self._write_aside, args=(change,))
            self._writing.start()

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value at once; what another window stored meanwhile is kept."""
        if not setting.fits(value):
            raise ValueError(f"{value!r} does not fit {setting.key}")
        self._refuse_fixed(setting)
        self.put({setting.key: value})

    def add(self, setting: Setting[Mapping[str, T]], name: str, value: T) -> None:
        """Remember one entry of a table of them; entries that others stored meanwhile are kept."""
        self._refuse_fixed(setting)

        def change(known: _Values) -> _Values:
            told: Mapping[str, T] = self._told(setting, known)
            return {setting.key: {**told, name: value}}

        self._update(change)

    def last_user(self, target: str) -> str:
        """Who logged in to a database last."""
        return self.get(LAST_USERS).get(house(target), "")

    def enter(self, target: str, login: str, *, wait: bool = True) -> None:
        """Take the look of whoever logs in to a database, and remember who it is.

        Who has chosen none gets the usual one; the very first finds what this PC showed before.
        """
        place, person = house(target), f"{house(target)}|{login}"

        def change(known: _Values) -> _Values:
            looks, users = self._told(LOOKS, known), self._told(LAST_USERS, known)
            own = looks.get(person, {} if looks else {**self._values, **known})
            look = {each.key: _fitting(each, own.get(each.key)) for each in _LOOK}
            kept = {LOOKS.key: {**looks, person: look}, LAST_USERS.key: {**users, place: login}}
            return {**look, **kept}

        self._person = person
        self._update(change, wait=wait)

    def choose(self, setting: Setting[T], value: T) -> None:
        """Remember a part of the look for the person at work, and for this PC."""
        self._refuse_fixed(setting)

        def change(known: _Values) -> _Values:
            looks = self._told(LOOKS, known)
            own = {**looks.get(self._person, {}), setting.key: value}
            kept = {LOOKS.key: {**looks, self._person: own}} if self._person else {}
            return {setting.key: value, **kept}

        self._update(change)

    def _told(self, setting: Setting[T], known: _Values) -> T:
        """What the file says of a setting, else what was remembered and could not be saved."""
        if self.is_fixed(setting):
            return self.get(setting)
        value = {**self._values, **known}.get(setting.key)
        return cast("T", value) if setting.fits(value) else setting.default

    def _refuse_fixed(self, setting: Setting[T]) -> None:
        if self.is_fixed(setting):
            raise Unavailable(
                N_("Whoever runs this PC has decided that for everybody who uses it. Ask them.")
            )

    def look(self) -> tuple[object, ...]:
        """What is shown now."""
        return tuple(self.get(each) for each in _LOOK)

    def language(self) -> Literal["da", "en"]:
        """The language of the window."""
        return "en" if self.get(LANGUAGE) == "en" else "da"

    def scheme(self) -> Literal["light", "dark", "system"]:
        """The look of the window."""
        kept = self.get(SCHEME)
        return "dark" if kept == "dark" else "light" if kept == "light" else "system"

    def _read(self) -> dict[str, object]:
        if self._writing is not None:
            self._writing.join()
            self._writing = None
        return self._stored()

    def _stored(self) -> dict[str, object]:
        try:
            stored = json.loads(self.file.read_text("utf-8"))
        except OSError:
            return {}  # none yet, or not ours to mend: saving then says what is wrong
        except ValueError:
            return self._put_aside()
        return stored if isinstance(stored, dict) else self._put_aside()

    def _put_aside(self) -> dict[str, object]:
        """Keep a damaged file under another name, so that nothing is lost by the next save."""
        with suppress(OSError):
            self.file.replace(self.file.with_suffix(".damaged.json"))
        return {}

    def _write_aside(self, change: _Change) -> None:
        try:
            self._write(change)
        except Unavailable as error:
            _log.warning("%s", error)

    def _write(self, change: _Change) -> None:
        """Read once more and write, while nobody else does either."""
        try:
            paths.made(self.file.parent)
            with _alone_in(self.file.parent):
                known = self._stored()
                self._values = {**known, **change(known)}
                text = json.dumps(self._values, ensure_ascii=False, indent=2, sort_keys=True)
                _replace(self.file, text + "\n")
        except OSError as error:
            raise Unavailable(
                N_(
                    "The settings could not be saved in {folder}. Check that there is room on the "
                    "drive and that you may write there."
                ),
                folder=str(self.file.parent),
            ) from error


def _read_fixed(file: Path) -> dict[str, object]:
    """Nothing where there is no such file; a damaged one fixes nothing, and the log says so."""
    try:
        stored = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.warning("%s fixes nothing: %s", file.name, type(error).__name__)
        return {}
    return stored if isinstance(stored, dict) else {}


def _replace(file: Path, text: str) -> None:
    """Write beside the file and change them over, so that a crash leaves the old one whole."""
    import tempfile  # which brings every way of packing files, and nothing is written at the start

    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as beside:
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


#: Who waits for another program that writes its settings waits at most so long.
_TRIES, _PAUSE_S = 100, 0.01


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While no other program of ours is there; where the drive knows no locks, or one stays, too.

    The lock is the system's own on the folder, so that it ends with the program and leaves nothing.
    Windows opens no folder: there it is a file beside.
    """
    windows = sys.platform == "win32"
    try:
        place = folder / ".lock" if windows else folder
        handle = os.open(place, os.O_RDWR | os.O_CREAT if windows else os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        for _try in range(_TRIES):
            if _locked(handle):
                break
            time.sleep(_PAUSE_S)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock is ours now; so it is said to be where there are none."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True
