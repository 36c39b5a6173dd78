"""What is asked of single pieces: the row types hold all of it, and answers are read back."""

from dataclasses import fields

import pytest

from moebelcirkel.domain import facts
from moebelcirkel.domain.facts import FACTS, SHOP_FACTS, PieceFact


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_the_row_types_have_a_field_for_each_fact() -> None:
    assert names(facts.PieceFacts) == names(facts.FactFilters) == set(FACTS)
    assert names(facts.ShopFacts) == names(facts.ShopFactFilters) == set(SHOP_FACTS)


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_each_answer_is_kept_and_read_back(fact: PieceFact) -> None:
    assert all(fact.key(fact.kept(key)) == key for key in fact.answers)
    assert all(key in facts.WRITTEN for key in fact.answers)
    assert fact.key("of a list that is no more") == facts.UNKNOWN
    assert fact.asked(None, "desk_fixed") is None
    assert fact.asked(None, min(fact.categories)) == facts.UNKNOWN
