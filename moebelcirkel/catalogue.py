"""Compiled texts of one language, read as they are asked for.

A window's first picture needs a dozen texts out of five thousand. The files are read one after the
other until the text is found, those with the words of the log-in first.
"""

import threading
from pathlib import Path
from struct import unpack_from
from typing import Final

#: What the log-in page says lies in these.
_FIRST: Final = ("window", "help", "start", "copies")


class Catalogue:
    """All files of a folder as one, in the order of their names; for any thread."""

    def __init__(self, folder: Path) -> None:
        files = folder.glob("*.mo")
        self._left = sorted(files, key=lambda file: (file.stem not in _FIRST, file.name))
        self._texts: dict[str, str] = {}
        self._plurals: dict[str, list[str]] = {}
        self._guard = threading.Lock()

    def text(self, message: str) -> str:
        """The text in the language, or the message itself where there is none."""
        more = self._left  # looked at before the texts: another thread may read the last one now
        found = self._texts.get(message)
        if found is None and more:
            self.read(message)
            found = self._texts.get(message)
        return message if found is None else found

    def counted(self, one: str, several: str, n: int) -> str:
        """The text for one or for several."""
        if self._left:
            self.read()
        forms = self._plurals.get(one)
        usual = one if n == 1 else several
        return usual if forms is None else forms[n != 1]

    def read(self, message: str | None = None) -> None:
        """Read on until the text is there; to the end where none is named."""
        while self._left and (message is None or message not in self._texts):
            with self._guard:  # a file at a time, so that nobody waits long
                for file in self._left[:1]:
                    self._take(file.read_bytes())
                # Only now: who finds nothing left to read looks no further.
                self._left = self._left[1:]

    def _take(self, data: bytes) -> None:
        count, *places = unpack_from("<3I", data, 8)
        both = dict(zip(*(_strings(data, count, at) for at in places), strict=True))
        for key in [key for key in both if "\0" in key]:  # of one and of several
            forms = both.pop(key).split("\0")
            one = key.split("\0")[0]
            self._plurals.setdefault(one, forms)
            both.setdefault(one, forms[0])
        self._texts = both | self._texts


def _strings(data: bytes, count: int, at: int) -> list[str]:
    spans = unpack_from(f"<{2 * count}I", data, at)
    return [data[s : s + n].decode() for n, s in zip(spans[::2], spans[1::2], strict=True)]
