"""Addresses of furniture types: each is read back, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.ecolabels import is_type_1
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import link_of, read_link


@given(st.integers(1, 999_999_999))
def test_an_address_is_read_back(article_id: int) -> None:
    assert read_link(link_of(article_id)) == article_id
    assert read_link(link_of(article_id).replace(":", "://").upper() + "/") == article_id


@given(st.text(max_size=80))
def test_anything_else_is_refused(text: str) -> None:
    if not text.isdigit():
        with pytest.raises(Refused):
            read_link(f"moebelcirklen:type/x{text}")
    with pytest.raises(Refused):
        read_link(f"{text}moebelcirklen:type")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "moebelcirklen:type/..",
        "moebelcirklen:type/../..",
        "moebelcirklen:type/0",
        "moebelcirklen:type/-1",
        "moebelcirklen:type/1.5",
        "moebelcirklen:type/१२३",
        "moebelcirklen:type/12\n",
        "moebelcirklen:type/1 --database x",
        "moebelcirklen:unit/1",
        "moebelcirklen:type/" + "1" * 10_000,
        "file:///etc/passwd",
        "moebelcirklen:type/1%00",
    ],
)
def test_what_is_hostile_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="no address"):
        read_link(text)


def test_only_labels_that_are_known_are_of_a_type() -> None:
    for label in ("Svanemærket", "EU-Blomsten", "Blauer Engel", "Svanen, FSC", "EU Ecolabel"):
        assert is_type_1(label) is True
    for label in ("FSC", "Möbelfakta", "GREENGUARD Gold"):
        assert is_type_1(label) is False
    for label in ("", "Grønt mærke"):
        assert is_type_1(label) is None
