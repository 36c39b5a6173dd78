"""Every service that reads, found in the code: who has no role in the program learns nothing."""

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args, get_type_hints

import pytest

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import lists as order_lists
from moebelcirkel.services.shop import basket_view as shop_basket
from moebelcirkel.services.start import workplace
from moebelcirkel.storage.work import Session
from tests import trade
from tests.services import writes
from tests.world import World

NO_RIGHT = "You do not have the right to do this"


def _reading() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions over a context that do not write by themselves, by word and name."""
    plain = {name for name, _is_open in writes.plain()}
    for module in writes.modules():
        word = module.__name__.removeprefix(f"{services.__name__}.")
        for name, call in vars(module).items():
            mine = inspect.isfunction(call) and call.__module__ == module.__name__
            if not mine or name.startswith("_") or hasattr(call, "__wrapped__"):
                continue
            first = next(iter(inspect.signature(call).parameters.values()), None)
            # By its name where it is one: other hints may name what only a type checker loads.
            if first is None or first.annotation not in (Context, Context.__name__):
                continue
            if f"{word}.{name}" not in plain:
                yield f"{word}.{name}", call


READING = dict(_reading())


#: What answers all the same, and why.
OPEN = {
    "changes.history.elsewhere": "that something was changed, and of what kind",
    "copies.taking.chosen_place": "the program itself, when it copies",
    "copies.taking.database_file": "the program itself, when it copies",
    "copies.dumping.dump_into": "the program itself: whoever has the owner's account may dump",
    "copies.taking.is_due": "the program itself: whoever is at work, the daily copy is taken",
    "copies.taking.plan": "the program itself, when it copies",
    "copies.taking.take_due": "the program itself: whoever is at work, the daily copy is taken",
    "copies.taking.take_file": "the program itself: whoever holds the file may copy it",
    "start.clock.doubt": "asked before anybody logs in; tells of this PC's clock",
    "start.clock.off": "asked before anybody logs in; tells of this PC's clock",
    "start.first_start.is_needed": "asked before anybody logs in; whether there are people at all",
    "start.getting_started.has_begun": "whether there is any furniture: which page opens first",
    "start.login.actor_of": "the program itself, where somebody is known by other means",
    "start.login.log_in": "who that is, is what it finds out",
    "start.login.log_in_by_badge": "who that is, is what it finds out",
    "start.login.log_in_by_server": "who that is, is what it finds out",
    "start.login.log_in_by_system": "who that is, is what it finds out",
    "start.login.has_accounts": "the log-in asks it before anybody is known",
    "start.login.log_in_by_account": "who that is, is what it finds out",
    "start.login.known": "who that is, is what it finds out",
    "start.login.still_there": "tells a person of their own account",
    "start.opening.close": "the program itself, when it ends",
    "start.opening.identity": "the program itself: which database it is",
    "start.opening.renew_search": "the program itself, when it opens a database",
    "start.opening.update": "the program itself, when it opens a database",
    "messages.mailing.can_log_in": "what this PC was given: yes or no",
    "routines.beside.may": "the program itself: whether the window may start a work",
    "routines.beside.work": "the program itself: starts a work, which answers for what it does",
    "orders.lists.approval_count": "within reach, and nothing is: 0",
    "orders.feedback.can_go_back": "of an order that was read; else no day",
    "orders.news.news": "of one's own orders, and who orders nothing has none",
    "orders.lists.detail": "an order that is not there is said to be gone; any other is refused",
    "complaints.lists.open_count": "of those who decide; for others nothing is: 0",
    "repairs.lists.detail": "one that is not there is said to be gone; any other is refused",
    "repairs.lists.waiting_count": "within reach, and nothing is: 0",
    "receipts.lists.waiting_count": "within reach, and nothing is: 0",
    "receipts.lists.detail": "one that is not there is said to be gone; any other is refused",
    "loans.lists.overdue_count": "within reach, and nothing is: 0",
    "orders.lists.open_count": "within reach, and nothing is: 0",
    "pickups.lists.open_count": "within reach, and nothing is: 0",
    "reports.recording.within_reach": "a report out of reach is as if it were gone",
    "reports.regular.folder": "a routine of the program itself: where it saves its files",
    "reports.regular.is_due": "a routine of the program itself: yes or no",
    "routines.running.run_due": "the program itself: whoever is at work, what is due is done",
    "routines.running.run_now": "whoever may use the machine; the window asks for the right",
    "shop.basket_view.institutions": "where the asker may order: nowhere",
    "shop.finding.asker_of": "a part of search and card, which ask",
    "shop.finding.one_card": "a part of shop_card.card, which asks",
    "wants.lists.detail": "a want that is not there is said to be gone; any other is refused",
    "wants.lists.found_count": "within reach, and nothing is: 0",
    "start.workplace.owner": "the municipality's name, which stands on the log-in page",
    "start.workplace.workplace": "the asker's own role and institution: none",
}


def _values(call: Callable[..., Any], session: Session) -> dict[str, Any]:
    """Something for each parameter that must be given; who asks is looked at before it."""
    hints = get_type_hints(call)
    some = {int: 1, str: "1", dt.date: dt.date(2026, 1, 1), bool: False, Session: session}
    given = list(inspect.signature(call).parameters.values())[1:]
    asked = {each.name: hints[each.name] for each in given if each.default is each.empty}
    return {
        name: [some.get(get_args(hint)[0])] if get_args(hint) else some.get(hint)
        for name, hint in asked.items()
    }


def _refused(call: Callable[..., Any], someone: Context) -> bool:
    try:
        with someone.database.read() as session:
            call(someone, **_values(call, session))
    except Refused as error:
        return str(error).startswith(NO_RIGHT)
    except (AttributeError, TypeError, ValueError):
        return False  # it looked at what was asked before it looked at who asks
    return False


def test_who_has_no_role_reads_nothing(world: World) -> None:
    nobody = world.context.as_actor(replace(world.people["lager"], grants=frozenset()))
    asked = {name: call for name, call in READING.items() if name not in OPEN}
    assert len(asked) > 70
    assert [name for name, call in asked.items() if not _refused(call, nobody)] == []


def test_what_answers_all_the_same_is_known_and_tells_nothing_of_others(world: World) -> None:
    trade.order(world, trade.put_on_sale(world, 1))
    assert set(OPEN) <= set(READING)
    nobody = world.context.as_actor(replace(world.people["lager"], grants=frozenset()))
    assert (order_lists.open_count(nobody), order_lists.approval_count(nobody)) == (0, 0)
    assert shop_basket.institutions(nobody) == []
    assert workplace.workplace(nobody).institution == ""
    with pytest.raises(Refused, match=NO_RIGHT):
        order_lists.detail(nobody, 1)
