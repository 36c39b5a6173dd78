"""Modules loaded when they are first needed, by one thread at a time.

Packages of services use each other. Two threads that begin at different ones would each hold what
the other needs, and Python then gives one of them a module that is half there, or an error.
"""

import sys
import threading
from importlib import import_module, util
from types import ModuleType
from typing import Any, Final

_ONE: Final = threading.RLock()
#: A thread that imports by a plain statement holds modules too; nobody waits for it for ever.
_LONGEST_SECONDS: Final = 2.0


def module(name: str) -> ModuleType:
    """Import by full name; ``ModuleNotFoundError`` where there is none.

    One that is there already is had at once, whatever another thread imports meanwhile.
    """
    if is_there(name):
        return sys.modules[name]
    held = _ONE.acquire(timeout=_LONGEST_SECONDS)
    try:
        return import_module(name)
    finally:
        if held:
            _ONE.release()


def is_there(name: str) -> bool:
    """Whether it was imported before, whole."""
    there = sys.modules.get(name)
    return there is not None and not _begun(there)


def _begun(one: ModuleType) -> bool:
    """Some thread still runs its code, as Python's own import asks."""
    return bool(getattr(one.__spec__, "_initializing", False))


def later(name: str, **known: object) -> None:
    """Let a module that others import, but hardly use, be loaded when something of it is used.

    What is ``known`` of it does not count as use. One that is there already stays as it is.
    """
    if name not in sys.modules:
        sys.modules[name] = _Later(name, known)


class _Later(ModuleType):
    """Stands for a module until it is there, and hands on to it."""

    _turn = threading.RLock()

    def __init__(self, name: str, known: dict[str, object]) -> None:
        super().__init__(name)
        self.__spec__ = util.find_spec(name)
        self.__dict__.update(known)

    def __getattr__(self, wanted: str) -> Any:
        with self._turn:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            real = import_module(self.__name__)
        return getattr(real, wanted)
