"""What the page has read off the window's thread: the file with all that is suggested for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.ui.kit.file_dialogs import read_bytes
from moebelcirkel.ui.pages.imports.columns import NAMES

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.imports import (
        AlikeImport,
        ColumnMapping,
        ImportChoices,
        RecordChoices,
        Source,
        Value,
    )

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, the choices for it, and what they are chosen from."""

    source: Source
    choices: ImportChoices
    values: list[Value]
    words: Words
    categories: list[ReferenceCategory]
    doubt: Refused | None = None
    before: AlikeImport | None = None


def open_file(context: Context, path: Path) -> ReadFile:
    """Read a file and suggest what its columns mean."""
    source = services.imports.read(read_bytes(path), path.name)
    read = suggested(context, source, services.imports.suggest(context, source))
    return replace(read, before=services.imports.alike(context, "articles", source))


def go_on(context: Context, path: Path, draft: dict[str, Any]) -> ReadFile:
    """Read the file of an import that was begun, as it was read then.

    Values are counted in the columns that were chosen; all else that was chosen the steps restore.
    """
    source = services.imports.read(read_bytes(path), path.name, **draft.get("source", {}))
    choices = services.imports.suggest(context, source)
    chosen = draft.get("columns", {}).get("form", {})
    there = {field: column for field, column in chosen.items() if column in source.table.columns}
    names = tuple(dict.fromkeys(there[field] for field in NAMES if field in there))
    mapping = replace(choices.mapping, category=there.get("category"), name=names)
    return suggested(context, source, replace(choices, mapping=mapping))


def read_again(context: Context, source: Source, facts: dict[str, Any]) -> ReadFile:
    """The same bytes, read with another encoding, delimiter, decimal sign, sheet or header."""
    again = source.again(**facts)
    return suggested(context, again, services.imports.suggest(context, again))


def load_choices(context: Context, source: Source, path: Path) -> ReadFile:
    """The choices that were saved for an earlier file of the kind."""
    choices = services.imports.choices_from_file(context, read_bytes(path), path.name)
    facts = choices.facts()
    again = source.again(**facts) if facts else source
    choices.mapping.check(again.table.columns)
    return suggested(context, again, choices)


def with_mapping(context: Context, read: ReadFile, mapping: ColumnMapping) -> ReadFile:
    """The same file when another column holds the categories or the names."""
    loaded = read.choices.mapping.words
    choices = replace(read.choices, mapping=replace(mapping, words=loaded))
    return suggested(context, read.source, choices)


def suggested(context: Context, source: Source, choices: ImportChoices) -> ReadFile:
    """Add what the category column holds, with a suggestion for what is not chosen."""
    categories = services.articles.categories(context)
    values = services.imports.values(source, choices.mapping)
    guessed = services.imports.suggest_values(context, [value.text for value in values])
    known = {text: key for text, key in choices.categories.items() if key is not None}
    words = choices.mapping.words or services.imports.suggest_words(
        context, source, choices.mapping
    )
    return ReadFile(
        source,
        replace(choices, categories={**guessed, **known}),
        values,
        words,
        categories,
        services.imports.doubt(source, choices.mapping),
    )


@dataclass(frozen=True, slots=True)
class RecordRead:
    """A file of records, and the columns suggested for it."""

    source: Source
    choices: RecordChoices
    doubt: Refused | None = None
    before: AlikeImport | None = None


def open_records(
    context: Context, kind: Any, path: Path, facts: dict[str, Any] | None = None
) -> RecordRead:
    """Read a file of records and suggest its columns."""
    source = services.imports.read(read_bytes(path), path.name, **(facts or {}))
    choices = services.imports.suggest_records(context, kind, source)
    return RecordRead(source, choices, before=services.imports.alike(context, kind.key, source))


def records_again(context: Context, kind: Any, source: Source, facts: dict[str, Any]) -> RecordRead:
    """The same bytes, read with another encoding, delimiter, decimal sign, sheet or header."""
    again = source.again(**facts)
    return RecordRead(again, services.imports.suggest_records(context, kind, again))
