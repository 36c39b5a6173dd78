"""Tables of a report on paper, as ``columns`` describes them."""

from collections.abc import Sequence

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import Flow
from moebelcirkel.documents.reports.columns import ReportColumn


def place(
    flow: Flow,
    columns: Sequence[ReportColumn],
    rows: Sequence[object],
    *,
    total: object = None,
    foot: Sequence[str] | None = None,
    look: tables.TableLook = tables.PLAIN,
) -> None:
    """Place the columns that paper has; ``foot`` is a last line that is no row, as texts."""
    shown = [each for each in columns if each.share]
    cells = [(each.value, each.writer) for each in shown]
    heads = [
        tables.TableColumn(each.head or each.title, each.share, each.right, each.strong, each.wraps)
        for each in shown
    ]

    def texts(row: object) -> list[str]:
        return [write(value(row)) for value, write in cells]

    last = foot if total is None else texts(total)
    tables.place(flow, heads, [texts(row) for row in rows], total=last, look=look)
