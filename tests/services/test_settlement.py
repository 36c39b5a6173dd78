"""Settling charges: each once, balanced, made by one and released by another, locked for ever."""

import dataclasses
import datetime as dt
import errno
import hashlib
import os
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, institutions, parameters, settlement
from moebelcirkel.services.context import Work
from moebelcirkel.services.settlement import SettlementScope
from moebelcirkel.storage.tables.institutions import Institution
from tests import trade
from tests.clock import Clock
from tests.documents.reading import whole_text
from tests.services import settling
from tests.services.settling import INVOICES, NOVEMBER
from tests.services.sound import assert_whole
from tests.world import World


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world)
    return world


def state(world: World, batch_id: int) -> SettlementState:
    return settlement.detail(world.person("controller"), batch_id).row.state


def test_a_preview_tells_what_a_batch_will_be(ready: World) -> None:
    settling.hand_over(ready)
    settling.hand_over(ready, 1, price_ore=0)
    shown = settlement.preview(ready.person("controller"), NOVEMBER)
    assert (shown.charges, shown.free, shown.postings, shown.older) == (3, 1, 2, 0)
    assert shown.debit_ore == shown.credit_ore == shown.net_ore == 2 * trade.PRICE
    assert [(part.name, part.net_ore) for part in shown.parts] == [
        ("Søndervangskolen", 2 * trade.PRICE)
    ]
    assert shown.faults == ()
    assert settling.batches(ready) == []


def test_every_charge_is_taken_once_and_what_costs_nothing_is_settled_too(ready: World) -> None:
    settling.hand_over(ready)
    settling.hand_over(ready, 1, price_ore=0)
    done = settling.made(ready)
    assert (done.number, done.charges, done.net_ore) == ("A-2026-001", 3, 2 * trade.PRICE)
    with pytest.raises(Refused, match="Nothing waits"):
        settling.made(ready)
    settling.hand_over(ready, 1)
    assert settling.made(ready).charges == 1
    assert_whole(ready)


def test_a_charge_from_before_the_period_that_was_never_taken_is_taken(
    ready: World, clock: Clock
) -> None:
    settling.hand_over(ready)
    clock.advance(days=30)
    december = SettlementScope(dt.date(2026, 12, 1), dt.date(2026, 12, 20))
    assert settlement.preview(ready.person("controller"), december).older == 2
    assert settling.made(ready, december).charges == 2


def test_a_charge_after_the_period_waits(ready: World) -> None:
    settling.hand_over(ready)
    with pytest.raises(Refused, match="Nothing waits"):
        settling.made(ready, SettlementScope(dt.date(2026, 10, 1), dt.date(2026, 10, 31)))


def test_a_period_that_has_not_ended_is_refused(ready: World) -> None:
    with pytest.raises(Refused, match="has not ended"):
        settling.made(ready, SettlementScope(dt.date(2026, 11, 1), dt.date(2026, 11, 21)))


def test_a_hand_over_undone_after_it_was_settled_is_given_back_by_the_next_batch(
    ready: World, tmp_path: Path
) -> None:
    change = settling.hand_over(ready)
    done = settling.made(ready)
    settling.released(ready, settling.second(ready), done.id, tmp_path)
    changes.undo(ready.person("lager"), change)
    back = settlement.preview(ready.person("controller"), NOVEMBER)
    assert (back.net_ore, back.debit_ore) == (-2 * trade.PRICE, 2 * trade.PRICE)
    assert settling.made(ready).net_ore == -2 * trade.PRICE
    assert settling.paid(ready) == 0
    assert_whole(ready)


def test_what_is_given_back_before_it_is_settled_comes_to_no_posting(ready: World) -> None:
    changes.undo(ready.person("lager"), settling.hand_over(ready))
    done = settling.made(ready)
    assert (done.charges, done.debit_ore, done.net_ore) == (4, 0, 0)
    assert_whole(ready)


def test_postings_are_gathered_by_month_where_that_is_chosen(ready: World) -> None:
    settling.hand_over(ready)
    settling.hand_over(ready)
    monthly = dataclasses.replace(NOVEMBER, monthly=True)
    controller = ready.person("controller")
    assert settlement.preview(controller, NOVEMBER).postings == 4
    assert settlement.preview(controller, monthly).postings == 2
    assert settling.made(ready, monthly).debit_ore == 4 * trade.PRICE
    assert_whole(ready)


def test_who_made_a_batch_does_not_release_it(ready: World, tmp_path: Path) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)
    with pytest.raises(Refused, match="made settlement .* yourself"):
        settlement.save_and_release(ready.person("controller"), done.id, tmp_path / "a.csv")
    assert list(tmp_path.glob("a.csv*")) == []
    assert state(ready, done.id) is SettlementState.READY


def test_release_saves_the_file_first_and_the_same_bytes_can_be_saved_again(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)
    saved = settling.released(ready, settling.second(ready), done.id, tmp_path)
    assert hashlib.sha256(saved).hexdigest() == done.file_sha256
    assert settlement.posting_file(ready.person("controller"), done.id) == saved
    assert state(ready, done.id) is SettlementState.RELEASED
    assert_whole(ready)


def test_a_full_drive_releases_nothing_and_leaves_nothing(
    ready: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="nothing was released"):
        settlement.save_and_release(settling.second(ready), done.id, tmp_path / "a.csv")
    monkeypatch.undo()
    assert list(tmp_path.glob("a.csv*")) == []
    assert state(ready, done.id) is SettlementState.READY


def test_a_file_that_cannot_be_replaced_releases_nothing(ready: World, tmp_path: Path) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(Refused, match="Close it where it is open"):
        settlement.save_and_release(settling.second(ready), done.id, tmp_path / "a.csv")
    assert state(ready, done.id) is SettlementState.READY


def test_the_second_of_two_who_release_is_told_who_did_and_leaves_the_file_as_it_was(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done, other = settling.made(ready), settling.second(ready)
    settling.released(ready, other, done.id, tmp_path)
    there = tmp_path / "b.csv"
    there.write_text("mine")
    with pytest.raises(Refused, match="was released by"):
        settlement.save_and_release(other, done.id, there)
    assert there.read_text() == "mine"
    with pytest.raises(Refused, match="was released by"):
        settlement.release(other, done.id, done.file_sha256)


def test_another_file_than_the_batchs_own_releases_nothing(ready: World) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)
    with pytest.raises(Refused, match="not that of settlement"):
        settlement.release(settling.second(ready), done.id, "0" * 64)


def test_a_released_batch_is_booked_once_under_a_voucher_number(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done, controller = settling.made(ready), ready.person("controller")
    with pytest.raises(Refused, match="not been released"):
        settlement.book(controller, done.id, "8100004711")
    settling.released(ready, settling.second(ready), done.id, tmp_path)
    with pytest.raises(Refused, match="Write the voucher number"):
        settlement.book(controller, done.id, "  ")
    settlement.book(controller, done.id, " 8100004711 ")
    row = settlement.detail(controller, done.id).row
    assert (row.state, row.voucher) == (SettlementState.BOOKED, "8100004711")
    with pytest.raises(Refused, match="booked already, by voucher 8100004711"):
        settlement.book(controller, done.id, "2")
    assert_whole(ready)


def test_a_batch_that_is_not_released_is_withdrawn_by_undo_and_its_charges_wait_again(
    ready: World,
) -> None:
    settling.hand_over(ready)
    done, controller = settling.made(ready), ready.person("controller")
    changes.undo(controller, done.change_id or 0)
    assert state(ready, done.id) is SettlementState.WITHDRAWN
    again = settling.made(ready)
    assert (again.number, again.charges) == ("A-2026-002", 2)
    settlement.withdraw(controller, again.id)
    with pytest.raises(Refused, match="withdrawn already"):
        settlement.withdraw(controller, again.id)
    assert settling.made(ready).charges == 2
    assert_whole(ready)


def test_a_locked_batch_cannot_be_undone_and_says_which_way_is_open(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done, other = settling.made(ready), settling.second(ready)
    path = tmp_path / "a.csv"
    let_go = settlement.save_and_release(other, done.id, path).released
    for change_id, who in ((done.change_id, ready.person("controller")), (let_go.change_id, other)):
        with pytest.raises(Refused, match="Reverse it on the page Settlement"):
            changes.undo(who, change_id or 0)
    with pytest.raises(Refused, match="is locked"):
        settlement.withdraw(other, done.id)


def test_a_reversing_batch_frees_the_charges_once_it_is_released(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done, controller = settling.made(ready), ready.person("controller")
    other = settling.second(ready)
    with pytest.raises(Refused, match="Withdraw it instead"):
        settlement.reverse(controller, done.id)
    settling.released(ready, other, done.id, tmp_path)
    back = settlement.reverse(controller, done.id)
    assert (back.net_ore, back.debit_ore) == (-2 * trade.PRICE, 2 * trade.PRICE)
    with pytest.raises(Refused, match="reversed by A-2026-002 already"):
        settlement.reverse(other, done.id)
    with pytest.raises(Refused, match="Nothing waits"):
        settling.made(ready)
    settling.released(ready, other, back.id, tmp_path)
    assert state(ready, done.id) is SettlementState.REVERSED
    assert settling.paid(ready) == 0
    with pytest.raises(Refused, match="nothing to reverse"):
        settlement.reverse(other, back.id)
    assert settling.made(ready).net_ore == 2 * trade.PRICE
    assert settling.paid(ready) == 2 * trade.PRICE
    assert_whole(ready)


def test_a_reversing_batch_may_be_given_up_and_made_again(ready: World, tmp_path: Path) -> None:
    settling.hand_over(ready)
    done, other = settling.made(ready), settling.second(ready)
    settling.released(ready, other, done.id, tmp_path)
    for _turn in range(2):
        back = settlement.reverse(other, done.id)
        changes.undo(other, back.change_id or 0)
    assert state(ready, done.id) is SettlementState.RELEASED
    settlement.reverse(other, done.id)
    assert_whole(ready)


def test_what_came_between_preview_and_making_stops_the_batch(ready: World) -> None:
    change = settling.hand_over(ready)
    seen = settlement.preview(ready.person("controller"), NOVEMBER).seen
    changes.undo(ready.person("lager"), change)
    with pytest.raises(Stale, match="have changed since you looked"):
        settlement.make(ready.person("controller"), NOVEMBER, seen)
    seen = settlement.preview(ready.person("controller"), NOVEMBER).seen
    assert settlement.make(ready.person("controller"), NOVEMBER, seen).charges == 4


def test_without_accounts_nothing_is_made_and_the_preview_says_which_are_missing(
    world: World,
) -> None:
    parameters.save(world.person("admin"), {"settlement_confirmed": False})
    settling.hand_over(world)
    faults = settlement.preview(world.person("controller"), NOVEMBER).faults
    assert [str(each) for each in faults] == [
        "The account of who pays is missing. Fill it in under Settings, Settlement.",
        "The account of the exchange is missing. Fill it in under Settings, Settlement.",
        "The exchange's cost bearer is missing. Fill it in under Settings, Settlement.",
    ]
    with pytest.raises(Refused, match="account of who pays is missing"):
        settling.made(world)


def test_a_wrong_ean_number_is_named_before_anything_is_made(ready: World) -> None:

    def spoil(work: Work) -> None:
        work.get(Institution, ready.school).ean = "5799999000011"

    settling.hand_over(ready)
    ready.context.write("institution.save", None, spoil)
    (fault,) = settlement.preview(ready.person("controller"), NOVEMBER).faults
    assert str(fault).startswith("Søndervangskolen: the EAN number 5799999000011 is wrong")
    with pytest.raises(Refused, match="5799999000011"):
        settling.made(ready)


def test_a_closed_institution_and_an_order_without_cost_bearer_are_named_and_settled(
    ready: World,
) -> None:
    settling.hand_over(ready)
    row = institutions.get(ready.person("admin"), ready.school)
    assert row is not None
    form = dataclasses.replace(row.form, active=False)
    institutions.save(ready.person("admin"), form, ready.school, row.version)
    shown = settlement.preview(ready.person("controller"), NOVEMBER)
    assert [str(each) for each in shown.warnings] == [
        "Søndervangskolen is closed.",
        "Søndervangskolen: an order names no cost bearer.",
    ]
    assert settling.made(ready).charges == 2


def test_others_stay_out_until_the_invoice_basis_is_switched_on(ready: World) -> None:
    settling.hand_over(ready)
    row = institutions.get(ready.person("admin"), ready.school)
    assert row is not None
    form = dataclasses.replace(row.form, legal=Legal.OTHER)
    institutions.save(ready.person("admin"), form, ready.school, row.version)
    controller = ready.person("controller")
    shown = settlement.preview(controller, NOVEMBER)
    assert (shown.charges, shown.left, shown.left_ore) == (0, 2, 2 * trade.PRICE)
    with pytest.raises(Refused, match="switched off"):
        settling.made(ready, INVOICES)
    parameters.save(ready.person("admin"), {"settlement_invoices": True})
    assert settlement.preview(controller, NOVEMBER).invoices
    basis = settlement.preview(controller, INVOICES)
    assert (basis.charges, basis.debit_ore, basis.credit_ore) == (2, *[2 * trade.PRICE] * 2)
    assert [refusal(each) for each in basis.warnings][:2] == [
        "Filen har ingen kolonne CVR. Fakturaer skal bruge den: tilføj den under Indstillinger.",
        "Søndervangskolen har intet CVR-nummer.",
    ]
    settling.hand_over(ready, 1)
    with pytest.raises(Refused, match="have changed since you looked"):
        settlement.make(controller, INVOICES, basis.seen)
    done = settlement.make(controller, INVOICES, settlement.preview(controller, INVOICES).seen)
    assert b'"25 %"' in settlement.posting_file(controller, done.id)
    assert_whole(ready)


def test_an_invoice_basis_names_the_cvr_number(ready: World) -> None:
    settling.hand_over(ready, 1)
    admin = ready.person("admin")
    row = institutions.get(admin, ready.school)
    assert row is not None
    form = dataclasses.replace(row.form, legal=Legal.OTHER, cvr="41849983")
    institutions.save(admin, form, ready.school, row.version)
    columns = "Bilagsnr;EAN;CVR;DebetKredit;Beløb;Momskode"
    parameters.save(admin, {"settlement_invoices": True, "settlement_columns": columns})
    controller = ready.person("controller")
    assert [refusal(each) for each in settlement.preview(controller, INVOICES).warnings] == [
        "Søndervangskolen: en bestilling har intet betalingssted."
    ]
    done = settling.made(ready, INVOICES)
    lines = settlement.posting_file(controller, done.id).decode("utf-8-sig").splitlines()
    assert lines[1] == '1;"5799999000010";"41849983";"D";1340,00;"25 %"'
    assert lines[2] == '1;"";"";"K";1340,00;"25 %"'
    assert "CVR 41849983" in whole_text(settlement.vouchers_pdf(controller, done.id))


def test_a_posting_of_january_may_belong_to_the_old_year(ready: World, clock: Clock) -> None:
    settling.hand_over(ready)
    clock.advance(days=50)
    old = SettlementScope(
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 31),
        posting_on=dt.date(2027, 1, 9),
        fiscal_year=2026,
    )
    controller = ready.person("controller")
    done = settlement.make(controller, old)
    assert done.number == "A-2027-001"
    lines = settlement.posting_file(controller, done.id).decode("utf-8-sig").splitlines()
    assert ";09.01.2027;12;2026;" in lines[1]
    with pytest.raises(Refused, match="belongs to"):
        settlement.preview(controller, dataclasses.replace(old, fiscal_year=2025))
    with pytest.raises(Refused, match="belongs to"):
        settlement.preview(controller, dataclasses.replace(old, posting_on=dt.date(2027, 2, 1)))


def test_settling_is_for_finance_only(ready: World) -> None:
    settling.hand_over(ready)
    for name in ("lager", "leader", "admin"):
        with pytest.raises(Refused, match="do not have the right"):
            settlement.make(ready.person(name), NOVEMBER)
