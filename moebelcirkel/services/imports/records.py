"""Files of records: one description per kind; suggestion, trial and import are for them all."""

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.kinds.records import (
    Reader,
    RecordChoices,
    RecordField,
    choices_from_text,
    choices_to_text,
    read_records,
    suggest_columns,
)
from moebelcirkel.exchange.lines import LineError
from moebelcirkel.exchange.suggestions import suggest_basis
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.imports import taking_in
from moebelcirkel.services.imports.sources import Source
from moebelcirkel.services.imports.taking_in import UNWATCHED, Imported, ImportWatch, Trial, Writer
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.work import Session

R = TypeVar("R")
P = TypeVar("P")


class Numbered(Protocol):
    """What stands on a line of a file."""

    @property
    def line(self) -> int:
        """The line, from 1."""


@dataclass(slots=True)
class ImportPlan(Generic[P]):
    """What becomes of the lines: planned or refused; ``known`` counts what is there already."""

    choices: RecordChoices
    #: Whether somebody has said that prices far from the usual are right.
    any_price: bool = False
    far_out: int = 0
    lines: list[P] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    known: int = 0

    @contextlib.contextmanager
    def line(self, record: Numbered, name: str = "") -> Iterator[None]:
        """What is refused inside is the answer to this line, and the others go on."""
        try:
            yield
        except Refused as error:
            self.refuse(record.line, name, error)

    def there(self, message: str, *, field: str, **values: object) -> Refused:
        """The refusal of a line that is registered already."""
        self.known += 1
        return Refused(message, field=field, **values)

    def refuse(self, line: int, name: str, error: Refused) -> None:
        """A line cannot be taken in because of this field, or another that the error names."""
        self.errors.append(
            LineError.of(line, self.choices.columns.get(error.field or name, ""), error)
        )


class TakenNames:
    """Names or numbers that are taken: registered, with their owners, or by an earlier line."""

    def __init__(self, registered: Mapping[str, str]) -> None:
        self._registered = {value.casefold(): owner for value, owner in registered.items()}
        self._lines: dict[str, int] = {}

    def refuse(self, value: str, line: int, field: str, plan: ImportPlan[P]) -> None:
        """Refuse a value that is another's; nothing is nobody's."""
        key = value.casefold()
        if key and key in self._registered:
            raise plan.there(
                N_("“{value}” is there already: {owner}."),
                field=field,
                value=value,
                owner=self._registered[key],
            )
        if key and self._lines.get(key, line) != line:
            raise Refused(
                N_("“{value}” is already on line {line}, which counts because it comes first."),
                field=field,
                value=value,
                line=self._lines[key],
            )

    def take(self, value: str, line: int) -> None:
        """The value is the line's own now."""
        self._lines.setdefault(value.casefold(), line)


def _as_declared(_table: Table, _choices: RecordChoices, _today: dt.date) -> Mapping[str, Reader]:
    """Most fields are read as they say themselves."""
    return {}


@dataclass(frozen=True, slots=True)
class FileKind(Generic[R, P]):
    """One kind of file: its fields, how a line is checked against what there is and written."""

    key: str
    fields: tuple[RecordField, ...]
    make: Callable[..., R]
    plan: Callable[[Session, Sequence[R], ImportPlan[P], dt.date], None]
    write: Writer[P]
    #: How fields are read whose figures and dates depend on what the file is.
    readers: Callable[[Table, RecordChoices, dt.date], Mapping[str, Reader]] = _as_declared
    #: What is needed beside the right to import.
    right: Action | None = None

    @property
    def change(self) -> str:
        """What the change of such an import is called."""
        return f"import.{self.key}"

    def require(self, context: Context | Work) -> None:
        """Refuse who may not take in files of this kind."""
        context.require(Action.IMPORT)
        if self.right is not None:
            context.require(self.right)


def declared(
    kind: FileKind[R, P], own_rule: Callable[[Work, Change], None] | None = None
) -> FileKind[R, P]:
    """Say how an import of the kind is taken back."""
    declare(kind.change, Kind(Action.IMPORT, kind.right or Action.IMPORT, own_rule=own_rule))
    return kind


def suggest(context: Context, kind: FileKind[R, P], source: Source) -> RecordChoices:
    """The columns as the file's headers suggest them."""
    context.require(Action.IMPORT)
    kind.require(context)
    before = taking_in.alike(context, kind.key, source)
    if before is not None:
        return choices_from_text(before.choices)
    columns = suggest_columns(kind.fields, source.table)
    return RecordChoices(columns, basis=suggest_basis(source.table, columns.get("price")))


def try_out(
    context: Context,
    kind: FileKind[R, P],
    source: Source,
    choices: RecordChoices,
    *,
    any_price: bool = False,
) -> Trial[P]:
    """A dry run: which lines would be taken in, and why the others would not."""
    context.require(Action.IMPORT)
    kind.require(context)
    plan: ImportPlan[P] = ImportPlan(choices, any_price)
    with context.read() as session:
        return _tried(session, kind, source, plan, context.today())


def run(
    context: Context,
    kind: FileKind[R, P],
    source: Source,
    choices: RecordChoices,
    watch: ImportWatch = UNWATCHED,
    *,
    any_price: bool = False,
) -> Imported:
    """Take the file in as one change; cancelled half-way, nothing of it is kept."""

    def body(work: Work) -> Imported:
        kind.require(work)
        plan: ImportPlan[P] = ImportPlan(choices, any_price)
        trial = _tried(work.session, kind, source, plan, work.today)
        return taking_in.take_in(
            work, kind.key, source, trial, kind.write, watch, choices_to_text(choices)
        )

    return context.write(kind.change, Action.IMPORT, body)


def _tried(
    session: Session, kind: FileKind[R, P], source: Source, plan: ImportPlan[P], today: dt.date
) -> Trial[P]:
    readers = kind.readers(source.table, plan.choices, today)
    records, errors = read_records(source.table, kind.fields, plan.choices, kind.make, readers)
    kind.plan(session, records, plan, today)
    found = sorted([*errors, *plan.errors], key=lambda error: error.line)
    return Trial(tuple(plan.lines), tuple(found), plan.far_out, plan.known)


def chunked(lines: Sequence[P], size: int = taking_in.STEP) -> Collection[Sequence[P]]:
    """Lines in parts between which an import can be stopped."""
    return [lines[start : start + size] for start in range(0, len(lines), size)]
