"""What is asked of single pieces, as fields of a form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from moebelcirkel.domain.facts import FACTS, UNKNOWN, PieceFact
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField

FactField = ChoiceField | SegmentedField


def fact_fields(
    add: Callable[[str, FactField, int], Any], asked: Iterable[PieceFact], span: int, whole: int
) -> dict[str, FactField]:
    """Put a field for each fact into a form; by column.

    What alone is asked of a category has buttons on a line of its own, ``whole`` columns wide.
    """
    fields: dict[str, FactField] = {}
    for fact in asked:
        choices = [Choice(key, _(label)) for key, (_kept, label) in fact.answers.items()]
        alone = [each for each in FACTS.values() if each.categories == fact.categories] == [fact]
        field = SegmentedField(_(fact.question), choices) if alone else _list(fact, choices)
        field.set_value(UNKNOWN)
        add(fact.column, field, whole if alone else span)
        fields[fact.column] = field
    return fields


def _list(fact: PieceFact, choices: Sequence[Choice]) -> ChoiceField:
    field = ChoiceField(_(fact.question))
    field.set_choices(choices)
    return field


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """By column what a piece will keep of a form's values; nothing of what was not asked."""
    return {name: fact.kept(values[name]) for name, fact in FACTS.items() if name in values}
