"""The underbilag has every line agreed against charged, with order and approver, and adds up."""

from datetime import date

from moebelcirkel.documents.settlement.voucher import Voucher, VoucherLine, vouchers
from tests.documents import reading
from tests.documents.samples import SETTLED


def _paper(count: int = 2) -> bytes:
    sold = [
        VoucherLine("B-00041", "Marianne Fjord", f"MC-{n:06d}-1", "Stol", date(2026, 11, 3), 9, 9)
        for n in range(count - 2)
    ]
    lines = (
        VoucherLine(
            "B-00041",
            "Marianne Fjord",
            "MC-004127-1",
            "HÅG SoFi 7200, sort",
            date(2026, 11, 3),
            85_050,
            85_050,
        ),
        VoucherLine(
            "B-00042", "", "MC-004130-9", "Lån · Klapbord", date(2026, 11, 9), -13_320, -13_300
        ),
        *sold,
    )
    papers = [
        Voucher("A-2026-011", "Søndervangskolen", "5799999000010", "", lines, SETTLED),
        Voucher("A-2026-011", "Varmeværket A/S", "", "41849983", lines[:1], SETTLED),
    ]
    return vouchers(papers, "A-2026-011", SETTLED)


def test_texts_and_places_are_as_recorded() -> None:
    reading.compare_with_golden("voucher", _paper())


def test_each_institution_has_a_paper_of_its_own_with_its_sums() -> None:
    assert reading.page_count(_paper()) == 2
    text = " ".join(reading.whole_text(_paper()).replace("\u00a0", " ").split())
    for said in ("EAN 5799999000010", "CVR 41849983", "717,30 kr.", "717,50 kr.", "0,20 kr."):
        assert said in text


def test_a_long_one_is_tidy_and_the_same_bytes() -> None:
    reading.assert_tidy(_paper(90))
    assert _paper(90) == _paper(90)
