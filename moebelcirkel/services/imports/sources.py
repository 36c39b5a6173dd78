"""The file of an import as it was read, and the list of its lines that were refused.

Reading needs no database.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from moebelcirkel.exchange import encodings, tabular
from moebelcirkel.exchange.lines import LineError
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.language import _, refusal


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read, with the fingerprint of its bytes and what was said of it.

    ``readings`` is a line with special letters as it reads in each encoding that fits; none of
    XLSX. All of the file is looked through for it, so it comes with the reading.
    """

    name: str
    sha256: str
    table: Table
    data: bytes
    facts: Mapping[str, str | int]
    readings: Mapping[str, str]

    def headers(self) -> str:
        """A fingerprint of the columns in their order."""
        return hashlib.sha256("\n".join(self.table.columns).encode()).hexdigest()

    def again(self, **facts: str | int | None) -> "Source":
        """The same bytes read with another encoding, delimiter, decimal sign, sheet or header."""
        return read(self.data, self.name, **facts)


def read(data: bytes, name: str, **facts: str | int | None) -> Source:
    """Read a CSV or XLSX file; how it is written is found unless ``facts`` say it."""
    # A file's name may hold what no text can; it is only shown.
    name = name.encode("utf-8", "replace").decode()
    table = tabular.read_table(data, name, **cast(Any, facts))
    told = {fact: value for fact, value in facts.items() if value is not None}
    readings = encodings.readings(data) if table.kind == "csv" else {}
    return Source(name, hashlib.sha256(data).hexdigest(), table, data, told, readings)


def error_list(errors: Collection[LineError]) -> bytes:
    """The refused lines as a CSV file, to mend the source by."""
    from moebelcirkel.documents.spreadsheet import CellKind, SheetColumn
    from moebelcirkel.documents.spreadsheet_csv import csv_bytes

    columns = [
        SheetColumn(_("Line"), CellKind.INTEGER),
        SheetColumn(_("Column"), CellKind.TEXT),
        SheetColumn(_("Reason"), CellKind.TEXT),
    ]
    rows = [(error.line, error.column, refusal(error.refused())) for error in errors]
    return csv_bytes(columns, rows)
