"""The example data: its figures, its states, the same every time, whole or not at all."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.demo import making as demo
from moebelcirkel.demo.plan import months_later
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import cases, check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.shop import basket_view as shop_basket
from moebelcirkel.services.shop import finding as shop_search
from moebelcirkel.services.start import login, workplace
from moebelcirkel.services.start.first_look import Owner
from moebelcirkel.storage.engine import Database
from tests import templates

TODAY = dt.date(2026, 11, 20)
MORNING = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)
FIRST = dt.date(2023, 11, 20)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual example; tests only read it."""
    path = tmp_path_factory.mktemp("demo") / "example.sqlite"
    return Path(shutil.copy(templates.in_file("example-usual"), path))


@pytest.fixture
def opened(example: Path) -> Iterator[Context]:
    """The example, opened on the morning it was made for."""
    context = Context(Database(example), SYSTEM, clock=lambda: MORNING)
    yield context
    context.database.close()


def values(path: Path, query: str, *bound: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, bound).fetchall()
    finally:
        connection.close()


def new_value(path: Path, first: dt.date, before: dt.date) -> int:
    query = (
        "SELECT coalesce(sum(new_value_ore), 0) FROM figure_line"
        " WHERE effective_on >= ? AND effective_on < ?"
    )
    [(found,)] = values(path, query, first.isoformat(), before.isoformat())
    return int(found)


def paid(path: Path, first: dt.date, before: dt.date) -> int:
    query = (
        "SELECT coalesce(sum(amount_ore), 0) FROM charge"
        " WHERE effective_on >= ? AND effective_on < ?"
    )
    [(found,)] = values(path, query, first.isoformat(), before.isoformat())
    return int(found)


def test_the_first_nine_months_reuse_for_one_point_four_million(example: Path) -> None:
    [(earliest,)] = values(example, "SELECT min(effective_on) FROM figure_line")
    handed_over = dt.date.fromisoformat(str(earliest))
    assert FIRST <= handed_over <= FIRST + dt.timedelta(days=7)
    for start in (FIRST, handed_over):
        found = new_value(example, start, months_later(start, 9))
        assert 133_000_000 <= found <= 147_000_000


def test_what_institutions_pay_grows_by_a_third_from_the_first_year_to_the_last(
    example: Path,
) -> None:
    """Charges of delivered pieces less reversals, and so does what the pieces would cost new."""
    tomorrow = TODAY + dt.timedelta(days=1)
    last_year = months_later(tomorrow, -12), tomorrow
    first = paid(example, FIRST, months_later(FIRST, 12))
    assert 1.28 <= paid(example, *last_year) / first <= 1.42
    first = new_value(example, FIRST, months_later(FIRST, 12))
    assert 1.28 <= new_value(example, *last_year) / first <= 1.45


def test_purchases_of_more_than_four_million_were_saved_since_the_start(example: Path) -> None:
    [(saved,)] = values(example, "SELECT sum(cash_ore) FROM figure_line")
    assert 400_000_000 < saved < 500_000_000


def test_an_eighth_is_scrapped_most_after_a_try_in_the_workshop(example: Path) -> None:
    [(scrapped,)] = values(example, "SELECT count(*) FROM unit WHERE state = 'scrapped'")
    assert 0.10 <= scrapped / demo.UNITS <= 0.14
    tried = (
        "SELECT count(DISTINCT unit.id) FROM unit"
        " JOIN unit_cost ON unit_cost.unit_id = unit.id AND unit_cost.loop = unit.loop"
        " JOIN figure_line ON figure_line.unit_id = unit.id AND figure_line.kind = 'late_cost'"
        " WHERE unit.state = 'scrapped'"
    )
    assert values(example, tried)[0][0] / scrapped > 2 / 3
    reasons = values(example, "SELECT DISTINCT scrap_reason FROM unit WHERE state = 'scrapped'")
    assert len(reasons) >= 4


def test_half_of_what_is_delivered_was_worked_on_for_three_thousand_hours(example: Path) -> None:
    worked_on = (
        "SELECT avg(EXISTS (SELECT 1 FROM unit_cost WHERE unit_cost.unit_id = figure_line.unit_id"
        " AND unit_cost.loop = figure_line.loop)) FROM figure_line WHERE kind = 'hand_over'"
    )
    assert 0.44 <= values(example, worked_on)[0][0] <= 0.58
    assert 2_600 <= values(example, "SELECT sum(minutes) / 60.0 FROM unit_cost")[0][0] <= 3_400


#: Where such things stand; nobody else gives them away or asks for them.
CHILDREN = {"Daginstitution", "Børnehave", "Vuggestue", "Dagpleje"}
PUPILS = {"Skole", "Specialskole", "Ungdomsskole", "Musikskole", "Undervisning"}
WHERE_THEY_STAND = {
    "care_bed": {"Plejecenter", "Bosted", "Depot"},
    "bed_frame": {"Plejecenter", "Bosted", "Depot"},
    "child_bed": CHILDREN,
    "child_chair": CHILDREN,
    "child_table": CHILDREN,
    "high_chair": CHILDREN,
    "cloakroom_unit_daycare": CHILDREN,
    "school_chair": PUPILS,
    "school_desk": PUPILS,
}


def test_beds_cots_and_school_chairs_are_only_where_such_things_are(example: Path) -> None:
    of_kind = (
        "SELECT DISTINCT article.category_key, institution.kind FROM unit"
        " JOIN article ON article.id = unit.article_id JOIN institution ON institution.id = "
    )
    found = values(example, f"{of_kind} unit.giver_id")
    found += values(
        example,
        "SELECT DISTINCT article.category_key, institution.kind FROM order_line"
        " JOIN article ON article.id = order_line.article_id"
        " JOIN shop_order ON shop_order.id = order_line.order_id"
        " JOIN institution ON institution.id = shop_order.institution_id",
    )
    wrong = [
        (category, kind)
        for category, kind in found
        if kind not in WHERE_THEY_STAND.get(category, {kind})
    ]
    assert wrong == []
    bound = {category for category, _kind in found} & WHERE_THEY_STAND.keys()
    assert bound >= {"school_chair", "child_table", "care_bed"}


def test_nobody_gets_back_what_they_gave_away(example: Path) -> None:
    givers = values(
        example,
        "SELECT event.entity_id, change.at, json_extract(event.after, '$.giver_id') FROM event"
        " JOIN change ON change.id = event.change_id"
        " WHERE event.entity = 'unit' AND json_extract(event.after, '$.giver_id') IS NOT NULL",
    )
    gave: dict[int, list[tuple[str, int]]] = {}
    for unit_id, at, giver in givers:
        gave.setdefault(int(unit_id), []).append((str(at), giver))
    ordered = values(
        example,
        "SELECT order_line.unit_id, shop_order.sent_at, shop_order.institution_id FROM order_line"
        " JOIN shop_order ON shop_order.id = order_line.order_id",
    )
    assert len(ordered) > 2_000
    back = [
        unit_id
        for unit_id, sent_at, institution in ordered
        if (institution in [giver for at, giver in gave.get(unit_id, ()) if at < str(sent_at)])
    ]
    assert back == []


#: Danish holidays on weekdays of the three years, from the calendar.
HOLIDAYS = {
    "2023-12-25",
    "2023-12-26",
    "2024-01-01",
    "2024-03-28",
    "2024-03-29",
    "2024-04-01",
    "2024-05-09",
    "2024-05-20",
    "2024-06-05",
    "2024-12-25",
    "2024-12-26",
    "2025-01-01",
    "2025-04-17",
    "2025-04-18",
    "2025-04-21",
    "2025-05-29",
    "2025-06-05",
    "2025-06-09",
    "2025-12-25",
    "2025-12-26",
    "2026-01-01",
    "2026-04-02",
    "2026-04-03",
    "2026-04-06",
    "2026-05-14",
    "2026-05-25",
    "2026-06-05",
}


def test_nothing_is_delivered_or_fetched_back_on_a_holiday(example: Path) -> None:
    days = {str(day) for (day,) in values(example, "SELECT effective_on FROM figure_line")}
    days |= {str(day) for (day,) in values(example, "SELECT received_on FROM unit")}
    assert len(days) > 300
    assert days & HOLIDAYS == set()
    assert [day for day in days if dt.date.fromisoformat(day).weekday() > 4] == []


def test_fixed_desks_are_given_and_taken(example: Path) -> None:
    query = "SELECT count(*) FROM figure_line WHERE kind = 'hand_over' AND category_key = ?"
    assert values(example, query, "desk_fixed")[0][0] > 0
    assert values(example, query, "desk_sit_stand")[0][0] > 0


def test_the_newest_factor_set_counts_from_the_day_it_came(example: Path) -> None:
    [(day, released)] = values(
        example, "SELECT valid_from, released FROM factor_set WHERE name = '2026.2'"
    )
    assert released
    assert "2026-10-01" < str(day) < "2026-11-20"
    used = (
        "SELECT DISTINCT factor_set.name FROM figure_line"
        " JOIN factor_set ON factor_set.id = figure_line.factor_set_id"
        " WHERE figure_line.kind = 'hand_over' AND figure_line.effective_on "
    )
    assert values(example, f"{used} < ?", day) == [("2026.1",)]
    assert values(example, f"{used} >= ?", day) == [("2026.2",)]


def test_twelve_alike_chairs_take_the_leaders_basket_above_the_limit(opened: Context) -> None:
    leader = login.log_in(opened, "leder", demo_logins.PASSWORD)
    shop = replace(opened, actor=leader)
    [home] = shop_basket.institutions(shop)
    before = shop_basket.basket(shop, home.id).total_ore
    assert 0 < before < 1_000_000
    cards = shop_search.search(shop, Query("12 stole"), home.id).cards
    [blue] = [card for card in cards if card.name == "Mødestol med arme, blå"]
    assert blue.available >= 12
    assert before + 12 * blue.key.price_ore > 1_000_000


def test_every_half_year_was_recorded_when_its_books_closed(example: Path) -> None:
    query = "select from_on, to_on, date(settled_at), line_count from report_record order by id"
    found = values(example, query)
    halves = [f"{year}-{half}" for year in (2023, 2024, 2025, 2026) for half in ("01-01", "07-01")]
    assert [start for start, _end, _on, _lines in found] == halves[1:-1]
    for _start, end, on, lines in found:
        assert 7 < (dt.date.fromisoformat(on) - dt.date.fromisoformat(end)).days < 20
        assert lines > 0


def test_every_month_was_settled_by_one_and_released_by_another_with_its_file(
    example: Path,
) -> None:
    query = """
        SELECT b.from_on, made.actor_id, let_go.actor_id, booked.voucher, length(b.posting_file)
        FROM settlement_batch b JOIN change made ON made.id = b.change_id
        JOIN settlement_step released ON released.batch_id = b.id AND released.step = 'released'
        JOIN change let_go ON let_go.id = released.change_id
        JOIN settlement_step booked ON booked.batch_id = b.id AND booked.step = 'booked'
        ORDER BY b.id
    """
    found = values(example, query)
    months = [dt.date(year, month, 1) for year in range(2023, 2027) for month in range(1, 13)]
    assert [row[0] for row in found] == [str(month) for month in months[10:-2]]
    for _month, maker, releaser, voucher, size in found:
        assert maker != releaser
        assert voucher
        assert size > 0


def test_three_years_were_driven_on_runs_that_are_closed(example: Path) -> None:
    [(runs, first, last)] = values(
        example, "SELECT count(*), min(driven_on), max(driven_on) FROM run WHERE state = 'closed'"
    )
    assert runs > 100
    assert first < "2023-12-31"
    assert last > "2026-11-09"
    loose = (
        "SELECT count(*) FROM figure_line WHERE kind = 'hand_over' AND order_line_id NOT IN"
        " (SELECT order_line_id FROM run_line) AND order_line_id IS NOT NULL"
    )
    assert values(example, loose) == [(0,)]
    fetched = (
        "SELECT run_errand.way, run_errand.done_on IS NOT NULL, run.state FROM run_errand"
        " JOIN run_stop ON run_stop.id = run_errand.stop_id JOIN run ON run.id = run_stop.run_id"
    )
    assert values(example, fetched) == [("fetch", 1, "closed")]


def test_somebody_paid_to_have_it_at_once(example: Path) -> None:
    query = "SELECT urgent, fee_ore, state FROM shop_order WHERE fee_ore > 0 ORDER BY id"
    assert values(example, query) == [(1, 15_000, "delivered"), (None, 7_500, "delivered")]
    fees = values(example, "SELECT amount_ore FROM charge WHERE kind = 'fee' ORDER BY id")
    assert sorted(ore for (ore,) in fees) == [7_500, 15_000]


def test_july_is_quiet_every_year(example: Path) -> None:
    for year in (2024, 2025, 2026):
        july = new_value(example, dt.date(year, 7, 1), dt.date(year, 8, 1))
        for month in (5, 6, 8, 9, 10):
            other = new_value(example, dt.date(year, month, 1), dt.date(year, month + 1, 1))
            assert july < other


def test_all_lies_in_the_three_years_before_today(example: Path) -> None:
    [(first, last)] = values(example, 'SELECT min("at"), max("at") FROM change')
    assert str(first)[:10] >= "2023-11-20"
    assert str(last)[:16] < "2026-11-20 08:05"


def test_there_are_as_many_pieces_and_institutions_as_promised(example: Path) -> None:
    assert values(example, "SELECT count(*) FROM unit") == [(demo.UNITS,)]
    assert values(example, "SELECT count(*) FROM institution") == [(60,)]
    assert values(example, "SELECT count(*) FROM article") == [(120,)]
    [(kinds,)] = values(example, "SELECT count(DISTINCT kind) FROM institution")
    assert kinds >= 20


def test_every_state_that_can_be_reached_is_there(example: Path) -> None:
    states = dict(values(example, "SELECT state, count(*) FROM unit GROUP BY state"))
    assert set(states) == {
        "received",
        "workshop",
        "ready",
        "listed",
        "ordered",
        "picked",
        "delivered",
        "lent",
        "mending",
        "scrapped",
        "void",
    }
    assert 250 <= states["listed"] <= 800
    orders = dict(values(example, "SELECT state, count(*) FROM shop_order GROUP BY state"))
    assert set(orders) == {"awaiting", "approved", "delivered", "refused", "cancelled"}
    whys = {
        why
        for (why,) in values(example, "SELECT ended_why FROM order_line WHERE state = 'cancelled'")
    }
    assert None not in whys
    assert len(whys) > 1
    loops = dict(values(example, "SELECT loop, count(*) FROM unit GROUP BY loop"))
    assert {2, 3, 4} <= set(loops)
    assert values(example, "SELECT 1 FROM unit_cost WHERE renews LIMIT 1")
    assert values(example, "SELECT 1 FROM figure_line WHERE kind = 'reversal' LIMIT 1")
    assert values(example, "SELECT 1 FROM delivery WHERE state = 'prepared'")


def test_baskets_are_held_when_the_day_begins(example: Path) -> None:
    found = values(example, "SELECT count(*), min(expires_at) FROM hold WHERE want_id IS NULL")[0]
    assert found[0] == 12
    assert str(found[1]) > "2026-11-20 18:00"


def test_the_board_has_a_believable_number_of_cards(opened: Context) -> None:
    board = cases.board(opened)
    assert all(board.counts[column] for column in cases.COLUMNS)
    assert sum(board.counts.values()) <= 14


def test_the_shop_shows_full_cards_with_pictures(opened: Context) -> None:
    page = shop_search.search(opened, Query())
    assert len(page.cards) >= 12
    assert max(card.available for card in page.cards) >= 12


def test_nothing_is_wrong_with_the_books(opened: Context) -> None:
    assert check.run(opened).findings == ()


@pytest.mark.parametrize("name", [*demo_logins.LOGINS, demo_logins.ADMIN])
def test_everybody_named_in_the_hint_can_log_in(name: str, opened: Context) -> None:
    assert login.log_in(opened, name, demo_logins.PASSWORD).login == name
    assert name in demo_logins.hint()
    assert demo_logins.PASSWORD in demo_logins.hint()


def test_the_database_says_that_all_in_it_is_made_up(opened: Context) -> None:
    assert workplace.owner(opened) == Owner("Eksempel Kommune", demo=True)
