"""The check finds a row that was changed behind the program's back, and nothing in a whole base."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, check, deliveries
from moebelcirkel.services.check import CheckReport
from moebelcirkel.services.context import Work
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.changes import PersonText
from tests import templates, trade
from tests.clock import Clock
from tests.services.tampering import said_after, tamper
from tests.world import World


@templates.prepared
def traded(world: World, clock: Clock) -> None:
    """Pieces in every state this reaches: on sale, held, ordered, picked, out, undone, back."""
    lager = world.person("lager")
    units = trade.put_on_sale(world, 8, note="står ved porten")
    lines = trade.order(world, units[:6])
    deliveries.pick(lager, lines[:5])
    deliveries.prepare_note(lager, world.school, lines[4:5])
    first = deliveries.hand_over(lager, line_ids=lines[:2], received_by="Mette")
    clock.advance(days=400)
    changes.undo(lager, first.change_id or 0)
    deliveries.hand_over(lager, line_ids=lines[:3])
    clock.advance(days=400)
    pieces = [Returned(trade.number(lager, unit), "C") for unit in units[:2]]
    back = deliveries.take_back(lager, pieces, place_id=world.shelf)
    changes.undo(lager, back.change_id or 0)
    deliveries.take_back(lager, pieces[:1], place_id=world.shelf)
    trade.hold(world, units[7], world.home)


def run(world: World) -> CheckReport:
    return check.run(world.person("controller"))


def test_a_whole_base_has_no_findings(traded: World) -> None:
    steps: list[tuple[int, int]] = []
    report = check.run(traded.person("controller"), lambda done, total: steps.append((done, total)))
    assert [check.text(finding) for finding in report.findings] == []
    assert report.ok
    assert report.more == 0
    assert report.counts["unit"] == 8
    assert report.counts["figure_line"] == 12
    assert report.counts["charge"] == 7
    assert steps[-1] == (len(check.PARTS), len(check.PARTS))


#: What is broken by hand, and what the check must say about it.
BREAKS = {
    "a change's actor": ("UPDATE change SET actor_id = 1 WHERE id = 3", "Change 3 does not fit"),
    "a change's moment": (
        "UPDATE change SET at = '2026-01-01 10:00:00+00' WHERE id = 3",
        "Change 3 does not fit",
    ),
    "an answer": ("UPDATE change_result SET kinds = 'x' WHERE change_id = 3", "Change 3 does not"),
    "a link": ("UPDATE change_link SET link = 'x' WHERE change_id = 3", "Change 3 does not fit"),
    "a link gone": ("DELETE FROM change_link WHERE change_id = 3", "Change 3 does not fit"),
    "an older event": (
        """UPDATE event SET before = '{}' WHERE id = (
            SELECT min(id) FROM event WHERE entity = 'unit' AND before IS NOT NULL)""",
        "does not fit the chain",
    ),
    "a name that no row has any more": (
        "UPDATE person_text SET body = 'x' WHERE id = 1",
        "person_text 1 is not the text",
    ),
    "a password": ("UPDATE app_user SET password_hash = 'x' WHERE id = 3", "3: password_hash"),
    "who pays a charge": ("UPDATE charge SET cost_bearer_id = 1 WHERE id = 1", "charge 1 is not"),
    "an empty name where there is none": (
        "UPDATE app_user SET os_login = '' WHERE id = 3",
        "app_user 3: os_login",
    ),
    "a unit's condition": ("UPDATE unit SET condition = 'A' WHERE id = 8", "unit 8: condition"),
    "a unit's note": ("UPDATE unit SET note = 'andet' WHERE id = 8", "unit 8: note"),
    "a unit's life": ("UPDATE unit SET life_left = '1' WHERE id = 1", "unit 1: life_left"),
    "a unit's number": (
        "UPDATE unit SET number = 'MC-000008-0' WHERE id = 8",
        "MC-000008-0 is not a right",
    ),
    "an institution's name": ("UPDATE institution SET name = 'X' WHERE id = 1", "institution 1"),
    "a setting": (
        "INSERT INTO parameter (key, value, version) VALUES ('hold_minutes', '5', 1)",
        "parameter hold_minutes stands there",
    ),
    "a hold deleted": ("DELETE FROM hold WHERE unit_id = 8", "hold 8 is gone"),
    "an event's word": (
        """UPDATE event SET after = '{"state": "listed"}' WHERE id = (
            SELECT max(id) FROM event WHERE entity = 'unit' AND entity_id = '5')""",
        "unit 5: state",
    ),
    "events gone": ("DELETE FROM event WHERE entity = 'unit' AND entity_id = '8'", "unit 8 stands"),
    "a charge's event gone": (
        "DELETE FROM event WHERE entity = 'charge' AND entity_id = '1'",
        "charge 1 stands there",
    ),
    "a figure line's money": (
        "UPDATE figure_line SET cash_ore = cash_ore + 1 WHERE id = 5",
        "Figure line 5",
    ),
    "a figure line's answer": (
        "UPDATE figure_line SET inputs = '{}' WHERE id = 5",
        "Figure line 5",
    ),
    "a reversal's grams": (
        "UPDATE figure_line SET net_g = net_g - 1 WHERE kind = 'reversal'",
        "its figures do not",
    ),
    "a charge's amount": ("UPDATE charge SET amount_ore = 1 WHERE id = 5", "is not charged as"),
    "a charge given back short": (
        "UPDATE charge SET amount_ore = -1 WHERE kind = 'reversal'",
        "does not give back",
    ),
    "a charge gone": ("DELETE FROM charge WHERE id = 7", "the hand-over is not charged"),
    "a figure line gone": ("DELETE FROM figure_line WHERE unit_id = 3", "belongs to no hand-over"),
    "a line's price": ("UPDATE order_line SET price_ore = 5 WHERE id = 3", "not the sum of its"),
    "a unit slipped back": ("UPDATE unit SET state = 'listed' WHERE id = 5", "is on an order, but"),
    "a line slipped back": ("UPDATE order_line SET state = 'open' WHERE id = 5", "is picked, but"),
    "a line closed": (
        "UPDATE order_line SET state = 'cancelled' WHERE id = 6",
        "is ordered, but no order",
    ),
    "an order closed": ("UPDATE shop_order SET state = 'delivered'", "state does not fit"),
    "a note undone": (
        "UPDATE delivery SET state = 'void' WHERE state = 'handed'",
        "delivery note do not agree",
    ),
    "in the workshop of nobody": (
        "UPDATE unit SET state = 'workshop' WHERE id = 8",
        "in no open case",
    ),
    "a held piece off sale": (
        "UPDATE unit SET state = 'ready' WHERE id = 8",
        "is in a basket, but not on sale",
    ),
    "on sale without a price": (
        "UPDATE unit SET price_ore = NULL WHERE id = 8",
        "is on sale, but has no price",
    ),
    "held by nobody": ("UPDATE unit SET holder_id = 1 WHERE id = 8", "someone is said to have"),
    "out but on the shelf": ("UPDATE unit SET place_id = 1 WHERE id = 2", "still has a place"),
    "a counter set back": ("UPDATE counter SET value = 3 WHERE name = 'unit'", "counter of unit"),
}


def test_a_row_changed_by_hand_is_found(traded: World) -> None:
    tamper(traded)
    missed = [
        name
        for name, (statement, said) in BREAKS.items()
        if not any(said in message for message in said_after(traded, statement))
    ]
    assert missed == []


def test_a_life_credited_twice_is_found(traded: World) -> None:
    tamper(
        traded,
        "UPDATE figure_line SET unit_id = 3 WHERE id = "
        "(SELECT max(id) FROM figure_line WHERE kind = 'hand_over' AND unit_id = 2)",
    )
    found = [finding.message for finding in run(traded).findings]
    assert "The piece with id {key} is credited more than one new piece in one life." in found


ERASE = ("UPDATE person_text SET body = NULL, salt = NULL", "UPDATE unit SET note = ''")


def test_an_erased_name_is_no_finding(traded: World) -> None:
    def erase(work: Work) -> None:
        for key in work.session.scalars(select(PersonText.id)).all():
            work.recorder.note("person_text", key, {}, {"erased": True})

    traded.context.write("setup", None, erase)
    tamper(traded, *ERASE)
    assert run(traded).findings == ()


def test_a_name_that_no_change_has_erased_is_missed(traded: World) -> None:
    tamper(traded, *ERASE)
    told = {finding.message for finding in run(traded).findings}
    assert told == {"person_text {key} is not the text it was."}


def test_a_ruined_base_does_not_fill_the_memory(
    traded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moebelcirkel.domain.check.MOST", 3)
    tamper(traded, "UPDATE unit SET condition = 'A'")
    report = run(traded)
    assert len(report.findings) == 3
    assert report.more >= 5


@pytest.mark.parametrize("name", ["leader", "bench", "lager", "employee"])
def test_not_everyone_may_check(traded: World, name: str) -> None:
    with pytest.raises(Refused, match="do not have the right"):
        check.run(traded.person(name))
