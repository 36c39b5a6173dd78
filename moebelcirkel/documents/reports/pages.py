"""The pages of the besparelsesrapport: the first says it all, the rest lets anyone check it."""

from functools import partial

from reportlab.lib.colors import Color

from moebelcirkel.documents import fonts, tables
from moebelcirkel.documents.paper import (
    ACCENT_SOFT,
    BODY,
    MARGIN,
    MUTED,
    PART,
    QUIET,
    SMALL,
    SUNKEN,
    TITLE,
    WIDTH,
    Flow,
    HeadAndFoot,
    Pen,
    Style,
)
from moebelcirkel.documents.reports import sums, words
from moebelcirkel.documents.reports.appendix import appendices, control
from moebelcirkel.documents.reports.certainty import certainty
from moebelcirkel.documents.reports.charts import co2_chart, money_chart
from moebelcirkel.documents.reports.figures import key_figures
from moebelcirkel.documents.reports.late import corrections
from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.language import _, long_day, ngettext, number, time_of_day, zone

_ROOM = WIDTH - 2 * MARGIN
_PAD = 9.0
_LEAD = Style(font=fonts.BOLD)
_BOX_GAP = 7.5
_FEW, _MANY = 2, 16


def savings_report(report: SavingsReport, *, with_lines: bool = True) -> bytes:
    """Draw a report; without a number it says on every page that it is a draft.

    Without its lines it says so on every page, and where they are.
    """
    left_out = not with_lines and bool(report.lines)
    flow = Flow()
    flow.heading(words.headline(report), TITLE)
    flow.add(20, partial(_draw_subtitle, words.subtitle(report)))
    if report.empty:
        _empty(flow, report)
    else:
        _summary(flow, report)
        appendices(flow, report, left_out=left_out)
    return flow.render(_edges(report, left_out=left_out))


def _edges(report: SavingsReport, *, left_out: bool) -> HeadAndFoot:
    if report.number:
        title = _("Savings report no. {number}").format(number=report.number)
    else:
        title = _("Savings report, draft")
    local = report.settled_at.astimezone(zone())
    settled = _("Made up {day} at {time}").format(
        day=long_day(local.date()), time=time_of_day(report.settled_at)
    )
    return HeadAndFoot(
        title=_joined(title, report.municipality),
        subject=words.headline(report),
        moment=report.settled_at,
        head_left=_joined(report.municipality, title),
        head_right=settled,
        foot=" · ".join([*_foot(report), *([_("without appendix C")] if left_out else [])]),
        author=report.municipality,
    )


def _joined(*parts: str) -> str:
    """What there is; a municipality that has not said its name leaves no gap."""
    return " · ".join(filter(None, parts))


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
        "So there are no saved purchases and no avoided CO₂e to add up yet. The report itself is in"
        " order."
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
    if report.late.lines or report.late.told or report.late.elsewhere:
        flow.gap(14)
        corrections(flow, report)
    control(flow, report)


# --- the first page --------------------------------------------------------------------------


def _summary(flow: Flow, report: SavingsReport) -> None:
    flow.gap(4)
    key_figures(flow, report)
    boxes, notes = _boxes(report), _table_notes(report)
    groups = report.categories if report.institution else report.institutions
    apart = sum(each.apart for each in groups)
    few = len(groups) - apart
    tall = sum(_box_height(lead, text) + _BOX_GAP for lead, text in boxes) + _BOX_GAP
    tall += 4 + len(SMALL.wrap(notes, _ROOM)) * SMALL.leading if notes else 0
    tall += apart * tables.PLAIN.row_height
    least = sums.height(min(few, _FEW + 1))
    room = flow.room - tall - least
    drawn = room >= sums.LOWEST_CHARTS
    if drawn:
        sums.two_charts(flow, money_chart(report), co2_chart(report), room)
    else:
        flow.gap(_BOX_GAP)
    shown = _shown(few, flow.room - tall)
    title = _("Per category") if report.institution else _("Per institution")
    sums.groups_table(flow, title, groups, report, shown)
    if notes:
        flow.gap(4)
        flow.paragraph(notes, SMALL)
    for lead, text in boxes:
        flow.gap(_BOX_GAP)
        _box(flow, lead, text)
    _second_page(flow, report, drawn=drawn, shown=shown < few)


def _second_page(flow: Flow, report: SavingsReport, *, drawn: bool, shown: bool) -> None:
    """Growth, months, categories, and whoever had no room in the first table."""
    if len(flow.pages) > 1:
        flow.gap(20)
    else:
        flow.new_page()
    sums.growth(flow, report, drawn=drawn)
    if report.told:
        said = "; ".join(f"{each.name}: {each.value}" for each in report.told)
        _box(flow, _("Goals and needs."), f"{said.rstrip('.')}.")
        flow.gap(_BOX_GAP if report.climate else 20)
    if beside := words.climate_prices(report.climate):
        _box(flow, _("Climate levy and shadow price."), f"{beside}.")
        flow.gap(20)
    corrections(flow, report)
    sums.months_table(flow, report)
    if report.institution is None and report.categories:
        count = len(report.categories)
        sums.groups_table(flow, _("Per category"), report.categories, report, count)
        flow.gap(20)
    if shown:
        everyone = _("All categories") if report.institution else _("All institutions")
        groups = report.categories if report.institution else report.institutions
        sums.groups_table(flow, everyone, groups, report, len(groups))


def _table_notes(report: SavingsReport) -> str:
    """What must be known to compare the table with its total and with the figures above."""
    notes = []
    if len(report.institutions) > 1 or len(report.categories) > 1:
        notes.append(words.rounded())
    if report.without_pieces and report.institution is None:
        text = ngettext(
            "{count} institution has no pieces, only corrections, in the period.",
            "{count} institutions have no pieces, only corrections, in the period.",
            report.without_pieces,
        )
        notes.append(text.format(count=number(report.without_pieces)))
    if report.undone_before:
        notes.append(words.undone_before(report.undone_before))
    if report.loans is not None:
        notes.append(words.loans(report.loans))
    if report.in_house and report.in_house.ore:
        later = report.settled_on if report.settled_on > report.end else None
        notes.append(words.in_house(report.in_house.ore, report.in_house.pieces, later) + ".")
    return " ".join(notes)


def _boxes(report: SavingsReport) -> list[tuple[str, str]]:
    sources = _("Sources: appendix A.")
    boxes = [
        (_("How certain are the figures?"), certainty(report)),
        (_("This is how it is calculated."), f"{words.calculation(report)} {sources}"),
    ]
    boxes.append((_("What is not in the figures."), words.left_outside()))
    if own := words.own_saving(report):
        boxes.insert(0, (_("Paid less than the new price."), own))
    return boxes


def _shown(count: int, room: float) -> int:
    """How many rows stand on the first page beside heading, total and the line for the rest."""
    rows = int((room - sums.height(0)) / tables.PLAIN.row_height)
    if count <= rows:
        return count
    return max(_FEW, min(rows - 1, _MANY))


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
