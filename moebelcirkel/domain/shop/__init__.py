"""What someone looks for in the shop, and what the shop tells to other systems."""

from moebelcirkel.domain.shop.ecolabels import is_type_1
from moebelcirkel.domain.shop.links import SCHEME, link_of, read_link
from moebelcirkel.domain.shop.query import MOST_ALIKE, Query, Span, Wish, read, stems

__all__ = [
    "MOST_ALIKE",
    "SCHEME",
    "Query",
    "Span",
    "Wish",
    "is_type_1",
    "link_of",
    "read",
    "read_link",
    "stems",
]
