"""The plukliste follows the walk through the hall."""

from datetime import date

from moebelcirkel.documents.deliveries.picklist import PickList, PickListLine, pick_list
from tests.documents import reading
from tests.documents.samples import SETTLED


def _list(*places: str) -> PickList:
    lines = tuple(
        PickListLine(place, f"Stol {n}", "A", "Søndervangskolen", "O-2026-0411", n + 1)
        for n, place in enumerate(places)
    )
    return PickList("Rute Nord", date(2026, 11, 24), lines, SETTLED)


def test_places_come_as_one_walks_them_and_the_placeless_last() -> None:
    text = reading.whole_text(pick_list(_list("", "2-14-C", "10-1-A", "2-9-A", "2-14-A", "Gård")))
    order = ["2-9-A", "2-14-A", "2-14-C", "10-1-A", "uden plads"]
    at = [text.index(place) for place in order]
    assert at == sorted(at)
    assert text.index("Gård") < text.index("uden plads")
    assert "21 møbler skal plukkes" in text


def test_what_is_picked_is_said_and_counted_off() -> None:
    line = PickListLine("1-1-A", "Stol", "A", "Skolen", "O-1", 12, ("MC-000001-1",), picked=5)
    text = reading.whole_text(pick_list(PickList("", None, (line,), SETTLED)))
    assert "5 af 12" in text
    assert "7 møbler skal plukkes" in text
    assert "MC-000001-1" in text


def test_an_empty_list_says_what_happens_next() -> None:
    assert "intet at plukke" in reading.whole_text(pick_list(_list()))


def test_long_lists_are_tidy_and_repeat_their_head() -> None:
    data = pick_list(_list(*[f"{n % 7}-{n}-A" for n in range(120)]))
    assert all("Placering Møbel Til" in page for page in reading.texts(data)[:-1])
    reading.assert_tidy(data)
    assert data == pick_list(_list(*[f"{n % 7}-{n}-A" for n in range(120)]))
