"""The table of all pieces: search, filters, every order, pages, counts and choices."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.stock import MOST_AT_ONCE, SortBy
from moebelcirkel.services import stock
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.stock.lists import StockFilter, StockOrder
from tests import templates, trade
from tests.clock import Clock
from tests.services.shopping import article
from tests.world import World


@templates.prepared
def world(world: World, _clock: Clock) -> None:
    """Chairs and a cupboard in several states, prices and places."""
    trade.put_on_sale(world, 3)
    trade.put_on_sale(world, 1, condition="C", price_ore=90_000, received_on=dt.date(2026, 1, 2))
    cupboard = article(world, "Åbent skab eg", "cupboard_wood")
    loose: dict[str, Any] = {"price_ore": None}
    trade.put_on_sale(
        world,
        2,
        **loose,
        article_id=cupboard,
        state="received",
        listed_at=None,
        place_id=world.workshop,
        giver_id=world.school,
        condition="A",
    )
    trade.put_on_sale(
        world, 1, article_id=cupboard, state="delivered", place_id=None, holder_id=world.home
    )


def numbers(world: World, order: StockOrder | None = None, **asked: Any) -> list[str]:
    """Label numbers without check digits, in order."""
    wanted = StockFilter(**asked)
    rows = stock_list.find(world.context, wanted, order or StockOrder(SortBy.NUMBER, False)).rows
    return [row.number.split("-")[1][-1] for row in rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "sofi"}, "1234"),
        ({"text": "aab eg"}, "567"),
        ({"text": "værksted"}, "56"),
        ({"text": "mc-000003"}, "3"),
        ({"text": "000003"}, "3"),
        ({"text": "0000"}, "1234567"),
        ({"text": "3"}, "3"),
        ({"text": "mc-3"}, "3"),
        ({"text": "MC 3"}, "3"),
        ({"text": "mc"}, "1234567"),
        ({"text": "xx-3"}, ""),
        ({"text": "99999999999"}, ""),
        ({"text": "reol 14"}, "1234"),
        ({"text": "reol 1"}, "1"),
        ({"text": "hal 2"}, "1234"),
        ({"text": "kontorstole"}, "1234"),
        ({"text": "72"}, ""),
        ({"text": "720"}, "1234"),
        ({"text": "200"}, ""),
        ({"text": "eg"}, "567"),
        ({"text": "findes ikke"}, ""),
        ({"states": frozenset({"received", "delivered"})}, "567"),
        ({"conditions": frozenset({"C"})}, "4"),
        ({"groups": frozenset({"office_chairs"})}, "1234"),
        ({"received_to": dt.date(2026, 6, 1)}, "4"),
        ({"received_from": dt.date(2026, 6, 1), "price_from_ore": 1}, "1237"),
        ({"price_to_ore": 90_000}, "4"),
        ({"without_price": True}, "56"),
        ({"without_photo": True}, "1234567"),
    ],
)
def test_filters(world: World, asked: dict[str, Any], found: str) -> None:
    assert "".join(numbers(world, **asked)) == found


def test_a_short_word_is_not_found_inside_another(world: World) -> None:
    trade.put_on_sale(world, 1, article_id=article(world, "Stabelstol bøg", "office_task_chair"))
    assert "".join(numbers(world, text="eg")) == "567"
    assert "".join(numbers(world, text="bøg")) == "8"
    assert "".join(numbers(world, text="stabel")) == "8"


def test_a_label_is_found_with_its_check_digit(world: World) -> None:
    whole = stock_list.find(world.context, StockFilter(text="mc-000003")).rows[0].number
    digits = whole.removeprefix("MC-")
    for typed in (whole, whole.replace("-", ""), digits, digits.lstrip("0"), f"mc{digits[5:]}"):
        assert "".join(numbers(world, text=typed)) == "3", typed
    gone = StockFilter(text=whole, states=frozenset({"delivered"}))
    assert stock_list.find(world.context, gone).total == 0
    wrong = f"{whole[:-1]}{(int(whole[-1]) + 1) % 10}"
    assert numbers(world, text=wrong) == []


def test_a_whole_label_number_is_looked_up_by_its_number_alone(world: World) -> None:
    whole = stock_list.find(world.context, StockFilter(text="mc-000003")).rows[0].number
    asked: list[str] = []

    def sent(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    engine = world.context.database.engine
    event.listen(engine, "before_cursor_execute", sent)
    found = stock_list.find(world.context, StockFilter(text=whole.lower()))
    event.remove(engine, "before_cursor_execute", sent)
    assert [row.number for row in found.rows] == [whole]
    assert not any("LIKE" in each or "MATCH" in each for each in asked)


def test_filters_by_row(world: World) -> None:
    assert "".join(numbers(world, place_id=world.workshop)) == "56"
    assert "".join(numbers(world, institution_id=world.home)) == "7"
    assert "".join(numbers(world, institution_id=world.school)) == "56"
    assert "".join(numbers(world, article_id=world.chair)) == "1234"


@pytest.mark.parametrize("by", list(SortBy))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_join_without_gap_in_every_order(world: World, by: SortBy, descending: bool) -> None:
    order = StockOrder(by, descending)
    everything = stock_list.find(world.context, StockFilter(), order)
    assert everything.total == len(everything.rows) == 7
    rows = list(stock_list.find(world.context, StockFilter(), order, limit=2).rows)
    while len(rows) < 7:
        rows += stock_list.page(
            world.context, StockFilter(), order, first=len(rows), limit=2, after=rows[-1]
        )
    jumped = stock_list.page(world.context, StockFilter(), order, first=3, limit=9)
    assert [row.id for row in rows] == [row.id for row in everything.rows]
    assert [row.id for row in jumped] == [row.id for row in everything.rows[3:]]


def test_danish_order_and_empty_cells_last(world: World) -> None:
    assert "".join(numbers(world, StockOrder(SortBy.ARTICLE, False))) == "1234567"
    assert "".join(numbers(world, StockOrder(SortBy.ARTICLE, True))) == "7654321"
    assert "".join(numbers(world, StockOrder(SortBy.PRICE, False)))[-2:] == "56"
    assert "".join(numbers(world, StockOrder(SortBy.PRICE, True)))[-2:] == "65"
    assert "".join(numbers(world, StockOrder(SortBy.PLACE, False)))[-1] == "7"
    assert "".join(numbers(world, StockOrder(SortBy.DAYS, True)))[0] == "4"


def test_a_row_says_all_there_is_to_know(world: World) -> None:
    row = stock_list.find(world.context, StockFilter(conditions=frozenset({"C"}))).rows[0]
    assert (row.article, row.category) == ("Kontorstol HÅG SoFi 7200", "Kontorstol (arbejdsstol)")
    assert (row.condition, row.state, row.place) == ("C", State.LISTED, "Hal 2 · Reol 14 · C")
    assert (row.price_ore, row.new_price_ore, row.days, row.loop) == (90_000, 335_000, 322, 2)
    gone = stock_list.find(world.context, StockFilter(states=frozenset({"delivered"}))).rows[0]
    assert (gone.days, gone.holder, gone.giver, gone.place) == (None, "Plejecenter Åbo", "", "")


def test_each_figure_is_counted_before_its_own_filter(world: World) -> None:
    found = stock_list.find(world.context, StockFilter(states=frozenset({"received"}))).facets
    assert found.states == {"listed": 4, "received": 2}
    assert found.conditions == {"A": 2}
    assert list(found.groups.values()) == [2]
    assert set(found.groups) < {group.key for group in stock_list.groups(world.context)}


def test_what_has_left_the_house_is_counted_only_where_it_is_asked_for(world: World) -> None:
    both = stock_list.find(world.context, StockFilter(states=frozenset({"received", "delivered"})))
    assert both.facets.states == {"listed": 4, "received": 2, "delivered": 1}
    assert (both.total, both.elsewhere) == (3, 0)
    everything = stock_list.find(world.context, StockFilter())
    assert everything.facets.states == both.facets.states
    gone = StockFilter(states=frozenset(IN_STOCK), institution_id=world.home)
    nothing = stock_list.find(world.context, gone)
    assert (nothing.total, nothing.rows, nothing.elsewhere) == (0, (), 1)


def test_a_choice_is_read_as_the_table_stands(world: World) -> None:
    order = StockOrder(SortBy.NUMBER, False)
    rows = stock_list.find(world.context, StockFilter(), order).rows
    picked = stock_list.chosen(world.context, StockFilter(), order, [(0, 1), (5, 6)])
    assert picked.unit_ids == tuple(rows[number].id for number in (0, 1, 5, 6))
    assert picked.total == 4
    assert stock_list.number_of(world.context, StockFilter(), order, rows[4].id) == 4
    gone = StockFilter(states=frozenset({"received"}))
    assert stock_list.number_of(world.context, gone, order, rows[0].id) is None


def test_a_choice_is_bounded_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_AT_ONCE >= 1_000
    monkeypatch.setattr(stock_list, "MOST_AT_ONCE", 3)
    picked = stock_list.chosen(world.context, StockFilter(), StockOrder(), [(0, 6)])
    assert (len(picked.unit_ids), picked.total) == (3, 7)


def test_a_void_piece_is_never_listed(world: World) -> None:
    trade.put_on_sale(world, 1, state="void")
    assert stock_list.find(world.context, StockFilter()).total == 7


def test_a_scan_finds_the_piece_or_says_it_is_unknown(world: World) -> None:
    row = stock_list.find(world.context, StockFilter()).rows[0]
    assert stock_list.scan(world.context, row.number.lower()) == row.id
    assert stock_list.scan(world.context, "5701234567899 ") == stock_list.Unknown("5701234567899")


def test_only_who_may_see_the_stock(world: World) -> None:
    with pytest.raises(Refused):
        stock_list.find(world.person("leader"), StockFilter())
    assert stock_list.find(world.person("bench"), StockFilter()).total == 7


def test_what_was_moved_is_shown_where_it_is(world: World) -> None:
    row = stock_list.find(world.context, StockFilter(text="sofi")).rows[0]
    stock.move(world.person("lager"), [row.id], world.workshop)
    moved = stock_list.find(world.context, StockFilter(place_id=world.workshop, text="sofi"))
    assert [each.id for each in moved.rows] == [row.id]
