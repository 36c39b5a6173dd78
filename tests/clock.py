"""A clock that stands still until a test moves it, so that dates in expectations are true."""

import datetime as dt

START = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


class Clock:
    """Given to the program in place of the system's clock."""

    def __init__(self, start: dt.datetime = START) -> None:
        self.moment = start

    def __call__(self) -> dt.datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        """Move on by so many `days`, `hours`, `minutes` …"""
        self.moment += dt.timedelta(**step)
