"""The finance system's extract held against what was sent, and what came of it kept by batch."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import file_name
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.settlement import ExtractLine, MatchOutcome, Pair
from moebelcirkel.exchange.cells import WrongCell
from moebelcirkel.exchange.kinds import postings as files
from moebelcirkel.exchange.kinds.records import (
    RecordChoices,
    RecordField,
    choices_from_text,
    choices_to_text,
    read_records,
)
from moebelcirkel.exchange.lines import LineError
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.imports.sources import Source
from moebelcirkel.services.imports.sources import read as read_file
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import BatchCharge
from moebelcirkel.storage.tables.settlement import SettlementCheck
from moebelcirkel.storage.work import Session

FIELDS: tuple[RecordField, ...] = files.FIELDS
#: What `RecordChoices.fixed` says of which postings an extract holds: all where nothing is said.
WHICH = "which"
OURS, THEIRS = "exchange", "institutions"


@dataclass(frozen=True, slots=True)
class BatchSum:
    """What the extract has of one batch; ``foreign`` are lines that name it but are none of it."""

    batch_id: int
    number: str
    matched: int
    missing: int
    differing: int
    foreign: int
    voucher: str

    @property
    def agrees(self) -> bool:
        """Whether every posting is there as it was sent, once."""
        return not (self.missing or self.differing or self.foreign)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every posting and every line once, the lines that cannot be read, and the sums by batch.

    ``named`` are the sums of batches that the extract has lines of.
    """

    pairs: tuple[Pair, ...]
    unread: tuple[LineError, ...]
    sums: tuple[BatchSum, ...]

    @property
    def named(self) -> tuple[BatchSum, ...]:
        """Of batches that the finance system knows of."""
        return tuple(each for each in self.sums if each.matched or each.differing or each.foreign)


@dataclass(frozen=True, slots=True)
class Compared(Done):
    """How many batches a result was kept for, and how many of them agree to the øre."""

    batches: int
    agreeing: int


def open_extract(context: Context, data: bytes, name: str) -> tuple[Source, RecordChoices]:
    """The file with its columns as they were chosen for the last one alike, else by their names."""
    context.require(Action.SETTLE)
    source = read_file(data, name)
    return source, suggest(context, source)


def suggest(context: Context, source: Source) -> RecordChoices:
    """What the columns of a file likely are."""
    context.require(Action.SETTLE)
    with context.read() as session:
        before = queries.mapping(session, source.headers())
    if before is not None:
        return choices_from_text(before)
    return RecordChoices(files.suggest(source.table))


def compare(context: Context, source: Source, choices: RecordChoices) -> Comparison:
    """The extract against what was sent."""
    context.require(Action.SETTLE)
    with context.read() as session:
        return _compared(session, source, choices)


@writes(
    "settlement.compare",
    Action.SETTLE,
    Kind(stays="it only tells what the finance system had that day; a newer extract tells anew"),
)
def keep(work: Work, source: Source, choices: RecordChoices) -> Compared:
    """Keep by batch what its postings came to in the extract."""
    found = _compared(work.session, source, choices).named
    if not found:
        raise Refused(
            N_("{name} names none of our settlements, so there is nothing to keep."),
            name=source.name,
        )
    for each in found:
        work.session.add(
            SettlementCheck(
                change_id=work.change_id,
                batch_id=each.batch_id,
                at=work.now,
                file_name=file_name(source.name, limits.FILE_NAME),
                sha256=source.sha256,
                matched=each.matched,
                missing=each.missing,
                differing=each.differing,
                foreign_lines=each.foreign,
                voucher=each.voucher,
                headers=source.headers(),
                mapping=choices_to_text(choices),
            )
        )
    work.session.flush()
    return Compared(batches=len(found), agreeing=sum(each.agrees for each in found))


def charges_of(context: Context, batch_id: int, position: int) -> list[BatchCharge]:
    """The charges behind one posting."""
    context.require(Action.SETTLE)
    with context.read() as session:
        return queries.behind(session, batch_id, position)


# --- comparing ------------------------------------------------------------------------------------


def _compared(session: Session, source: Source, choices: RecordChoices) -> Comparison:
    _check(choices)
    make = functools.partial(_told, choices)
    table = source.table
    readers = files.readers(table, choices.columns)
    told, unread = read_records(table, FIELDS, replace(choices, fixed={}), make, readers)
    named = {found[0] for each in told if (found := rules.reference_of(each))}
    which = choices.fixed.get(WHICH)
    pays = None if which not in (OURS, THEIRS) else which == THEIRS
    batches = queries.sent_batches(session, named)
    sent = queries.sent(session, batches, pays=pays)
    pairs = rules.match(sent, told)
    errors = sorted(unread, key=lambda each: each.line)
    return Comparison(tuple(pairs), tuple(errors), tuple(_sums(batches, pairs)))


def _check(choices: RecordChoices) -> None:
    """An amount is one column, or one for each side, but not both."""
    chosen = choices.columns
    if not chosen.get("reference"):
        raise Refused(N_("Choose the column that holds this."), field="reference")
    sided = any(chosen.get(name) for name in files.SIDED)
    if bool(chosen.get("amount")) == sided:
        raise Refused(
            N_("Choose either a column of amounts, or one of debit and one of credit."),
            field="amount",
        )


def _told(choices: RecordChoices, **values: object) -> ExtractLine:
    """A line; an account that the file has no column of is not compared."""
    amount = _amount(choices, *(values.pop(name) for name in ("amount", "side", *files.SIDED)))
    for name in ("account", "bearer"):
        if not choices.columns.get(name):
            values[name] = None
    return ExtractLine(amount_ore=amount, **values)  # type: ignore[arg-type]


def _amount(choices: RecordChoices, amount: Any, side: Any, debit: Any, credit: Any) -> int:
    """Signed øre, debit above 0."""
    if debit and credit:
        raise WrongCell(
            choices.columns["credit"], Refused(N_("The line has both a debit and a credit."))
        )
    if debit is None and credit is None and amount is None:
        column = next(filter(None, map(choices.columns.get, ("amount", *files.SIDED))))
        raise WrongCell(column, Refused(N_("This must be filled in.")))
    return int((amount or 0) * (side or 1) + (debit or 0) - (credit or 0))


def _sums(batches: dict[int, str], pairs: Sequence[Pair]) -> list[BatchSum]:
    """The batches in the order they were made."""
    keys = {number: key for key, number in batches.items()}
    parts: dict[int, list[Pair]] = {key: [] for key in sorted(batches)}
    for pair in pairs:
        named = rules.reference_of(pair.told) if pair.told else None
        key = pair.sent.batch_id if pair.sent else keys.get(named[0]) if named else None
        if key is not None:
            parts[key].append(pair)
    return [_sum(key, batches[key], part) for key, part in parts.items()]


def _sum(key: int, number: str, pairs: Sequence[Pair]) -> BatchSum:
    count = rules.counted(pairs)
    return BatchSum(
        key,
        number,
        count[MatchOutcome.MATCHED],
        count[MatchOutcome.MISSING],
        count[MatchOutcome.DIFFERENT],
        count[MatchOutcome.FOREIGN],
        rules.numbers_of(pairs, limits.SETTLEMENT_CODE),
    )
