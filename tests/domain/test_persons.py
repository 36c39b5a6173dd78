"""What in a note tells of a person goes, and what tells of furniture stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.persons import Finder

FINDER = Finder.of(["Karen Holm Nielsen", "Ole Bo"], ["Rådhuset", "Skovbrynet Skole"])


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Ring til Ole på 12 34", "Ring til * på *"),
        ("Karen ringer. Bo kommer også", "* ringer. * kommer også"),
        ("Så spørg Marie-Louise Hansen (29 11 22 33), mlh@kommune.dk", "Så spørg * (*), *"),
        ("Hans Peter henter selv, +45 29112233", "* henter selv, *"),
        ("Skal stå på Rådhuset eller Skovbrynet Skole", ""),
        ("Vil I stille dem i kælderen? Tak", ""),
        ("MC-004127-1 har 4 ben og koster 1.200 kr. den 12.3.2027 kl. 14.30", ""),
        ("Hun bor på 2. sal", ""),
        ("", ""),
    ],
)
def test_names_numbers_and_addresses_go(note: str, left: str) -> None:
    assert FINDER.without(note, "*") == (left or note)


@given(st.text(alphabet="abÆøK OleB.,!?()@0123456789-\n", max_size=60))
def test_what_is_left_has_nothing_more_to_take(note: str) -> None:
    once = FINDER.without(note, "[navn slettet]")
    assert FINDER.without(once, "[navn slettet]") == once
