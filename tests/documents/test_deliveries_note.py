"""The følgeseddel names every piece, adds up, can be scanned, and breaks pages with its head."""

from dataclasses import replace
from datetime import date

from moebelcirkel.documents.deliveries.note import DeliveryLine, DeliveryNote, delivery_notes
from tests.documents import reading
from tests.documents.samples import SETTLED


def _note(count: int) -> DeliveryNote:
    names = ("HÅG SoFi 7200, sort", "Hæve-sænkebord 160 × 80 cm, hvid laminat med to motorer")
    return DeliveryNote(
        number="L-2026-0117",
        receiver="Søndervangskolen",
        address=("Søndervangs Allé 40", "", "8900 Randers C"),
        day=date(2026, 11, 24),
        orders=("O-2026-0411", "O-2026-0412"),
        lines=tuple(
            DeliveryLine(
                f"MC-{n:06d}-{n % 10}", names[n % 2], "B · god · istandsat", "2-14-C", 85_050
            )
            for n in range(count)
        ),
        notes="Stilles i gymnastiksalen.\nRing ved ankomst.",
        printed_at=SETTLED,
    )


def test_it_names_receiver_orders_pieces_and_the_exact_total() -> None:
    text = reading.whole_text(delivery_notes([_note(3)]))
    for said in (
        "Følgeseddel L-2026-0117",
        "Søndervangskolen",
        "24. november 2026",
        "Bestillinger O-2026-0411, O-2026-0412",
        "MC-000002-2",
        "850,50 kr.",
        "3 møbler",
        "2.551,50 kr.",
        "Underskrift",
        "Ring ved ankomst.",
    ):
        assert said in text


def test_the_code_is_the_number_of_the_delivery() -> None:
    assert reading.codes(reading.picture(delivery_notes([_note(1)]))) == ["L-2026-0117"]


def test_a_long_note_repeats_its_head_and_loses_no_piece() -> None:
    data = delivery_notes([_note(90)])
    pages = reading.texts(data)
    assert len(pages) > 2
    assert all("Mærkat Møbel Stand" in page for page in pages[:-1])
    assert all(f"Side {n} af {len(pages)}" in page for n, page in enumerate(pages, start=1))
    text = " ".join(pages)
    assert all(text.count(f"MC-{n:06d}-") == 1 for n in range(90))
    reading.assert_tidy(data)


def test_every_length_is_tidy() -> None:
    for count in (0, 1, 14, 15, 16, 17, 18, 33):
        reading.assert_tidy(delivery_notes([_note(count)]))


def test_long_words_stay_on_the_paper() -> None:
    long = "Ungdomsuddannelsesinstitutionsfællesskabet" * 6
    note = replace(_note(2), receiver=long, address=(long,), notes=long, orders=(long,))
    reading.assert_tidy(delivery_notes([note]))


def test_texts_and_places_are_as_recorded() -> None:
    reading.compare_with_golden("delivery_note", delivery_notes([_note(4)]))


def test_the_same_note_is_the_same_bytes() -> None:
    assert delivery_notes([_note(40)]) == delivery_notes([_note(40)])
