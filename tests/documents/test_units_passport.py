"""The møbelpas shows one piece on one page, and whole histories on as many as they need."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from moebelcirkel.documents.units.passport import (
    PassportChip,
    PassportEvent,
    PassportFact,
    UnitPass,
    unit_pass,
)
from tests.documents import reading
from tests.documents.samples import SETTLED


def _photo(colour: str, size: tuple[int, int] = (320, 240)) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return target.getvalue()


def _pass(events: int = 5, facts: int = 5) -> UnitPass:
    return UnitPass(
        number="MC-004127-1",
        name="HÅG SoFi 7200, sort",
        subtitle="Kontorstol · Svanemærket",
        printed_at=SETTLED,
        chips=(
            PassportChip("B · god · istandsat", "accent"),
            PassportChip("Bestilt", "warning"),
            PassportChip("3."),
        ),
        photos=(_photo("green"), _photo("blue", (100, 900))),
        facts=tuple(PassportFact(f"Mål {n}", f"68 × 66 × {n} cm") for n in range(facts)),
        figures=(
            PassportFact("Ny stol, fremstilling", "72,0 kg"),
            PassportFact("Netto", "40,2 kg", strong=True),
        ),
        figures_note="Foreløbig, til møblet er leveret.",
        history=tuple(PassportEvent(f"Hændelse {n}", "20.11.2026 10.38") for n in range(events)),
        loops=("2. brugsperiode: Rådhuset", "1. brugsperiode: købt ny 2016"),
    )


def test_it_holds_everything_on_one_page() -> None:
    data = unit_pass(_pass())
    assert reading.page_count(data) == 1
    text = reading.whole_text(data)
    for said in ("HÅG SoFi 7200, sort", "Møbelpas MC-004127-1", "Historik", "40,2 kg", "Bestilt"):
        assert said in text
    assert reading.codes(reading.picture(data)) == ["MC-004127-1"]
    reading.assert_tidy(data)


@pytest.mark.parametrize("events", [0, 1, 11, 12, 13, 14, 60])
def test_no_event_and_no_loop_is_lost_or_told_twice(events: int) -> None:
    data = unit_pass(_pass(events))
    text = f"{reading.whole_text(data)} "
    assert all(text.count(f"Hændelse {n} ") == 1 for n in range(events))
    assert text.count("brugsperiode") == 2
    reading.assert_tidy(data)


@pytest.mark.parametrize("facts", [0, 18, 26])
def test_many_facts_push_the_figures_on_but_never_off(facts: int) -> None:
    data = unit_pass(_pass(3, facts))
    assert "Ny stol, fremstilling" in reading.whole_text(data)
    reading.assert_tidy(data)


def test_a_broken_picture_is_left_out() -> None:
    assert "Intet billede" in reading.whole_text(unit_pass(replace(_pass(), photos=(b"broken",))))


def test_long_texts_stay_in_their_place() -> None:
    long = "Hæve-sænkebord " * 30
    piece = replace(
        _pass(), name=long, subtitle=long, chips=(PassportChip(long), PassportChip(long))
    )
    reading.assert_tidy(unit_pass(piece))


def test_texts_and_places_are_as_recorded_and_bytes_repeat() -> None:
    data = unit_pass(_pass())
    reading.compare_with_golden("unit_pass", data)
    assert data == unit_pass(_pass())
