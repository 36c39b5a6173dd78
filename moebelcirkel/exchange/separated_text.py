"""CSV and its kin: finds a text file's delimiter and reads its lines."""

import csv
import io
import re
from collections import Counter

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.encodings import ENCODINGS, likeliest
from moebelcirkel.exchange.lines import FileRow, LineError

DELIMITERS = (";", "\t", "|", ",")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SAMPLE = 100_000


def decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    """The text of a file and the encoding it was read with."""
    if encoding is not None and encoding not in ENCODINGS:
        raise Refused(
            N_("The encoding “{encoding}” is not known here. Choose one of {known}."),
            encoding=encoding,
            known=", ".join(ENCODINGS),
        )
    chosen = encoding or likeliest(data)
    try:
        text = data.decode(chosen)
    except UnicodeDecodeError:
        raise Refused(
            N_("{name} could not be read as text. Save it as CSV in UTF-8, or as XLSX."), name=name
        ) from None
    return _readable(text.removeprefix("\ufeff").rstrip("\x1a"), name), chosen


def _readable(text: str, name: str) -> str:
    if _BINARY.search(text):
        raise _foreign(name)
    return text


def _foreign(name: str) -> Refused:
    return Refused(
        N_("{name} is not a table but a file for another program. Choose a CSV or XLSX file."),
        name=name,
    )


def find_delimiter(text: str) -> str:
    """The delimiter by which most of the first lines have equally many fields."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = [(_evenness(sample, each), -place, each) for place, each in enumerate(DELIMITERS)]
    return max(scores)[2]


def _evenness(sample: str, delimiter: str) -> float:
    """How large a share of the lines has the commonest number of fields, two at least."""
    counts: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if any(cells):
            counts[len(cells)] += 1
    return max((n / counts.total() for width, n in counts.items() if width > 1), default=0.0)


def checked_delimiter(delimiter: str) -> str:
    """The delimiter someone chose, or an answer why it cannot be one."""
    if delimiter not in DELIMITERS:
        raise Refused(
            N_("“{delimiter}” cannot separate columns. Use semicolon, comma, tab or “|”."),
            delimiter=delimiter,
        )
    return delimiter


def read_lines(
    text: str, delimiter: str | None, most: int
) -> tuple[str, list[FileRow], list[LineError]]:
    """The delimiter used, the filled lines (one more than ``most`` at most), and the broken ones.

    A quoted field may run over several lines; the row then carries the number of its first.
    """
    source = io.StringIO(text, newline="")
    skipped = 0
    if found := _SEPARATOR_LINE.match(text):
        # Excel's own way of naming the delimiter in a first line of its own.
        delimiter = delimiter or (found[1] if found[1] in DELIMITERS else None)
        source.readline()
        skipped = 1
    delimiter = checked_delimiter(delimiter) if delimiter else find_delimiter(text)
    rows: list[FileRow] = []
    broken: list[LineError] = []
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    line = 1 + skipped
    while len(rows) + len(broken) <= most:
        try:
            for cells in reader:
                if any(cells):
                    rows.append(FileRow(line, tuple(cells)))
                    if len(rows) + len(broken) > most:
                        break
                line = reader.line_num + 1 + skipped
            break
        except csv.Error:
            broken.append(LineError(line, "", *_quotes(line, reader.line_num + skipped)))
            line = reader.line_num + 1 + skipped
    return delimiter, rows, broken


def _quotes(first: int, last: int) -> tuple[str, dict[str, object]]:
    if last == first:
        return N_("The quotation marks do not fit together. Correct or remove them."), {}
    return (
        N_(
            "A quotation mark opened here is never closed, so lines {first} to {last}"
            " could not be read. Correct or remove it."
        ),
        {"first": first, "last": last},
    )
