"""Size marks of school furniture in an import: known by their column, and read as people write."""

import datetime as dt

import pytest

from moebelcirkel.exchange.articles import article_records, suggest_mapping
from moebelcirkel.exchange.mapping import Mapping, PriceBasis
from moebelcirkel.exchange.tabular import read_table

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cell", "mark"), [("", ""), ("-", ""), ("5", "5"), ("6.0", "6"), ("3 – 6", "3-6")]
)
def test_a_size_mark_is_read_from_a_column_that_is_called_so(cell: str, mark: str) -> None:
    text = f"Navn\tStørrelsesmærke\nStol\t5\nStol to\t{cell}\n"
    table = read_table(text.encode(), "f.csv")
    assert suggest_mapping(table).size_mark == "Størrelsesmærke"
    mapping = Mapping("", ("Navn",), size_mark="Størrelsesmærke", fixed={"category": "stol"})
    records, errors = article_records(table, mapping, PriceBasis(), {}, today=TODAY)
    assert errors == []
    assert [record.size_mark for record in records] == ["5", mark]


def test_a_wrong_size_mark_refuses_its_line() -> None:
    table = read_table("Navn\tMærke\nStol\tS\n".encode(), "f.csv")
    mapping = Mapping("", ("Navn",), size_mark="Mærke", fixed={"category": "stol"})
    records, (error,) = article_records(table, mapping, PriceBasis(), {}, today=TODAY)
    assert (records, error.column) == ([], "Mærke")
