"""What is settled is confirmed: by who received it, or by the working days that have passed."""

from dataclasses import replace
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, check, complaints, parameters, receipts, settlement
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement import Preview
from tests import trade
from tests.clock import Clock
from tests.services import complaining, settling
from tests.world import World


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world, confirmed=True)
    return world


def seen(world: World) -> Preview:
    today = world.context.today()
    return settlement.preview(world.person("controller"), replace(settling.NOVEMBER, end=today))


def told(world: World) -> tuple[int, int, int, int]:
    """Charges of a batch and their sum; those that wait, and theirs."""
    shown = seen(world)
    return shown.charges, shown.net_ore, shown.waiting, shown.waiting_ore


def confirm(leader: Context) -> None:
    """All that the leader can."""
    for row in receipts.listed(leader, standing=Standing.WAITING).rows:
        receipts.confirm(leader, row.id)


def test_what_its_receiver_has_not_confirmed_waits_and_says_so(
    ready: World, leader: Context, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    assert told(ready) == (0, 0, 2, 2 * trade.PRICE)
    with pytest.raises(Refused) as no:
        settling.made(ready)
    assert refusal(no.value).startswith("Det, der venter til og med den dag, er ikke bekræftet")
    confirm(leader)
    settling.hand_over(ready, 1)
    assert told(ready) == (2, 2 * trade.PRICE, 1, trade.PRICE)
    done = settling.made(ready)
    settling.released(ready, settling.second(ready), done.id, tmp_path)
    assert (done.charges, done.net_ore) == (2, 2 * trade.PRICE)
    assert told(ready) == (0, 0, 1, trade.PRICE)
    assert check.run(ready.person("controller")).findings == ()


def test_after_the_days_to_answer_it_is_settled_unanswered(ready: World, clock: Clock) -> None:
    settling.hand_over(ready)
    clock.advance(days=7)  # a Friday and five working days: it is the last to say something
    assert told(ready)[0] == 0
    clock.advance(days=1)
    assert told(ready) == (2, 2 * trade.PRICE, 0, 0)


def test_what_was_undone_before_it_was_confirmed_comes_to_nothing(ready: World) -> None:
    given = settling.hand_over(ready)
    changes.undo(ready.person("lager"), given)
    assert told(ready) == (4, 0, 0, 0)
    assert settling.made(ready).debit_ore == 0


def test_a_confirmation_between_preview_and_making_is_looked_at_once_more(
    ready: World, leader: Context
) -> None:
    settling.hand_over(ready)
    confirm(leader)
    settling.hand_over(ready, 1)
    before = seen(ready)
    confirm(leader)
    with pytest.raises(Refused, match="have changed since you looked"):
        settlement.make(ready.person("controller"), settling.NOVEMBER, before.seen)


def test_where_that_is_not_asked_for_it_is_settled_at_once(ready: World) -> None:
    settling.hand_over(ready)
    parameters.save(ready.person("admin"), {"settlement_confirmed": False})
    assert told(ready) == (2, 2 * trade.PRICE, 0, 0)


def test_what_is_complained_of_waits_also_where_nobody_need_confirm(
    ready: World, leader: Context
) -> None:
    parameters.save(ready.person("admin"), {"settlement_confirmed": False})
    delivery, lines, _units = complaining.handed(ready, 2)
    first = complaints.report(leader, delivery, lines[:1], "Vakler")
    each = complaining.charged(ready, lines[0])
    assert told(ready) == (1, each, 1, each)
    made = settlement.make(
        ready.person("controller"), replace(settling.NOVEMBER, end=ready.context.today())
    )
    second = complaints.report(leader, delivery, lines[1:], "Ridset")
    other = settling.second(ready)
    with pytest.raises(Refused, match="is complained of, and that is not decided yet"):
        settlement.release(other, made.id, made.file_sha256)
    for said in (first, second):
        complaints.refuse(ready.person("lager"), said.ids[0], "Det er brugsspor.")
    settlement.release(other, made.id, made.file_sha256)
    assert told(ready) == (1, each, 0, 0)


def test_what_is_complained_of_waits_until_that_is_decided(
    ready: World, leader: Context, clock: Clock
) -> None:
    delivery, lines, _units = complaining.handed(ready, 2)
    said = complaints.report(leader, delivery, lines[:1], "Vakler")
    clock.advance(days=20)
    each = complaining.charged(ready, lines[0])
    assert told(ready) == (1, each, 1, each)
    decided = complaints.refuse(ready.person("lager"), said.ids[0], "Det er brugsspor.")
    assert told(ready) == (2, 2 * each, 0, 0)
    changes.undo(ready.person("lager"), decided.change_id or 0)
    assert told(ready) == (1, each, 1, each)
    complaints.lower_price(ready.person("lager"), said.ids[0], each // 2)
    # The charge and what is given back of it are settled together.
    assert told(ready)[:2] == (3, each + each // 2)
    assert check.run(ready.person("controller")).findings == ()


def test_what_is_complained_of_after_the_batch_was_made_is_decided_before_its_release(
    ready: World, clock: Clock
) -> None:
    delivery, lines, _units = complaining.handed(ready, 2)
    clock.advance(days=20)
    made = settlement.make(ready.person("controller"), settling.NOVEMBER)
    said = complaints.report(ready.person("lager"), delivery, lines[:1], "Vakler")
    other = settling.second(ready)
    with pytest.raises(Refused, match="is complained of, and that is not decided yet"):
        settlement.release(other, made.id, made.file_sha256)
    complaints.refuse(ready.person("lager"), said.ids[0], "Det er brugsspor.")
    settlement.release(other, made.id, made.file_sha256)
