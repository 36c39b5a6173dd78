"""Delivery notes, hand-over, returns, and undoing each, on both engines."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, deliveries
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services.delivering import back, cost, figures, picked
from tests.world import World


def charges(context: Context) -> list[int]:
    return [row.amount_ore for row in trade.rows(context, select(Charge).order_by(Charge.id))]


def order_state(context: Context, line_id: int) -> str:
    line = trade.row(context, OrderLine, line_id)
    return str(trade.row(context, Order, line.order_id).state)


# --- notes ---------------------------------------------------------------------------------


def test_a_note_has_a_number_and_its_pieces(world: World, lager: Context) -> None:
    _units, lines = picked(world, 3)
    done = deliveries.prepare_note(lager, world.school, lines[:2])
    assert done.numbers[0] == "F-00001"
    [note] = deliveries.notes(lager)
    assert (note.number, note.pieces, note.institution) == ("F-00001", 2, "Søndervangskolen")
    assert deliveries.find_note(lager, "f-00001") == note
    assert deliveries.find_note(lager, "F-77777") is None
    assert deliveries.receivers(lager)[0].without_note == 1
    assert deliveries.prepare_note(lager, world.school).pieces == 1


def test_all_receivers_get_their_notes_at_once(world: World, lager: Context) -> None:
    picked(world, 2)
    picked(world, 1, institution=world.home)
    done = deliveries.prepare_notes(lager)
    assert done.numbers == ("F-00001", "F-00002")
    with pytest.raises(Refused, match="Nothing has been picked that lacks"):
        deliveries.prepare_notes(lager)


def test_what_cannot_be_on_a_note(world: World, lager: Context) -> None:
    units, lines = picked(world, 2)
    [unpicked] = trade.order(world, trade.put_on_sale(world, 1))
    [_home_unit], [home_line] = picked(world, 1, institution=world.home)
    with pytest.raises(Refused, match="has not been picked"):
        deliveries.prepare_note(lager, world.school, [unpicked])
    with pytest.raises(Refused, match="different institutions"):
        deliveries.prepare_note(lager, world.school, [*lines, home_line])
    deliveries.prepare_note(lager, world.school, lines)
    number = trade.number(lager, units[0])
    with pytest.raises(Refused, match=f"{number} is already on delivery note F-00001"):
        deliveries.prepare_note(lager, world.school, lines)


def test_the_papers_are_pdf(world: World, lager: Context) -> None:
    _units, lines = picked(world, 2)
    note = deliveries.prepare_note(lager, world.school, lines).delivery_ids[0]
    paper = deliveries.notes_pdf(lager, [note])
    assert paper.startswith(b"%PDF")
    assert len(deliveries.notes_pdf(lager, [note, note])) > len(paper)
    assert deliveries.pick_list_pdf(lager).startswith(b"%PDF")
    assert deliveries.pick_list_pdf(lager, world.school).startswith(b"%PDF")
    deliveries.hand_over(lager, delivery_id=note)
    assert deliveries.notes_pdf(lager, [note]).startswith(b"%PDF")


# --- hand-over -----------------------------------------------------------------------------


def test_a_note_is_handed_over_whole(world: World, lager: Context) -> None:
    units, lines = picked(world, 2)
    note = deliveries.prepare_note(lager, world.school, lines).delivery_ids[0]
    done = deliveries.hand_over(lager, delivery_id=note, received_by="  Mette  Holm ")
    assert done.amount_ore == 2 * trade.PRICE
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.holder_id, unit.place_id) == ("delivered", world.school, None)
    delivery = trade.row(lager, Delivery, note)
    assert (delivery.state, delivery.handed_on, delivery.received_by) == (
        "handed",
        dt.date(2026, 11, 20),
        "Mette Holm",
    )
    assert order_state(lager, lines[0]) == "delivered"
    assert charges(lager) == [trade.PRICE, trade.PRICE]
    assert [line.kind for line in figures(lager)] == ["hand_over", "hand_over"]
    assert deliveries.pick_list(lager) == []
    with pytest.raises(Refused, match="F-00001 has already been handed over"):
        deliveries.hand_over(lager, delivery_id=note)


def test_who_received_there_last_is_remembered_by_institution(world: World, lager: Context) -> None:
    assert [handed(world, by) for by in ("Pedellen", "Kontoret", "")] == [
        "",
        "Pedellen",
        "Kontoret",
    ]
    assert handed(world, "", world.home) == ""
    _units, lines = picked(world, 1)
    done = deliveries.hand_over(lager, line_ids=lines, received_by="Køkkenet")
    changes.undo(lager, done.change_id or 0)
    (school,) = deliveries.receivers(lager)
    assert school.received_by == "Kontoret"


def handed(world: World, received_by: str, institution: int | None = None) -> str:
    """Who had received there last before this one does."""
    lager = world.person("lager")
    institution = institution or world.school
    _units, lines = picked(world, 1, institution=institution)
    key = deliveries.prepare_note(lager, institution, lines).delivery_ids[0]
    (note,) = deliveries.notes(lager)
    deliveries.hand_over(lager, delivery_id=key, received_by=received_by)
    return note.received_by


def test_lines_without_a_note_get_one(world: World, lager: Context) -> None:
    _units, lines = picked(world, 2)
    assert deliveries.hand_over(lager, line_ids=lines).numbers == ("F-00001",)


def test_a_partial_delivery_keeps_the_rest_open(world: World, lager: Context) -> None:
    units, lines = picked(world, 3)
    first = deliveries.hand_over(lager, line_ids=lines[:2])
    assert order_state(lager, lines[0]) == "approved"
    second = deliveries.hand_over(lager, line_ids=lines[2:])
    assert order_state(lager, lines[0]) == "delivered"
    changes.undo(lager, first.change_id or 0)
    assert order_state(lager, lines[0]) == "approved"
    assert [trade.state(lager, unit) for unit in units] == ["picked", "picked", "delivered"]
    changes.undo(lager, second.change_id or 0)
    assert order_state(lager, lines[0]) == "approved"
    deliveries.hand_over(lager, line_ids=lines)
    assert order_state(lager, lines[0]) == "delivered"


def test_part_of_a_printed_note_is_refused(world: World, lager: Context) -> None:
    _units, lines = picked(world, 2)
    deliveries.prepare_note(lager, world.school, lines)
    with pytest.raises(Refused, match="F-00001 holds more pieces"):
        deliveries.hand_over(lager, line_ids=lines[:1])


def test_what_cannot_be_handed_over(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 1)
    lines = trade.order(world, units)
    with pytest.raises(Refused, match="cannot be handed over, because it is ordered"):
        deliveries.hand_over(lager, line_ids=lines)
    with pytest.raises(Refused, match="nothing to hand over"):
        deliveries.hand_over(lager)
    deliveries.pick(lager, lines)
    with pytest.raises(Refused, match="name is too long"):
        deliveries.hand_over(lager, line_ids=lines, received_by="x" * 121)
    with pytest.raises(Refused, match="CPR") as caught:
        deliveries.hand_over(lager, line_ids=lines, received_by="010190-1234 Jens")
    assert caught.value.field == "received_by"
    _units, home = picked(world, 1, institution=world.home)
    with pytest.raises(Refused, match="different institutions"):
        deliveries.hand_over(lager, line_ids=[*lines, *home])


def test_the_day_can_be_earlier_but_not_too_early(
    world: World, lager: Context, clock: Clock
) -> None:
    _units, lines = picked(world, 1)
    with pytest.raises(Refused, match="in the future"):
        deliveries.hand_over(lager, line_ids=lines, on=dt.date(2026, 11, 21))
    with pytest.raises(Refused, match="before order B-00001 was sent"):
        deliveries.hand_over(lager, line_ids=lines, on=dt.date(2026, 11, 19))
    clock.advance(days=5)
    [fresh] = trade.put_on_sale(world, 1)
    deliveries.unpick(lager, lines)
    deliveries.pick_by_scan(lager, trade.number(lager, fresh))
    with pytest.raises(Refused, match=f"before {trade.number(lager, fresh)} was received"):
        deliveries.hand_over(lager, line_ids=lines, on=dt.date(2026, 11, 22))
    deliveries.hand_over(lager, line_ids=lines, on=dt.date(2026, 11, 25))
    assert figures(lager)[0].effective_on == dt.date(2026, 11, 25)


def test_free_furniture_is_charged_nothing(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 1, price_ore=0)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    assert charges(lager) == [0]
    assert figures(lager)[0].new_value_ore == 335_000


def test_an_undone_hand_over_is_taken_out_of_everything(
    world: World, lager: Context, clock: Clock
) -> None:
    units, lines = picked(world, 1)
    note = deliveries.prepare_note(lager, world.school, lines).delivery_ids[0]
    cost(world, units[0], "Rengøring", ore=5_500)
    done = deliveries.hand_over(lager, delivery_id=note)
    clock.advance(days=2)
    changes.undo(lager, done.change_id or 0)
    line, reversal = figures(lager)
    assert (reversal.kind, reversal.corrects_id) == ("reversal", line.id)
    assert reversal.effective_on == dt.date(2026, 11, 22)
    assert reversal.cash_ore == -line.cash_ore
    assert (reversal.net_g, reversal.count) == (-(line.net_g or 0), -1)
    assert charges(lager) == [trade.PRICE, -trade.PRICE]
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.holder_id, unit.place_id) == ("picked", None, world.shelf)
    assert trade.row(lager, Delivery, note).state == "prepared"
    assert order_state(lager, lines[0]) == "approved"
    deliveries.hand_over(lager, delivery_id=note)
    again = figures(lager)[-1]
    assert again.cash_ore == line.cash_ore
    assert again.inputs["refurb_ore"] == 5_500


def test_a_program_that_only_undoes_knows_how(world: World, lager: Context) -> None:
    """The history page may be all that was ever opened; nothing else has been imported then."""
    _units, lines = picked(world, 1)
    done = deliveries.hand_over(lager, line_ids=lines)
    url = world.context.database.url.render_as_string(hide_password=False)
    program = """
import sys
from moebelcirkel.services import changes
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests.clock import Clock

database = Database(sys.argv[1])
changes.undo(Context(database, SYSTEM, clock=Clock()), int(sys.argv[2]))
database.close()
"""
    command = [sys.executable, "-c", program, url, str(done.change_id)]
    root = Path(__file__).resolve().parents[2]
    subprocess.run(command, check=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert [line.kind for line in figures(lager)] == ["hand_over", "reversal"]
    assert order_state(lager, lines[0]) == "approved"


def test_undo_is_refused_when_the_piece_has_come_back(world: World, lager: Context) -> None:
    units, lines = picked(world, 1)
    done = deliveries.hand_over(lager, line_ids=lines)
    back(world, units)
    with pytest.raises(Refused, match="has been changed since"):
        changes.undo(lager, done.change_id or 0)


@pytest.mark.parametrize("name", ["leader", "bench", "controller", "admin", "employee"])
def test_only_the_warehouse_delivers_and_takes_back(world: World, name: str) -> None:
    units, lines = picked(world, 1)
    asker = world.person(name)
    for call in (
        lambda: deliveries.prepare_note(asker, world.school),
        lambda: deliveries.prepare_notes(asker),
        lambda: deliveries.hand_over(asker, line_ids=lines),
        lambda: deliveries.returnable(asker, trade.number(asker, units[0])),
        lambda: deliveries.take_back(asker, [Returned("MC-1", "B")], place_id=world.shelf),
        lambda: deliveries.notes(asker),
        lambda: deliveries.pick_list_pdf(asker),
        lambda: deliveries.notes_pdf(asker, [1]),
    ):
        with pytest.raises(Refused, match="do not have the right"):
            call()
