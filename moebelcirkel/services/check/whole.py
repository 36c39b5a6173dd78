"""The proof that the books are whole: rows equal their events, figures equal their inputs.

It reads everything on one snapshot, in slices, and changes nothing.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from moebelcirkel.domain.changes import stored as stored_words
from moebelcirkel.domain.check import Finding, Findings
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import HANDED_KINDS, ChargeKind, LineKind
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, refusal
from moebelcirkel.services.check import bookings as check_bookings
from moebelcirkel.services.check import course as check_course
from moebelcirkel.services.check import life as check_life
from moebelcirkel.services.check import lines as check_lines
from moebelcirkel.services.check import people as check_people
from moebelcirkel.services.check import photos as check_photos
from moebelcirkel.services.check import reports as check_reports
from moebelcirkel.services.check import settlement as check_settlement
from moebelcirkel.services.check.bookings import Costs
from moebelcirkel.services.check.inputs import is_broken
from moebelcirkel.services.check.sources import Sources
from moebelcirkel.services.context import Context
from moebelcirkel.services.figures.lines import leaves
from moebelcirkel.storage.checks import chain as check_chain
from moebelcirkel.storage.checks import clock as check_clock
from moebelcirkel.storage.checks import complaints as check_complaints
from moebelcirkel.storage.checks import events as check_events
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.checks import file as check_file
from moebelcirkel.storage.checks import institutions as check_institutions
from moebelcirkel.storage.checks import numbers as check_numbers
from moebelcirkel.storage.checks import rules as check_rules
from moebelcirkel.storage.checks import runs as check_runs
from moebelcirkel.storage.checks import search as check_search
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.checks import stored as check_stored
from moebelcirkel.storage.checks import strays as check_strays
from moebelcirkel.storage.checks.asking import STEADY
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.work import Session

Part = Callable[[Session, Findings], None]
Lines = list[FigureLine]


def figures_equal_inputs(session: Session, findings: Findings) -> None:
    """Each line computed again from its frozen inputs is the same to the øre and the gram."""
    sources, costs = Sources(session), Costs(session)
    for books in check_figures.books_by_unit(session, sources.read_articles):
        lines, charges = books.lines, books.charges
        findings.counts["figure_line"] += len(lines)
        findings.counts["charge"] += len(charges)
        known = {line.id: line for line in lines}
        broken = [line for line in lines if is_broken(line, known.get(line.corrects_id or 0))]
        for line in broken:
            findings.add(
                N_("Figure line {key}: its figures do not follow from what it rests on."),
                key=line.id,
            )
        if not broken:
            check_lines.check(findings, books, sources)
            check_life.check(findings, books)
        check_course.check(findings, books)
        costs.check(findings, books)
        check_bookings.check_charges(findings, books)
        _check_charges(findings, lines, charges)
        _check_reversals(findings, lines, charges)
        _check_turnover(findings, lines, charges)
    costs.check_sums(findings)


#: By which change a piece was handed over, and of which order line.
HandOver = tuple[int, int | None]


def _check_charges(findings: Findings, lines: Lines, charges: list[Charge]) -> None:
    """Each hand-over of an order line is charged once, to whom and as it was."""
    handed = {_handed(line): line for line in lines if leaves(line)}
    charged: dict[HandOver, list[Charge]] = {}
    for charge in charges:
        if charge.kind in HANDED_KINDS:
            charged.setdefault(_handed(charge), []).append(charge)
    for place, line in handed.items():
        if line.order_line_id is not None and _terms(charged.get(place, [])) != _paid(line):
            findings.add(
                N_("Figure line {key}: the hand-over is not charged as it was."), key=line.id
            )
    for place, charge in ((place, each) for place, some in charged.items() for each in some):
        if place not in handed:
            findings.add(N_("Charge {key} belongs to no hand-over."), key=charge.id)


def _handed(row: FigureLine | Charge) -> HandOver:
    return row.change_id, row.order_line_id


def _terms(charges: list[Charge]) -> tuple[object, ...] | None:
    """What a hand-over is charged in all, to whom and when; a repair by several charges."""
    around = {(charge.institution_id, charge.effective_on) for charge in charges}
    total = sum(charge.amount_ore for charge in charges)
    return (total, *next(iter(around))) if len(around) == 1 else None


def _paid(line: FigureLine) -> tuple[object, ...]:
    return line.price_paid_ore, line.institution_id, line.effective_on


def _check_reversals(findings: Findings, lines: Lines, charges: list[Charge]) -> None:
    """A charge is given back in full, exactly when its hand-over is taken back."""
    known = {charge.id: charge for charge in charges}
    for charge in charges:
        first = known.get(charge.corrects_id or 0)
        wrong = first is None or charge.amount_ore != -first.amount_ore
        if charge.kind == ChargeKind.REVERSAL and wrong:
            findings.add(N_("Charge {key} does not give back what was charged."), key=charge.id)
    given_back = {_handed(each) for each in charges if each.kind == ChargeKind.REVERSAL}
    handed = {line.id for line in lines if leaves(line)}
    for line in lines:
        taken_back = line.kind == LineKind.REVERSAL and line.corrects_id in handed
        if taken_back and line.order_line_id is not None and _handed(line) not in given_back:
            findings.add(N_("Figure line {key}: the charge was not given back."), key=line.id)


def _check_turnover(findings: Findings, lines: Lines, charges: list[Charge]) -> None:
    """What a piece has turned over is what it is charged for; the fees of orders stand apart."""
    fees = {charge.id for charge in charges if charge.kind == ChargeKind.FEE}
    sums: Counter[tuple[int, int | None]] = Counter()
    for line in lines:
        sums[line.unit_id, line.institution_id] += line.price_paid_ore
    for charge in charges:
        if not fees & {charge.id, charge.corrects_id}:
            sums[charge.unit_id, charge.institution_id] -= charge.amount_ore
    for unit_id in sorted({unit_id for (unit_id, _place_id), ore in sums.items() if ore}):
        findings.add(N_("Piece {key}: its turnover is not what it is charged for."), key=unit_id)


#: Everything that is looked at, in this order; progress is told after each.
PARTS: tuple[Part, ...] = (
    check_file.file_is_sound,
    check_rules.rules_stand,
    check_stored.values_are_of_their_kind,
    check_strays.rows_refer_to_rows,
    check_strays.nothing_speaks_of_merged_types,
    check_photos.photos_are_whole,
    check_file.derived_columns_follow,
    check_search.search_follows,
    check_chain.chain_is_whole,
    check_clock.nothing_is_ahead,
    check_events.rows_equal_events,
    check_events.nothing_has_vanished,
    check_events.written_once_is_as_written,
    figures_equal_inputs,
    check_figures.corrections_are_single,
    check_figures.prices_are_those_ordered,
    check_reports.reports_hold,
    check_settlement.batches_hold,
    check_states.units_match_orders,
    check_states.units_match_cases,
    check_states.parts_are_in_pieces,
    check_states.units_match_baskets,
    check_states.wants_are_kept,
    check_institutions.merged_institutions_are_over,
    check_states.plans_have_lines,
    check_runs.runs_are_kept,
    check_runs.closed_runs_add_up,
    check_complaints.complaints_fit_pieces,
    check_complaints.complaints_are_charged,
    check_states.orders_add_up,
    check_states.fees_are_charged_once,
    check_states.pieces_match_lines,
    check_states.pieces_match_reports,
    check_states.changes_explain_states,
    check_numbers.counters_are_right,
    check_numbers.ids_are_never_given_again,
    check_numbers.labels_are_right,
    check_numbers.numbers_are_single,
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, by table, and what was found wrong; ``more`` did not fit in the list."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    more: int

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.findings


#: The rows that a series numbers, by the first word of its name.
_SERIES_OF = {
    "unit": "unit",
    "order": "shop_order",
    "delivery": "delivery",
    "complaint": "complaint",
    "report": "report_record",
    "run": "run",
    "settlement": "settlement_batch",
    "want": "want",
}


#: What a finding names by the name that the database has for it.
_WORDS = {
    "table": stored_words.TABLES,
    "parent": stored_words.TABLES,
    "column": stored_words.COLUMNS,
}


def text(finding: Finding) -> str:
    """What was found, in the reader's language: rows and columns by the words of the history."""
    values = dict(finding.values)
    for name, words in _WORDS.items():
        if name in values:
            said = str(values[name]).removeprefix("inputs.").split(", ")
            values[name] = ", ".join(_(words.get(each, each)) for each in said)
    if "series" in values:
        series = re.fullmatch(r"([a-z]+)(.*)", str(values["series"]))
        if series and series[1] in _SERIES_OF:
            values["series"] = f"{_(stored_words.TABLES[_SERIES_OF[series[1]]])}{series[2]}"
    return refusal(Refused(finding.message, **values))


def run(context: Context, progress: Callable[[int, int], object] | None = None) -> CheckReport:
    """Check the whole database; ``progress`` hears how many of how many parts are done."""
    context.require(Action.CHECK)
    findings = Findings(context.now())
    with context.read() as session:
        session.info[STEADY] = True
        for done, part in enumerate(PARTS):
            if progress is not None:
                progress(done, len(PARTS))
            check_file.guarded(part, session, findings)
    with context.read() as session:
        check_file.guarded(
            lambda _session, found: check_people.nobody_has_come_back(context, found),
            session,
            findings,
        )
    if progress is not None:
        progress(len(PARTS), len(PARTS))
    return CheckReport(tuple(findings.found), dict(findings.counts), findings.more)
