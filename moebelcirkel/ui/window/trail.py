"""The pages one came over: where Alt+Left goes, and whether Esc does so too."""

from __future__ import annotations

#: Pages one can go back over.
_LONGEST = 20


class Trail:
    """``led``: the page that is shown was opened from another one, so Esc leads back there."""

    def __init__(self) -> None:
        self._before: list[tuple[str, bool]] = []
        self.led = False

    def __bool__(self) -> bool:
        return bool(self._before)

    def leave(self, word: str, *, led: bool) -> None:
        """Another page than this one is shown from now on."""
        self._before = [*self._before[1 - _LONGEST :], (word, self.led)]
        self.led = led

    def back(self) -> str:
        """The page before, which is shown from now on."""
        word, self.led = self._before.pop()
        return word
