"""The pages of the besparelsesrapport: the first says it all, the rest lets anyone check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from reportlab.lib.colors import Color

from moebelcirkel.documents import charts, fonts, tables
from moebelcirkel.documents import savings_words as words
from moebelcirkel.documents.paper import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    EDGE,
    MARGIN,
    MONEY,
    MUTED,
    PART,
    QUIET,
    SMALL,
    SUNKEN,
    TITLE,
    WIDTH,
    Flow,
    Furniture,
    Pen,
    Style,
)
from moebelcirkel.documents.savings_appendix import appendices, year_before
from moebelcirkel.documents.savings_charts import co2_chart, money_chart
from moebelcirkel.documents.savingsreport import Group, SavingsReport, Totals
from moebelcirkel.language import (
    _,
    co2,
    decimal,
    long_day,
    ngettext,
    number,
    time_of_day,
    zone,
)

_ROOM = WIDTH - 2 * MARGIN
_GUTTER = 16.5
_FIGURE = Style(size=16.5, font=fonts.BOLD)
_FIGURE_LABEL = Style(size=9.5, colour=MUTED)
_CHART_HEIGHT = 100.0
_PAD = 10.5
_LEAD = Style(font=fonts.BOLD)
_BOX_GAP = 9.0
_MILLION_KRONER = 100_000_000
_FEW, _MANY = 2, 16


def savings_report(report: SavingsReport) -> bytes:
    """Draw a report; without a number it says on every page that it is a draft."""
    flow = Flow()
    flow.heading(words.headline(report), TITLE)
    flow.add(20, partial(_draw_subtitle, words.subtitle(report)))
    if report.empty:
        _empty(flow, report)
    else:
        _summary(flow, report)
        appendices(flow, report)
    return flow.render(_furniture(report))


def _furniture(report: SavingsReport) -> Furniture:
    if report.number:
        title = _("Savings report no. {number}").format(number=report.number)
    else:
        title = _("Savings report, draft")
    local = report.settled_at.astimezone(zone())
    settled = _("Made up {day} at {time}").format(
        day=long_day(local.date()), time=time_of_day(report.settled_at)
    )
    return Furniture(
        title=f"{title} · {report.municipality}",
        subject=words.headline(report),
        moment=report.settled_at,
        head_left=f"{report.municipality} · {title}",
        head_right=settled,
        foot=" · ".join(_foot(report)),
        author=report.municipality,
    )


def _foot(report: SavingsReport) -> list[str]:
    if report.number and report.seal:
        seal = f"{report.seal[:4]} {report.seal[4:8]}"
        parts = [_("Seal {seal}").format(seal=seal)]
    else:
        parts = [_("Draft, not recorded")]
    lines = ngettext("{count} line", "{count} lines", report.line_count)
    parts.append(lines.format(count=number(report.line_count)))
    if report.factor_sets:
        names = ", ".join(report.factor_sets)
        text = ngettext("factor set {names}", "factor sets {names}", len(report.factor_sets))
        parts.append(text.format(names=names))
    return parts


def _draw_subtitle(text: str, pen: Pen, top: float) -> None:
    style = Style(size=10.75, colour=MUTED)
    pen.text(MARGIN, top + 12, style.fit(text, _ROOM), style)


# --- an empty period -------------------------------------------------------------------------


def _empty(flow: Flow, report: SavingsReport) -> None:
    """Nothing to report is no fault: say why, and what to do."""
    flow.gap(18)
    lead = _("Nothing has been delivered in the period.")
    text = _(
        "So there is no gain and no avoided CO₂e to add up yet. The report itself is in order."
    )
    _box(flow, lead, text, fill=ACCENT_SOFT)
    if report.unfinished:
        flow.gap(12)
        flow.paragraph(words.unfinished(report), QUIET)
    flow.gap(20)
    flow.paragraph(_("What you can do"), PART)
    flow.gap(4)
    advice = [
        _("Choose a longer period, for example the whole year."),
        _("See under Pick and deliver whether deliveries wait to be handed over."),
    ]
    if report.institution:
        advice.append(
            _("Choose all institutions instead of {name}.").format(name=report.institution)
        )
    for line in advice:
        flow.paragraph(f"· {line}")
    flow.gap(20)
    _box(flow, _("This is how it is calculated."), words.calculation(report))


# --- the first page --------------------------------------------------------------------------


def _summary(flow: Flow, report: SavingsReport) -> None:
    flow.gap(8)
    flow.add(86, partial(_draw_figures, _key_figures(report)))
    flow.gap(8)
    flow.add(_CHART_HEIGHT, partial(_draw_charts, report))
    flow.gap(16)
    boxes = _boxes(report)
    tall = sum(_box_height(lead, text) + _BOX_GAP for lead, text in boxes) + 6
    notes = _table_notes(report)
    tall += 4 + len(SMALL.wrap(notes, _ROOM)) * SMALL.leading if notes else 0
    groups = report.categories if report.institution else report.institutions
    apart = sum(each.apart for each in groups)
    few = len(groups) - apart
    head_lines = 2 if _thousands(report) or _tonnes(report) else 1
    shown = _shown(few, flow.room - tall - apart * tables.PLAIN.row_height, head_lines)
    title = _("Per category") if report.institution else _("Per institution")
    _groups(flow, title, groups, report, shown)
    if notes:
        flow.gap(4)
        flow.paragraph(notes, SMALL)
    flow.gap(12)
    for lead, text in boxes:
        _box(flow, lead, text)
        flow.gap(_BOX_GAP)
    parted = report.institution is None and bool(report.categories)
    if parted or report.previous is not None:
        flow.new_page()
    if report.previous is not None:
        year_before(flow, report, report.previous)
        flow.gap(20)
    if parted:
        _groups(flow, _("Per category"), report.categories, report, len(report.categories))
        flow.gap(20)
    if shown < few:
        everyone = _("All categories") if report.institution else _("All institutions")
        _groups(flow, everyone, groups, report, len(groups))


def _table_notes(report: SavingsReport) -> str:
    """What must be known to compare the table with its total and with the figures above."""
    notes = []
    if len(report.institutions) > 1 or len(report.categories) > 1:
        notes.append(_("Each figure is rounded by itself, so columns may differ by 1."))
    if report.without_pieces and report.institution is None:
        text = ngettext(
            "{count} institution has no pieces, only corrections, in the period.",
            "{count} institutions have no pieces, only corrections, in the period.",
            report.without_pieces,
        )
        notes.append(text.format(count=number(report.without_pieces)))
    return " ".join(notes)


def _boxes(report: SavingsReport) -> list[tuple[str, str]]:
    sources = _("Sources: appendix A.")
    boxes = [
        (_("How certain are the figures?"), words.certainty(report)),
        (_("This is how it is calculated."), f"{words.calculation(report)} {sources}"),
    ]
    if own := words.own_saving(report):
        boxes.insert(0, (_("Saved by the institution."), own))
    return boxes


def _shown(count: int, room: float, head_lines: int) -> int:
    """How many rows stand on the first page beside heading, total and the line for the rest."""
    look = tables.PLAIN
    head = look.head_height + (head_lines - 1) * look.style.leading
    rows = int((room - PART.leading - head - look.row_height - 14) / look.row_height)
    if count <= rows:
        return count
    return max(_FEW, min(rows - 1, _MANY))


@dataclass(frozen=True, slots=True)
class _KeyFigure:
    """One of the figures under the headline."""

    label: str
    value: str
    notes: tuple[str, ...]
    colour: Color


def _key_figures(report: SavingsReport) -> list[_KeyFigure]:
    now, before = report.totals, report.previous
    places = sum(1 for each in report.institutions if each.totals.pieces > 0)
    to = ngettext("to {count} institution", "to {count} institutions", places)
    known = report.co2_known
    life = _("adjusted for life {money}").format(money=words.whole_kroner(now.lifetime))
    figures = [
        (_("Net gain (estimate)"), words.whole_kroner(now.cash), life, MONEY),
        (
            _("Avoided CO₂e (estimate)"),
            co2(now.co2) if known else "–",
            words.mass_span(now) if known else _("no factors yet"),
            ACCENT,
        ),
        (
            _("Reused pieces"),
            _("{count} pcs.").format(count=number(now.pieces)),
            report.institution or to.format(count=number(places)),
            EDGE,
        ),
        (_("Value as new"), words.whole_kroner(now.new_value), _("new price excl. VAT"), EDGE),
    ]
    changes = ["", "", "", ""]
    if before is not None:
        changes = [
            words.growth(now.cash, before.cash, words.whole_kroner),
            words.growth(now.co2, before.co2, co2),
            words.growth(now.pieces, before.pieces, number),
            words.growth(now.new_value, before.new_value, words.whole_kroner),
        ]
    return [
        _KeyFigure(label, value, tuple(filter(None, (note, change))), colour)
        for (label, value, note, colour), change in zip(figures, changes, strict=True)
    ]


def _draw_figures(figures: Sequence[_KeyFigure], pen: Pen, top: float) -> None:
    wide = (_ROOM - (len(figures) - 1) * _GUTTER) / len(figures)
    for count, figure in enumerate(figures):
        x = MARGIN + count * (wide + _GUTTER)
        pen.rule(x, x + wide, top + 6, figure.colour, 2.25)
        pen.text(x, top + 23, _FIGURE_LABEL.fit(figure.label, wide), _FIGURE_LABEL)
        size = fonts.fitting_size(figure.value, fonts.BOLD, _FIGURE.size, wide, least=9.0)
        pen.text(x, top + 43, figure.value, Style(size=size, font=fonts.BOLD))
        for line, note in enumerate(figure.notes):
            size = fonts.fitting_size(note, SMALL.font, SMALL.size, wide, least=6.5)
            style = Style(size=size, colour=MUTED)
            pen.text(x, top + 57.5 + line * SMALL.leading, style.fit(note, wide), style)


def _draw_charts(report: SavingsReport, pen: Pen, top: float) -> None:
    wide = (_ROOM - _GUTTER) / 2
    charts.paint(pen, money_chart(report), MARGIN, top, wide, _CHART_HEIGHT)
    charts.paint(pen, co2_chart(report), MARGIN + wide + _GUTTER, top, wide, _CHART_HEIGHT)


# --- tables of sums --------------------------------------------------------------------------


def _groups(
    flow: Flow, title: str, groups: Sequence[Group], report: SavingsReport, shown: int
) -> None:
    """Sums per institution or category; those not shown are summed in a line of their own."""
    among = [each for each in groups if not each.apart]
    by_gain = sorted(among, key=lambda each: (-each.totals.cash, each.name))
    rows = [_group_row(each.name, each.totals, report) for each in by_gain[:shown]]
    if rest := by_gain[shown:]:
        name = _rest_name(len(rest), categories=groups is report.categories)
        rows.append(_group_row(name, _sum([each.totals for each in rest]), report))
    rows += [_group_row(each.name, each.totals, report) for each in groups if each.apart]
    flow.heading(title, PART, keep=80)
    money = _("DKK 1,000") if _thousands(report) else _("DKK")
    mass = _("tonnes CO₂e") if _tonnes(report) else _("kg CO₂e")
    first = _("Category") if groups is report.categories else _("Institution")
    columns = (
        tables.Column(first, 205),
        tables.Column(_("Pieces"), 50, right=True),
        tables.Column(_("Value as new, {unit}").format(unit=money), 78, right=True),
        tables.Column(_("Net gain, {unit}").format(unit=money), 88, right=True, strong=True),
        tables.Column(_("Avoided, {unit}").format(unit=mass), 78, right=True, strong=True),
    )
    total = _group_row(_("Total"), report.totals, report)
    tables.place(flow, columns, rows, total=total)


def _rest_name(count: int, *, categories: bool) -> str:
    if categories:
        text = ngettext("{count} other category", "The other {count} categories", count)
    else:
        text = ngettext("{count} other institution", "The other {count} institutions", count)
    return text.format(count=number(count))


def _thousands(report: SavingsReport) -> bool:
    return abs(report.totals.new_value) >= _MILLION_KRONER


def _tonnes(report: SavingsReport) -> bool:
    return abs(report.totals.co2) >= 10_000_000


def _group_row(name: str, totals: Totals, report: SavingsReport) -> tuple[str, ...]:
    money = 100_000 if _thousands(report) else 100
    mass, places = (1_000_000, 1) if _tonnes(report) else (1000, 0)
    return (
        name,
        number(totals.pieces),
        decimal(Decimal(totals.new_value) / money, 0),
        decimal(Decimal(totals.cash) / money, 0),
        decimal(Decimal(totals.co2) / mass, places),
    )


def _sum(parts: Sequence[Totals]) -> Totals:
    return Totals(
        pieces=sum(each.pieces for each in parts),
        new_value=sum(each.new_value for each in parts),
        cash=sum(each.cash for each in parts),
        lifetime=sum(each.lifetime for each in parts),
        co2=sum(each.co2 for each in parts),
        co2_low=sum(each.co2_low for each in parts),
        co2_high=sum(each.co2_high for each in parts),
        co2_gross=sum(each.co2_gross for each in parts),
    )


# --- boxes -----------------------------------------------------------------------------------


def _box_lines(lead: str, text: str) -> tuple[str, ...]:
    indent = _LEAD.width(lead + " ")
    room = _ROOM - 2 * _PAD
    return fonts.wrap(text, QUIET.font, QUIET.size, room, indent=indent)


def _box_height(lead: str, text: str) -> float:
    return len(_box_lines(lead, text)) * QUIET.leading + 2 * _PAD - 3


def _box(flow: Flow, lead: str, text: str, *, fill: Color = SUNKEN) -> None:
    """A tinted box whose first words are bold."""
    lines = _box_lines(lead, text)
    flow.add(_box_height(lead, text), partial(_draw_box, lead, lines, fill))


def _draw_box(lead: str, lines: tuple[str, ...], fill: Color, pen: Pen, top: float) -> None:
    tall = len(lines) * QUIET.leading + 2 * _PAD - 3
    pen.box(MARGIN, top, _ROOM, tall, fill=fill, radius=6)
    x = MARGIN + _PAD
    base = top + _PAD + QUIET.size - 1
    pen.text(x, base, lead, _LEAD)
    style = QUIET if fill is SUNKEN else BODY
    for count, line in enumerate(lines):
        indent = 0.0 if count else _LEAD.width(lead + " ")
        pen.text(x + indent, base + count * QUIET.leading, line, style)
