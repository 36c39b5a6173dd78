"""What in a note may tell of a person: capitals, addresses of mail, and telephone numbers.

Danish writes names alone with a capital in the middle of a sentence. Nobody can tell a first word
from a name, so there only names that are known are found. What is taken too much is less than the
whole note.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: How the log-in of an anonymised person begins.
FORMER = "former-"

_MAIL = r"[^\s@<>,;]+@[^\s@<>,;]+\w"
#: Six digits or more, or pairs of digits as telephone numbers are written.
_NUMBER = r"(?<![\w.,-])\+?(?:\d ?){5,}\d(?!\w)|(?<![\w.,-])\d\d(?: \d\d)+(?![\w.,]\w)"
#: Numbers of pieces and papers.
_OURS = r"[A-ZÆØÅ]{1,4}-\d[\d-]*(?!\w)"
_WORD = r"[^\W\d_][\w'’-]*"
_ENDS = frozenset(".!?:\n•–")
#: How one speaks to others, and no name.
_YOU = frozenset({"I", "De", "Dem", "Deres"})


@dataclass(frozen=True, slots=True)
class Finder:
    """``names`` are words of names that are known; ``parts`` finds all that has to be judged."""

    names: frozenset[str]
    parts: re.Pattern[str]

    @classmethod
    def of(cls, people: Iterable[str], kept: Iterable[str]) -> "Finder":
        """From whole names of people, and of institutions and places, which may stand."""
        names = {word for name in people for word in re.findall(_WORD, name) if len(word) > 1}
        longest_first = sorted(filter(None, set(kept)), key=len, reverse=True)
        stays = "".join(rf"{re.escape(each)}(?!\w)|" for each in longest_first)
        return cls(
            frozenset(names),
            re.compile(rf"(?P<stays>{stays}{_OURS})|(?P<sure>{_MAIL}|{_NUMBER})|{_WORD}"),
        )

    def without(self, text: str, by: str) -> str:
        """The text with ``by``, in small letters, for each run of what may tell of a person.

        Looked at again until nothing is found: what stands beside may now tell more than before.
        """
        while runs := self._runs(text):
            for first, last in reversed(runs):
                text = f"{text[:first]}{by}{text[last:]}"
        return text

    def _runs(self, text: str) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        for hit in self.parts.finditer(text):
            if not self._tells(hit, text):
                continue
            if runs and not text[runs[-1][1] : hit.start()].strip(" -"):
                runs[-1] = (runs[-1][0], hit.end())
            else:
                runs.append(hit.span())
        return runs

    def _tells(self, hit: re.Match[str], text: str) -> bool:
        if hit["stays"]:
            return False
        word = hit[0]
        if hit["sure"] or word in self.names:
            return True
        before = text[: hit.start()].rstrip(" \t\"“”'«»(")
        begins = not before or before[-1] in _ENDS
        if begins:
            # Two words with capitals at the beginning are a name.
            return word[0].isupper() and re.match(r" [A-ZÆØÅ]\w", text[hit.end() :]) is not None
        return word[0].isupper() and word not in _YOU
