"""Furniture types from a file: what its columns and categories mean, a trial, and the import."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange import articles as files
from moebelcirkel.exchange import mapping_file
from moebelcirkel.exchange.articles import ArticleRecord, LineError
from moebelcirkel.exchange.mapping import Mapping as ColumnMapping
from moebelcirkel.exchange.mapping_file import ImportChoices
from moebelcirkel.exchange.suggestions import suggest_basis
from moebelcirkel.services import articles, ecolabels
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.imports import taking_in
from moebelcirkel.services.imports.far_out import FarOut
from moebelcirkel.services.imports.sources import Source
from moebelcirkel.services.imports.taking_in import STEP, Imported, ImportWatch, Progress, Trial
from moebelcirkel.storage import numbering
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the category column, how many lines have it, and one of their names."""

    text: str
    lines: int
    example: str


def suggest(context: Context, source: Source) -> ImportChoices:
    """Columns and categories as the file's headers and contents suggest them."""
    context.require(Action.IMPORT)
    mapping = files.suggest_mapping(source.table)
    found: Collection[str] = ()
    if mapping.category is not None:
        found = source.table.distinct(mapping.category)
    found_here = ImportChoices(
        mapping=mapping,
        basis=suggest_basis(source.table, mapping.price),
        categories=suggest_values(context, found),
    )
    return _as_before(context, source) or found_here


def _as_before(context: Context, source: Source) -> ImportChoices | None:
    """As an earlier file with the same columns; its prices were of another day."""
    before = taking_in.alike(context, "articles", source)
    if before is None:
        return None
    try:
        choices = choices_from_file(context, before.choices.encode(), before.file_name)
        choices.mapping.check(source.table.columns)
    except Refused:
        return None  # a category or a column it names is gone
    basis = dataclasses.replace(choices.basis, price_date=None, price_source="")
    return ImportChoices(choices.mapping, basis, choices.categories)


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
) -> Trial[ArticleRecord]:
    """A dry run: which lines would be taken in, and why the others would not.

    With ``any_price`` prices far outside their category's range are right.
    """
    context.require(Action.IMPORT)
    with context.read() as session:
        return _tried(session, source, choices, context.today(), any_price=any_price)


def _tried(
    session: Session, source: Source, choices: ImportChoices, today: dt.date, *, any_price: bool
) -> Trial[ArticleRecord]:
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
    usual = FarOut(session, today)
    return {
        record.line: LineError.of(record.line, choices.mapping.price or "", strange)
        for record in records
        if (strange := usual.refusal(record.category_key, record.new_price_ore)) is not None
    }


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
        watch = ImportWatch(progress, cancelled)
        return taking_in.take_in(
            work, "articles", source, trial, _write, watch, choices_to_file(choices)
        )

    return context.write("import.articles", Action.IMPORT, body)


def _write(work: Work, records: Sequence[ArticleRecord], import_id: int) -> Iterator[int]:
    label = ecolabels.reading(work)
    left = import_queries.left_over(work.session, (record.key for record in records))
    new = sum(record.key not in left for record in records)
    numbering.expect_ids(work.session, {Article: new})
    for start in range(0, len(records), STEP):
        part = records[start : start + STEP]
        _save(work, [_labelled(record, label) for record in part], left, import_id)
        yield len(part)


def _labelled(record: ArticleRecord, label: Callable[[str], str]) -> ArticleRecord:
    found = label(record.ecolabel)
    return record if found == record.ecolabel else dataclasses.replace(record, ecolabel=found)


def _save(
    work: Work, records: Collection[ArticleRecord], left: Mapping[str, Article], import_id: int
) -> None:
    """New articles, and new values for those that an undone import left over."""
    rows = []
    for record in records:
        columns = _columns(record, import_id)
        if article := left.get(record.key):
            for name, value in columns.items():
                setattr(article, name, value)
        else:
            rows.append(columns)
    work.bulk_insert(Article, rows)


_FIELDS = tuple(field.name for field in dataclasses.fields(ArticleRecord) if field.name != "line")
_values = attrgetter(*_FIELDS)


def _columns(record: ArticleRecord, import_id: int) -> dict[str, Any]:
    return {**dict(zip(_FIELDS, _values(record), strict=True)), "import_id": import_id}
