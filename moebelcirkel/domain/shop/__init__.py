"""What someone looks for in the shop, and what the shop tells to other systems."""

from moebelcirkel.domain.shop.colours import COLOURS, colour_group
from moebelcirkel.domain.shop.fitting import Fitting, fits_measure
from moebelcirkel.domain.shop.links import link_of, read_link
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
