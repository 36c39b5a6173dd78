"""What is asked of a toy, as fields of a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moebelcirkel.domain.toys import FACTS, UNKNOWN
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField


def toy_fields(
    add: Callable[[str, ChoiceField, int], Any], span: int = 1
) -> dict[str, ChoiceField]:
    """Put a field for each fact into a form; by column."""
    fields = {}
    for column, fact in FACTS.items():
        choices = [Choice(key, _(label)) for key, (_kept, label) in fact.answers.items()]
        fields[column] = ChoiceField(_(fact.title))
        fields[column].set_choices(choices)
        fields[column].set_value(UNKNOWN)
        add(column, fields[column], span)
    return fields
