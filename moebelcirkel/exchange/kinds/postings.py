"""Extracts of a finance system: what it has booked, by whose reference, and what it calls it."""

import re
from collections.abc import Mapping

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.article_cells import collapsed, shortened
from moebelcirkel.exchange.kinds.records import Reader, RecordField, code, suggest_columns
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import number

#: The amount as one column, with or without its side beside it, or as one column for each side.
_ONE, SIDED = ("amount", "side"), ("debit", "credit")
#: What our own file puts before a text that a spreadsheet would take for a formula.
_GUARD = "'"
_FORMULA = ("=", "+", "@")
_MOST_ORE = 10**15
_SIDES = {
    "d": 1,
    "debet": 1,
    "debit": 1,
    "s": 1,
    "+": 1,
    "k": -1,
    "kredit": -1,
    "credit": -1,
    "c": -1,
    "h": -1,
    "-": -1,
}


def _code(most: int) -> Reader:
    """A number or reference; what would be a formula is none."""
    read = code(most)

    def plain(cell: str) -> object:
        said = str(read(cell.strip().removeprefix(_GUARD)))
        if said.startswith(_FORMULA):
            raise Refused(
                N_("“{text}” is a formula, not a number or a text."), text=shortened(said)
            )
        return said

    return plain


def _side(cell: str) -> object:
    said = collapsed(cell).casefold()
    if not said:
        return 0
    if said not in _SIDES:
        raise Refused(
            N_("“{text}” is neither debit nor credit. Write D or K."), text=shortened(said)
        )
    return _SIDES[said]


def _voucher(cell: str) -> object:
    said = collapsed(cell)
    return int(said) if re.fullmatch(r"\d{1,9}", said) else None


def _unread(cell: str) -> object:
    """Amounts are read by the file's decimal sign."""
    return cell


FIELDS = (
    RecordField(
        "reference",
        N_("Our reference"),
        (
            "reference, referencenr, vores reference, refbilnr, ref bilag, eksternt "
            "bilagsnr, batchnr, batch"
        ),
        _code(limits.LINE),
        needed=True,
    ),
    RecordField(
        "amount",
        N_("Amount"),
        (
            "beløb, beløb dkk, beløb i dkk, beløb i kr, beløbmedfortegn, værdi, værdi i "
            "rapportvaluta, amount"
        ),
        _unread,
    ),
    RecordField("debit", N_("Debit"), "debet, debit, debetbeløb, debitbeløb", _unread),
    RecordField("credit", N_("Credit"), "kredit, credit, kreditbeløb, creditbeløb", _unread),
    RecordField(
        "side",
        N_("Debit or credit"),
        "debetkredit, debet kredit, d k, dk, d/k, fortegn, debit credit",
        _side,
    ),
    RecordField(
        "account",
        N_("Ledger account"),
        "artskonto, omk art, omkostningsart, konto, kontonr, finanskonto, account",
        _code(limits.SETTLEMENT_CODE),
    ),
    RecordField(
        "bearer",
        N_("Cost bearer"),
        ("kostbærer, psp element, psp, omkostningssted, omk sted, betalingssted, cost bearer"),
        _code(limits.SETTLEMENT_CODE),
    ),
    RecordField("voucher", N_("Our voucher number"), "bilagsnr, vores bilagsnr", _voucher),
    RecordField(
        "number",
        N_("Voucher number of the finance system"),
        "bilagsnummer, dokumentnummer, dokumentnr, erp bilagsnr, document number",
        _code(limits.SETTLEMENT_CODE),
    ),
)


def suggest(table: Table) -> dict[str, str]:
    """The column of each field by its name; debit and credit only where each has its own."""
    found = suggest_columns([each for each in FIELDS if each.name not in _ONE], table)
    if all(found.get(name) for name in SIDED):
        return found
    return suggest_columns([each for each in FIELDS if each.name not in SIDED], table)


def readers(table: Table, columns: Mapping[str, str]) -> Mapping[str, Reader]:
    """How amounts of this file are read."""

    def amount(cell: str) -> object:
        bare = collapsed(cell)
        if not bare:
            return None
        behind = _minus_behind(bare)
        value = number(f"-{bare[:-1]}" if behind else bare, table.decimal)
        if value is None or value * 100 != int(value * 100) or abs(value * 100) > _MOST_ORE:
            raise Refused(
                N_("“{text}” is not an amount. Write it as {example}."),
                text=shortened(bare),
                example="1234,50" if table.decimal == "," else "1234.50",
            )
        return int(value * 100)

    def credit(cell: str) -> object:
        ore = amount(cell)
        return abs(ore) if signed and isinstance(ore, int) else ore

    signed = _all_below_nothing(table, columns.get("credit"))
    return {"amount": amount, "debit": amount, "credit": credit}


def _minus_behind(bare: str) -> bool:
    """As some systems write it: 1.340,00-."""
    return len(bare) > 1 and bare.endswith("-") and bare[-2].isdigit()


def _all_below_nothing(table: Table, column: str | None) -> bool:
    """Whether a column of credit has a minus before all there is, which then says it once more."""
    if not column:
        return False
    cells = [cell for cell in map(collapsed, table.cells(column)) if re.search("[1-9]", cell)]
    return all(cell[0] in "-−" or _minus_behind(cell) for cell in cells)
