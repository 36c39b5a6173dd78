"""What someone looks for in the shop, and what the shop tells to other systems."""

from moebelcirkel.domain.shop.colours import COLOURS, colour_group
from moebelcirkel.domain.shop.links import SCHEME, link_of, read_link
from moebelcirkel.domain.shop.marks import MARKED_GROUP, MARKS, is_size_mark, marks_of
from moebelcirkel.domain.shop.query import (
    MOST_ALIKE,
    Query,
    SoughtSet,
    Span,
    Wish,
    needles,
    read,
    stems,
)
from moebelcirkel.domain.shop.sets import Gathered, Member, alike_in_words, gather
from moebelcirkel.domain.shop.spelling import meant, spoken
from moebelcirkel.domain.shop.synonyms import DEFAULT_SYNONYMS, read_synonyms

__all__ = [
    "COLOURS",
    "DEFAULT_SYNONYMS",
    "MARKED_GROUP",
    "MARKS",
    "MOST_ALIKE",
    "SCHEME",
    "Gathered",
    "Member",
    "Query",
    "SoughtSet",
    "Span",
    "Wish",
    "alike_in_words",
    "colour_group",
    "gather",
    "is_size_mark",
    "link_of",
    "marks_of",
    "meant",
    "needles",
    "read",
    "read_link",
    "read_synonyms",
    "spoken",
    "stems",
]
