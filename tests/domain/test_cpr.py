"""CPR numbers are found however they are written; numbers called something else are none."""

from __future__ import annotations

import random
from calendar import monthrange

import pytest

from moebelcirkel.domain.cpr import has_cpr, without_cpr
from moebelcirkel.domain.errors import Refused

WRITTEN = (
    "010190-1234",
    "nr. 010190 - 1234.",
    "x010190–1234x",
    "(010190-1234)",
    "Jens,010190-1234",
    "010190/1234",
    "010190.1234",
    "Jens 310190 1234",
    "01.01.90-1234",
    "01/01/90-1234",
    "01-01-90-1234",
    "01 01 90 1234",
    "01 01 90 12 34",
    "01.01.1990-1234",
    "01011990-1234",
    "0 1 0 1 9 0 - 1 2 3 4",
    "290200-1234",
    "010190_1234",
    "f. 010190-1234",
    "010190\u00a01234",
)
UNSEEN = (
    "010190\u200b-1234",
    "0101\u200b90-1234",
    "010190-12\u200d34",
    "\ufeff010190-1234",
    "010190\u2060-\u20601234",
    "01\u00ad01\u00ad90-1234",
    "010190\u2011 1234",
    "0\u200c1\u200c0\u200c1\u200c9\u200c0\u200c1\u200c2\u200c3\u200c4",
    "010190\u22121234",
    "010190\u2003-\u20031234",
    "０１０１９０-１２３４",
    "０１０１９０－１２３４",
    "010190-１２３４",
    "０１．０１．９０－１２３４",
    "0101901234\u200b",
    "٠١٠١٩٠-١٢٣٤",
    "010190\u202f1234",
    "010190\N{FRACTION SLASH}1234",
    "\u202a010190-1234\u202c",
    "𝟎𝟏𝟎𝟏𝟗𝟎-𝟏𝟐𝟑𝟒",
)
ODD = (
    "010190-12 34",
    "010190--1234",
    "(010190)1234",
    "(010190) 1234",
    "[010190]-1234",
    "010190:1234",
    "010190=1234",
    "010190+1234",
    "010190|1234",
    "010190~1234",
    "010190*1234",
    "010190-\n1234",
    "01.0190-1234",
    "0101.90-1234",
    "01 0190-1234",
    "01-0190 - 1234",
    "(010190)-1234",
    "610190-1234",
    "010190\u30fc1234",
    "01\u03320190-1234",
)
LOOSE = (
    "01.01.1990 1234",
    "01/01/1990 1234",
    "01-01-1990  1234",
    "01 01 1990 1234",
    "født 15.06.2009 1234",
    "1.1.90-1234",
    "1/1/90-1234",
    "01.1.90-1234",
    "1.01.90 - 1234",
    "1.1.1990-1234",
    "f. 1.12.62-0123",
    "0101 90 1234",
    "0906 62 0123",
    "elev 0101\u00a090 1234",
    "010190,1234",
    "150690,1234",
    "cpr 010190,1234",
    "Jens 3.4.55-1234",
    "31/1/90-1234",
    "29.2.1996-1234",
)
MORE_OTHER = (
    "PO 150623-1001",
    "købt 01.01.90 1200 kr.",
    "01 01 90 1200 kr",
    "1012 90 1200",
    "20:11:26 1430",
    "1012x90x1200",
    "10-12-90",
    "1.1.90",
    "150.623.100",
    "2.000.000-3.000",
    "150x75x72",
    "20-11-26",
    "01.01.90-05.02.90",
    "010190-12345",
    "920190-1234",
    "01.01.90 kl. 12.34",
    "6101901234567",
    "10/12 90 cm 1234",
    "12.10.50 x 1200",
    "8-12-90",
)
NAMED = (
    "cpr:2902001234",
    "CPR 0101901234",
    "cprnr 0101901234",
    "cpr0101901234",
    "CPR-nr. 010190-1234",
    "personnummer 0101901234",
    "pers.nr. 010190-1234 (person 010190-1234)",
    "født 010190-1234",
    "fødselsnr. 010190-1234",
    "borger 010190-1234",
    "elevnr. 010190-1234",
    "barnets 010190-1234",
    "faktura til cpr 150623-1001",
    "sagen om 010190-1234",
    "Sag: Jens Hansen 010190-1234",
    "tlf. 89151515, 010190-1234",
    "ordre til Åse, 010190-1234",
    "Jens 0101901234",
    "faktura 150623-1001 til 010190-1234",
    "beboer 010190 1234",
)
OTHERWISE = (
    "faktura 150623-1001",
    "Faktura nr. 150623-1001",
    "fakturanr.: 150623-1001",
    "fakturaer 150623-1001, 150623-1002 og 150623-1003",
    "ordre 150623-1001",
    "ordrenummer 1506231001",
    "købsordre #150623-1001",
    "sag 150623-1001",
    "sagsnr. 15.06.23-1001",
    "værkstedssag 150623-1001",
    "bilag 150623/1001",
    "tlf. 1506231001",
    "telefon: 15 06 23 10 01",
    "kundenr. 150623-1001",
    "rekvisition 150623-1001",
    "følgeseddel 150623-1001",
    "s/n 1506231001",
    "varenr 1506231001",
    "J.nr. 15.06.23-1001",
    "invoice 150623-1001",
)
FIGURES = (
    "20.11.2026 1430",
    "1012 90 1200",
    "købt 01.01.1990 1200 kr.",
    "150690,12",
    "150690,12345",
    "1.150690,1234",
    "32.1.90-1234",
    "1.13.90-1234",
    "2.000.000-3.000",
    "1.1.90",
    "01.01.2026 0930",
    "3.1.1.90-1234",
    "0113 90 1234",
    "990190,1234",
    "1.1.90-12345",
    "10,1234",
    "0101 90 12345",
    "faktura 1.1.90-1234",
    "sag 010190,1234",
    "ordre 0101 90 1234",
)
NO_DAY = (
    "320190-1234",
    "000190-1234",
    "011390-1234",
    "010090-1234",
    "310490-1234",
    "310690-1234",
    "310990-1234",
    "311190-1234",
    "300290-1234",
    "290201-1234",
    "999999-9999",
    "3013901234",
    "3104901234",
    "0001901234",
    "0113901234",
    "32.01.90-1234",
    "01.13.90-1234",
    "31 04 90 1234",
    "29.02.01-1234",
    "00000000-0000",
)
OTHER = (
    "MC-004127-1",
    "XG-4300001221-00140",
    "89 15 15 15",
    "160x80",
    "5799999000010",
    "20-11-2026",
    "5701234567899",
    "0000004127",
    "+45 8915151500",
    "01019012345",
    "MC0041271",
    "AB0101901234",
    "B-00012 F-00034",
    "20.11.2026 14.30",
    "20.11.26 14.30",
    "2026-11-20 1430",
    "3.0101901234",
    "1010 600 120",
    "57 99999 000034",
    "12.345.678,90 kr.",
)


@pytest.mark.parametrize("text", [*WRITTEN, *UNSEEN, *ODD, *LOOSE, *NAMED])
def test_a_cpr_number_is_refused_however_it_is_written(text: str) -> None:
    assert has_cpr(text)
    with pytest.raises(Refused):
        without_cpr(text)


@pytest.mark.parametrize("text", [*OTHERWISE, *NO_DAY, *OTHER, *MORE_OTHER, *FIGURES])
def test_other_numbers_are_none(text: str) -> None:
    assert without_cpr(text) == text


def test_there_are_twenty_of_each_kind() -> None:
    kinds = (WRITTEN, UNSEEN, ODD, LOOSE, NAMED, OTHERWISE, NO_DAY, OTHER, MORE_OTHER, FIGURES)
    assert {len(set(kind)) for kind in kinds} == {20}


def test_ten_digits_in_a_row_are_a_code_where_codes_are_expected() -> None:
    numbers = [f"{number:010d}" for number in random.Random(8).choices(range(10**10), k=1_000)]
    assert not [number for number in numbers if has_cpr(number, code=True)]
    in_notes = [number for number in numbers if has_cpr(number)]
    assert all(_is_day(number) for number in in_notes)
    for written in ("010190-1234", "01.01.90-1234", "010190 1234", "http://x.dk/010190-1234"):
        assert has_cpr(written, code=True)


def _is_day(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + year, month)[1]
