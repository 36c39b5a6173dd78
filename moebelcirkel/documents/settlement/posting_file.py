"""The posting file: separated text as the municipality's finance system reads it.

Lines end with CRLF and fields are separated by semicolons. Numbers and days are bare, written as
the profile says; texts stand in quotes.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.settlement import CURRENCY, DEBIT, PLAIN, Profile

_DANGEROUS = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class FilePosting:
    """One line of the file; the amount in øre, above 0, with its side."""

    batch: str
    voucher: int
    line: int
    voucher_on: dt.date
    posting_on: dt.date
    period: int
    fiscal_year: int
    account: str
    bearer: str
    ean: str
    counterpart: str
    side: str
    amount_ore: int
    vat: str
    text: str
    order: str
    institution: str
    approved_by: str
    reference: str
    cvr: str = ""


def posting_file(profile: Profile, postings: Iterable[FilePosting]) -> bytes:
    """The whole file; refuses a sign that the encoding cannot write."""
    lines = []
    if profile.heading:
        lines.append([_quoted(column.header) for column in profile.columns])
    for posting in postings:
        values = _values(profile, posting)
        lines.append(
            [
                _quoted(column.fixed)
                if column.field is None
                else values[column.field]
                if column.field in PLAIN
                else _quoted(values[column.field])
                for column in profile.columns
            ]
        )
    text = "".join(";".join(line) + "\r\n" for line in lines)
    if not profile.windows:
        return text.encode("utf-8-sig")
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError as error:
        raise Refused(
            N_("Windows-1252 has no sign “{sign}”, which stands in “{text}”. Use UTF-8 instead."),
            sign=text[error.start],
            text=text[max(0, error.start - 20) : error.end + 10].strip(),
        ) from error


def _values(profile: Profile, of: FilePosting) -> dict[str, str]:
    amount = _amount(profile, of.amount_ore)
    return {
        "Batchnr": of.batch,
        "Bilagsnr": str(of.voucher),
        "Linjenr": str(of.line),
        "Bilagsdato": _day(profile, of.voucher_on),
        "Bogføringsdato": _day(profile, of.posting_on),
        "Periode": f"{of.period:02d}",
        "Regnskabsår": str(of.fiscal_year),
        "Artskonto": of.account,
        "Kostbærertype": _kind_of(of.bearer),
        "Kostbærer": of.bearer,
        "EAN": of.ean,
        "CVR": of.cvr,
        "Modpart": of.counterpart,
        "DebetKredit": of.side,
        "Beløb": amount,
        "BeløbMedFortegn": amount if of.side == DEBIT else f"-{amount}",
        "Valuta": CURRENCY,
        "Momskode": of.vat,
        "Tekst": of.text,
        "Ordrenr": of.order,
        "Institution": of.institution,
        "GodkendtAf": of.approved_by,
        "Reference": of.reference,
    }


def _kind_of(bearer: str) -> str:
    """A PSP element begins with a letter, a cost centre with a digit."""
    if not bearer:
        return ""
    return "PSP" if bearer[0].isalpha() else "OMK"


def _amount(profile: Profile, ore: int) -> str:
    kroner, rest = divmod(ore, 100)
    return f"{kroner}{'.' if profile.point else ','}{rest:02d}"


def _day(profile: Profile, day: dt.date) -> str:
    return day.strftime("%Y%m%d" if profile.compact_dates else "%d.%m.%Y")


def _quoted(text: str) -> str:
    """Text in quotes; what a spreadsheet would take for a formula gets an apostrophe before it."""
    plain = " ".join(text.split())
    guard = "'" if text.startswith("\t") or plain.startswith(_DANGEROUS) else ""
    return '"' + guard + plain.replace('"', '""') + '"'
