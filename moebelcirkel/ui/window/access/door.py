"""The way to the database: opened by the first job that needs it, on that job's thread."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.jobs import Jobs


class Door:
    """One database at a time, whoever is at work."""

    def __init__(self, clock: Callable[[], datetime] | None) -> None:
        self._clock = clock
        self._base: Context | None = None
        self._opening = threading.Lock()
        self._account: tuple[str, str] | None = None
        self._wrong, self._wrong_at = 0, 0.0

    def opened(self, target: str) -> Context:
        """The open database."""
        from moebelcirkel.services.start import opening

        with self._opening:
            if self._base is None:
                own = opening.as_account(target, *self._account) if self._account else target
                opened = opening.open_existing(own)
                self._base = replace(opened, clock=self._clock) if self._clock else opened
            return self._base

    @property
    def personal(self) -> bool:
        """Whether it is open by what somebody typed: the server's own account and password."""
        return self._account is not None

    @staticmethod
    def asks_who(target: str) -> bool:
        """Whether it is the address of a server that names no account."""
        scheme, _sign, rest = target.partition("://")
        return scheme.startswith("postgres") and "@" not in rest.partition("/")[0]

    def for_next(self, target: str, jobs: Jobs) -> Door | None:
        """Whoever was there is gone; itself, where the next one may be asked for an account."""
        if self.personal:
            jobs.wait_idle()
            self.leave()
        return self if self.asks_who(target) else None

    def enter_as(self, name: str, password: str) -> int:
        """Open it by this account from now on; answers the seconds one has to wait first."""
        from moebelcirkel.domain.users import wait_after

        wait = wait_after(self._wrong).total_seconds() - (time.monotonic() - self._wrong_at)
        if wait <= 0:
            self.leave()
            self._account = name, password
            # Taken as wrong until the server lets somebody in.
            self._wrong, self._wrong_at = self._wrong + 1, time.monotonic()
        return math.ceil(max(0.0, wait))

    def was_right(self) -> None:
        """The server let them in."""
        self._wrong = 0

    def leave(self) -> None:
        """Close it, and forget who was there."""
        self.close()
        self._account = None

    def close(self) -> None:
        """Give its connections back; the next one who asks opens it again."""
        if self._base is not None:
            from moebelcirkel.services.start import opening

            opening.close(self._base)
            self._base = None
