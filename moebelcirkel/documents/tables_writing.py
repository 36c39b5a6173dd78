"""Writing and ruling long tables: the same signs as reportlab's own, each worked out once.

Thousands of rows have the same heights, days, names and amounts again and again.
"""

from collections.abc import Callable
from functools import lru_cache

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.pdfgen.textobject import PDFTextObject

#: A text, its font, size and leading, and the letters in use before it: its signs, and those after.
Known = dict[tuple[str, str, float, float, int], tuple[str, int]]
_MOST_KNOWN = 16_384


@lru_cache(maxsize=16_384)
def _number(value: float) -> str:
    return str(fp_str(value))


class Texts(PDFTextObject):
    """Texts each at a place of its own, or each below the one before; ``known`` is of one paper."""

    # reportlab's own, of which its types do not tell.
    _code: list[str]
    _fontname: str
    _fontsize: float
    _leading: float
    _curSubset: int  # noqa: N815
    _formatText: Callable[[str], str]  # noqa: N815

    def __init__(self, canvas: Canvas, x: float, y: float, known: Known) -> None:
        super().__init__(canvas, x, y)
        self._known = known

    def at(self, x: float, y: float, text: str) -> None:
        """Write at a place, from which nothing goes on."""
        self._code.append(f"1 0 0 1 {_number(x)} {_number(y)} Tm")
        self._code.append(self._signs(text))

    def below(self, text: str) -> None:
        """Write on a line of its own, and go down to the next."""
        self._code.append(f"{self._signs(text)} T*")

    def _signs(self, text: str) -> str:
        key = text, self._fontname, self._fontsize, self._leading, self._curSubset
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._formatText(text), self._curSubset
        self._curSubset = known[1]
        return known[0]


class Rules(PDFPathObject):
    """Level lines from one edge to the other."""

    _code_append: Callable[[str], object]

    def between(self, left: float, right: float, y: float) -> None:
        """One more."""
        at = _number(y)
        self._code_append(f"{_number(left)} {at} m")
        self._code_append(f"{_number(right)} {at} l")
