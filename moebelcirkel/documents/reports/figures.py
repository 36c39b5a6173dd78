"""The figures under the headline of the besparelsesrapport, three in a row and all of one size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.colors import Color

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import (
    ACCENT,
    EDGE,
    MARGIN,
    MONEY,
    MUTED,
    SMALL,
    WIDTH,
    Flow,
    Pen,
    Style,
)
from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.language import _, co2, co2_span, number

_ROOM = WIDTH - 2 * MARGIN
_GUTTER = 16.5
_A_ROW = 3
_HEIGHT = 70.5
_FIGURE = Style(size=16.5, font=fonts.BOLD)
_LABEL = Style(size=9.5, colour=MUTED)
_NOTE = Style(size=SMALL.size, font=SMALL.font, colour=MUTED)


@dataclass(frozen=True, slots=True)
class _KeyFigure:
    """One of the figures; its notes stand below it, on two lines."""

    label: str
    value: str
    notes: tuple[str, ...]
    colour: Color


def key_figures(flow: Flow, report: SavingsReport) -> None:
    """Place the figures, those of money first."""
    figures = _figures(report)
    for first in range(0, len(figures), _A_ROW):
        flow.add(_HEIGHT, partial(_draw, figures[first : first + _A_ROW]))


def _figures(report: SavingsReport) -> list[_KeyFigure]:
    now, known = report.totals, report.co2_known
    money = words.whole_kroner

    def figure(
        label: str,
        name: str,
        colour: Color,
        show: Callable[[int], str] = money,
        notes: Sequence[str] = (),
    ) -> _KeyFigure:
        value = getattr(now, name)
        grown = ""
        if report.previous is not None:
            grown = words.growth(value, getattr(report.previous, name), show)
        *first, last = *notes, grown
        told = [*first[:1], " · ".join(filter(None, [*first[1:], last]))]
        return _KeyFigure(label, show(value), tuple(filter(None, told)), colour)

    paid = _("what the institution paid, without fees")
    if not report.institution:
        paid = _("what institutions paid, without fees")
    mass = co2_span(*report.extremes.span) if known else _("no factors yet")
    return [
        figure(_("Saved purchases (estimate), before running costs"), "cash_ore", MONEY),
        figure(_("Adjusted for life (estimate), before running costs"), "lifetime_ore", MONEY),
        figure(
            _("Avoided CO₂e (estimate)"),
            "net_g",
            ACCENT,
            co2 if known else lambda _grams: "–",
            [mass],
        ),
        figure(_("Reused pieces"), "pieces", EDGE, _pieces, words.reused(report)),
        figure(_("Value as new"), "new_value_ore", EDGE, money, [_("new price excl. VAT")]),
        figure(_("Revenue"), "paid_ore", EDGE, money, [paid]),
    ]


def _pieces(count: int) -> str:
    return _("{count} pcs.").format(count=number(count))


def _draw(figures: Sequence[_KeyFigure], pen: Pen, top: float) -> None:
    wide = (_ROOM - (_A_ROW - 1) * _GUTTER) / _A_ROW
    for count, figure in enumerate(figures):
        x = MARGIN + count * (wide + _GUTTER)
        pen.rule(x, x + wide, top + 6, figure.colour, 2.25)
        _fitted(pen, x, top + 21, figure.label, _LABEL, wide)
        _fitted(pen, x, top + 41, figure.value, _FIGURE, wide)
        for line, note in enumerate(figure.notes):
            _fitted(pen, x, top + 54 + line * SMALL.leading, note, _NOTE, wide)


def _fitted(pen: Pen, x: float, base: float, text: str, style: Style, wide: float) -> None:
    """A text made smaller until it fits; what is far too long is cut."""
    size = fonts.fitting_size(text, style.font, style.size, wide, least=6.5)
    smaller = Style(size=size, font=style.font, colour=style.colour)
    pen.text(x, base, smaller.fit(text, wide), smaller)
