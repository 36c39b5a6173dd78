"""The way to the database: opened by the first job that needs it, on that job's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


class Door:
    """One database at a time, whoever is at work."""

    def __init__(self, clock: Callable[[], datetime] | None) -> None:
        self._clock = clock
        self._base: Context | None = None
        self._opening = threading.Lock()

    def opened(self, target: str) -> Context:
        """The open database."""
        from moebelcirkel.services.start import opening

        with self._opening:
            if self._base is None:
                opened = opening.open_existing(target)
                self._base = replace(opened, clock=self._clock) if self._clock else opened
            return self._base

    def close(self) -> None:
        """Give its connections back; the next one who asks opens it again."""
        if self._base is not None:
            from moebelcirkel.services.start import opening

            opening.close(self._base)
            self._base = None
