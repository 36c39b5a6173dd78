"""Imports: a file of furniture types is read, tried, taken in as one change, and undone as one.

Reading and checking need no database until the numbers already in use are asked for.
"""

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from moebelcirkel.domain.errors import N_, Interrupted, Refused
from moebelcirkel.domain.fields import seen
from moebelcirkel.domain.prices import is_far_out
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange import articles as files
from moebelcirkel.exchange import encodings, mapping_file, tabular
from moebelcirkel.exchange.articles import ArticleRecord, LineError, contains_vat
from moebelcirkel.exchange.mapping import Mapping as ColumnMapping
from moebelcirkel.exchange.mapping import Measure as Measure
from moebelcirkel.exchange.mapping import PriceBasis
from moebelcirkel.exchange.mapping_file import ImportChoices
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.language import _, kroner, refusal
from moebelcirkel.services import articles
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.queries.imports import ImportRow
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.work import Session

#: Rows between two looks at progress and cancelling.
STEP = 500

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read, with the fingerprint of its bytes and what was said of it."""

    name: str
    sha256: str
    table: Table
    data: bytes
    facts: Mapping[str, str | int]

    def again(self, **facts: str | int | None) -> "Source":
        """The same bytes read with another encoding, delimiter, decimal sign, sheet or header."""
        return read(self.data, self.name, **facts)

    def readings(self) -> dict[str, str]:
        """A line with special letters as it reads in each encoding that fits; none for XLSX."""
        return encodings.readings(self.data) if self.table.kind == "csv" else {}


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would do: every line is in one of the two lists.

    ``far_out`` counts the prices far outside their category's range; their lines are refused until
    somebody says that the prices are right. ``known`` counts the lines whose numbers exist already.
    """

    records: tuple[ArticleRecord, ...]
    errors: tuple[LineError, ...]
    far_out: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the category column, how many lines have it, and one of their names."""

    text: str
    lines: int
    example: str


def read(data: bytes, name: str, **facts: str | int | None) -> Source:
    """Read a CSV or XLSX file; how it is written is found unless ``facts`` say it."""
    # A file's name may hold what no text can; it is only shown.
    name = name.encode("utf-8", "replace").decode()
    table = tabular.read_table(data, name, **cast(Any, facts))
    told = {fact: value for fact, value in facts.items() if value is not None}
    return Source(name, hashlib.sha256(data).hexdigest(), table, data, told)


def suggest(context: Context, source: Source) -> ImportChoices:
    """Columns and categories as the file's headers and contents suggest them."""
    context.require(Action.IMPORT)
    mapping = files.suggest_mapping(source.table)
    found: Collection[str] = ()
    if mapping.category is not None:
        found = source.table.distinct(mapping.category)
    told = mapping.price and contains_vat(mapping.price)
    currency = files.suggest_currency(source.table, mapping.price) if mapping.price else "DKK"
    return ImportChoices(
        mapping=mapping,
        # No rate is known but that of kroner; the others must be written.
        basis=PriceBasis(currency, Decimal(currency == "DKK"), vat_included=told is not False),
        categories=suggest_values(context, found),
    )


def doubt(source: Source, mapping: ColumnMapping) -> Refused | None:
    """Why the decimal sign must be chosen, where the file does not tell it."""
    try:
        files.refuse_doubt(source.table, mapping)
    except Refused as error:
        return error
    return None


def suggest_values(context: Context, texts: Collection[str]) -> dict[str, str | None]:
    """The category each value of a file points to, or None."""
    context.require(Action.IMPORT)
    return files.suggest_categories(texts, articles.categories(context))


def suggest_words(
    context: Context, source: Source, mapping: ColumnMapping
) -> tuple[tuple[str, str], ...]:
    """Beginnings of names that say what a thing is, for files whose categories say less."""
    context.require(Action.IMPORT)
    return files.suggest_words(source.table, mapping.name, articles.categories(context))


def values(source: Source, mapping: ColumnMapping) -> list[Value]:
    """The values of the category column in the order of the file; none without such a column."""
    if mapping.category is None or mapping.category not in source.table.places:
        return []
    at = source.table.places[mapping.category]
    names = [source.table.places[name] for name in mapping.name if name in source.table.places]
    lines: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in source.table.rows:
        text = " ".join(row.cells[at].split())
        lines[text] += 1
        examples.setdefault(text, " · ".join(" ".join(row.cells[name].split()) for name in names))
    return [Value(text, lines[text], examples[text]) for text in lines if text]


def error_list(errors: Collection[LineError]) -> bytes:
    """The refused lines as a CSV file, to mend the source by."""
    from moebelcirkel.documents.spreadsheet import Column, Kind, csv_bytes

    columns = [
        Column(_("Line"), Kind.INTEGER), Column(_("Column"), Kind.TEXT),
        Column(_("Reason"), Kind.TEXT),
    ]  # fmt: skip
    rows = [(error.line, error.column, refusal(error.refused())) for error in errors]
    return csv_bytes(columns, rows)


def choices_from_file(context: Context, data: bytes, name: str) -> ImportChoices:
    """The choices kept in a MAPPING.toml."""
    context.require(Action.IMPORT)
    keys = {category.key for category in articles.categories(context)}
    return mapping_file.read_mapping_file(data, name, keys)


def choices_to_file(choices: ImportChoices) -> str:
    """The choices as a MAPPING.toml, for next time and for the command line."""
    return mapping_file.write_mapping_file(choices)


def try_out(
    context: Context, source: Source, choices: ImportChoices, *, any_price: bool = False
) -> Trial:
    """A dry run: which lines would be taken in, and why the others would not.

    With ``any_price`` prices far outside their category's range are right.
    """
    context.require(Action.IMPORT)
    with context.read() as session:
        return _tried(session, source, choices, context.today(), any_price=any_price)


def _tried(
    session: Session, source: Source, choices: ImportChoices, today: dt.date, *, any_price: bool
) -> Trial:
    records, errors = files.article_records(
        source.table, choices.mapping, choices.basis, choices.categories, today=today
    )
    taken = import_queries.taken_keys(session, (record.key for record in records))
    free = [record for record in records if record.key not in taken]
    doubles = _doubles(records, taken, choices)
    errors += doubles
    far_out = _far_out(session, free, choices, today)
    if not any_price:
        errors += far_out.values()
        free = [record for record in free if record.line not in far_out]
    errors.sort(key=lambda error: error.line)
    return Trial(tuple(free), tuple(errors), len(far_out), len(doubles))


def _far_out(
    session: Session, records: Collection[ArticleRecord], choices: ImportChoices, today: dt.date
) -> dict[int, LineError]:
    """By line, the prices that are far from what the category costs."""
    chosen = costing_queries.factor_set_on(session, today)
    factors = costing_queries.factors_of(session, chosen.id)
    found: dict[int, LineError] = {}
    for record in records:
        factor = factors.get(record.category_key)
        if factor is None or record.new_price_ore is None:
            continue
        low, high = factor.new_price_low_ore, factor.new_price_high_ore
        if low is None or high is None or not is_far_out(record.new_price_ore, low, high):
            continue
        values = {"price": kroner(record.new_price_ore), "low": kroner(low), "high": kroner(high)}
        message = N_(
            "{price} without VAT is far from what such furniture costs new ({low} to {high})."
            " Check the decimal sign and the currency."
        )
        found[record.line] = LineError(record.line, choices.mapping.price or "", message, values)
    return found


def _doubles(
    records: Collection[ArticleRecord], taken: Mapping[str, str], choices: ImportChoices
) -> list[LineError]:
    return [
        LineError(
            record.line,
            choices.mapping.key,
            N_("Number {key} exists already: {name}."),
            {"key": record.key, "name": taken[record.key]},
        )
        for record in records
        if record.key in taken
    ]


@dataclass(frozen=True, slots=True)
class Imported(Done):
    """The import, and how many lines it took in and refused."""

    import_id: int
    taken: int
    refused: int


declare("import.articles", Kind(Action.IMPORT, Action.IMPORT))


def run(
    context: Context,
    source: Source,
    choices: ImportChoices,
    *,
    any_price: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """Take the file in as one change; cancelled half-way, nothing of it is kept."""

    def body(work: Work) -> Imported:
        trial = _tried(work.session, source, choices, work.today, any_price=any_price)
        _refuse_same_file(work, source, trial)
        return _take_in(work, source, trial, progress, cancelled)

    return context.write("import.articles", Action.IMPORT, body)


def _take_in(
    work: Work,
    source: Source,
    trial: Trial,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> Imported:
    if not trial.records:
        raise Refused(
            N_(
                "No line of {name} can be imported. Look at the reasons, correct the choices or"
                " the file, and try again."
            ),
            name=source.name,
        )
    batch = ImportBatch(
        kind="articles", file_name=seen(source.name)[:200], sha256=source.sha256,
        taken=len(trial.records), refused=len(trial.errors), created_at=work.now,
    )  # fmt: skip
    work.session.add(batch)
    work.session.flush()
    total = len(trial.records)
    for start in range(0, total, STEP):
        if cancelled():
            raise Interrupted
        _save(work, trial.records[start : start + STEP], batch.id)
        if progress is not None:
            progress(min(start + STEP, total), total)
    return Imported(import_id=batch.id, taken=batch.taken, refused=batch.refused)


def _save(work: Work, records: Collection[ArticleRecord], import_id: int) -> None:
    """New articles, and new values for those that an undone import left over."""
    left = import_queries.left_over(work.session, (record.key for record in records))
    rows = []
    for record in records:
        columns = _columns(record, import_id)
        if article := left.get(record.key):
            for name, value in columns.items():
                setattr(article, name, value)
        else:
            rows.append(columns)
    work.bulk_insert(Article, rows)


def _refuse_same_file(work: Work, source: Source, trial: Trial) -> None:
    """A file may come again for the lines that were refused, but not for those taken in."""
    earlier = import_queries.same_file(work.session, source.sha256)
    if earlier is None or (trial.records and trial.known >= earlier.taken):
        return
    raise Refused(
        N_(
            "The file was imported already on {date}. To take in lines that were refused, correct"
            " the choices or the file. To take all of it in anew, undo that import first."
        ),
        date=earlier.created_at.date(),
    )


_FIELDS = tuple(field.name for field in dataclasses.fields(ArticleRecord) if field.name != "line")


def _columns(record: ArticleRecord, import_id: int) -> dict[str, Any]:
    return {**{name: getattr(record, name) for name in _FIELDS}, "import_id": import_id}


def latest(context: Context, limit: int = 50) -> list[ImportRow]:
    """The files taken in, newest first."""
    context.require(Action.IMPORT)
    with context.read() as session:
        return import_queries.latest(session, limit)
