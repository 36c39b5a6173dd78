"""A planned purchase from a file: its lines as they would be pasted, so that they can be seen."""

from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.purchases import COUNT_HEADS, MOST_LINES, PRICE_HEADS, WHAT_HEADS
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange import tabular
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import number
from moebelcirkel.services.context import Context


def read_file(context: Context, data: bytes, name: str) -> str:
    """The lines of a CSV or XLSX file as text: what, how many, and what one costs.

    Columns are found by their names.
    """
    context.require(Action.SHOP)
    table = tabular.read_table(data, name)
    columns = [_place(table, names) for names in (WHAT_HEADS, COUNT_HEADS, PRICE_HEADS)]
    if columns[0] is None:
        raise Refused(
            N_("No column of {name} is called Vare. Call the one so that says what is bought."),
            name=name,
        )
    lines = (_line(row.cells, columns, table.decimal) for row in table.rows)
    told = [line for line in lines if line]
    if len(told) > MOST_LINES:
        raise Refused(
            N_("{name} has {count} lines. Take at most {most} at a time."),
            name=name,
            count=len(told),
            most=MOST_LINES,
        )
    return "\n".join(told)


def _place(table: Table, names: Sequence[str]) -> int | None:
    """The column called the first of these that there is."""
    heads = [fold(column) for column in table.columns]
    return next((heads.index(name) for name in names if name in heads), None)


def _line(row: Sequence[str], columns: Sequence[int | None], decimal: str) -> str:
    """What first, so that a number in it is no count."""
    what, count, price = ("" if place is None else _cell(row[place]) for place in columns)
    if not what:
        return ""
    pieces, cost = number(count, decimal), number(price, decimal)
    told = [what, "1" if pieces is None else f"{pieces:.0f}"]
    if cost is not None:
        told.append(f"{cost:.2f} kr.".replace(".", ",", 1))
    return "\t".join(told)


def _cell(text: str) -> str:
    """One line without what parts the cells of a line."""
    return " ".join(text.replace(";", ",").split())
