"""The køreseddel says in large type what goes in and out at each stop, with a code to scan."""

from dataclasses import replace
from datetime import date

from moebelcirkel.documents.runs.sheet import RunSheet, SheetLine, SheetStop, run_sheet
from tests.documents import reading
from tests.documents.samples import SETTLED

_DELIVERY = SheetStop(
    name="Søndervangskolen",
    address="Søndervangs Allé 40, 8900 Randers C",
    lines=(SheetLine(12, "Mødestol med arme, blå"), SheetLine(1, "Hæve-sænkebord 160×80, hvid")),
    fetched=(SheetLine(1, "Kontorstol HÅG SoFi 7200"),),
    code="F-00117",
    papers="F-00117, R-00004",
    contact="Pedel, 12 34 56 01",
    access=("Bygning C, 2. sal", "trapper"),
    said=("1 bæres af to",),
    of_fetched=("1 til reparation",),
)
_PICKUP = SheetStop(
    name="Rådhuset",
    address="",
    lines=(),
    fetched=(SheetLine(6, "Reol 80×190, eg"),),
    code="A-000001",
    papers="A-000001",
    contact="",
    access=(),
)
_RUN = RunSheet(
    number="K-00166",
    day=date(2026, 11, 24),
    vehicle="Kassevogn",
    driver="Chauffør",
    notes="7 bæres af to",
    stops=(_DELIVERY, _PICKUP),
    printed_at=SETTLED,
)


def test_texts_and_places_are_as_recorded() -> None:
    reading.compare_with_golden("run_sheet", run_sheet(_RUN))


def test_each_stop_has_its_code() -> None:
    assert reading.codes(reading.picture(run_sheet(_RUN))) == ["F-00117", "A-000001"]


def test_its_type_is_large() -> None:
    paper = run_sheet(_RUN)
    assert reading.size_of(paper, "Søndervangskolen") >= 16
    assert reading.size_of(paper, "Mødestol") >= 13


def test_a_full_van_is_tidy_and_the_same_bytes() -> None:
    full = replace(_RUN, stops=tuple(replace(_DELIVERY, code=f"F-{n:05d}") for n in range(60)))
    reading.assert_tidy(run_sheet(full))
    assert run_sheet(full) == run_sheet(full)
