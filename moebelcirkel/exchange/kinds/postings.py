"""Extracts of a finance system: what it has booked, by whose reference, and what it calls it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.article_cells import collapsed, shortened
from moebelcirkel.exchange.kinds.records import Field, Reader, code
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import number

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
    Field(
        "reference",
        N_("Our reference"),
        (
            "reference",
            "referencenr",
            "vores reference",
            "refbilnr",
            "ref bilag",
            "eksternt bilagsnr",
            "batchnr",
            "batch",
        ),
        _code(limits.LINE),
        needed=True,
    ),
    Field(
        "amount",
        N_("Amount"),
        (
            "beløb",
            "beløb dkk",
            "beløb i dkk",
            "beløb i kr",
            "beløbmedfortegn",
            "værdi",
            "værdi i rapportvaluta",
            "amount",
        ),
        _unread,
    ),
    Field(
        "side",
        N_("Debit or credit"),
        ("debetkredit", "debet kredit", "d k", "dk", "d/k", "fortegn", "debit credit"),
        _side,
    ),
    Field(
        "account",
        N_("Account"),
        ("artskonto", "omk art", "omkostningsart", "konto", "kontonr", "finanskonto", "account"),
        _code(limits.SETTLEMENT_CODE),
    ),
    Field(
        "bearer",
        N_("Cost bearer"),
        (
            "kostbærer",
            "psp element",
            "psp",
            "omkostningssted",
            "omk sted",
            "betalingssted",
            "cost bearer",
        ),
        _code(limits.SETTLEMENT_CODE),
    ),
    Field("voucher", N_("Our voucher number"), ("bilagsnr", "vores bilagsnr"), _voucher),
    Field(
        "number",
        N_("Voucher number of the finance system"),
        ("bilagsnummer", "dokumentnummer", "dokumentnr", "erp bilagsnr", "document number"),
        _code(limits.SETTLEMENT_CODE),
    ),
)


def readers(table: Table) -> Mapping[str, Reader]:
    """How amounts of this file are read."""

    def amount(cell: str) -> object:
        bare = collapsed(cell)
        if not bare:
            return None
        behind = len(bare) > 1 and bare.endswith("-") and bare[-2].isdigit()
        value = number(f"-{bare[:-1]}" if behind else bare, table.decimal)
        if value is None or value * 100 != int(value * 100) or abs(value * 100) > _MOST_ORE:
            raise Refused(
                N_("“{text}” is not an amount. Write it as {example}."),
                text=shortened(bare),
                example="1234,50" if table.decimal == "," else "1234.50",
            )
        return int(value * 100)

    return {"amount": amount}
