"""Mistakes at intake: one piece taken out of its batch, and a wrong type, condition or place."""

import dataclasses

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.labels import label_number
from moebelcirkel.services import (
    articles,
    cases,
    changes,
    deliveries,
    intake,
    orders,
    stock,
    tasks,
    units,
)
from moebelcirkel.services.articles import lists as article_list
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context, Done
from moebelcirkel.services.deliveries import picking, returns
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.intake import Batch, Part, Registered
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.intake.corrections import BatchCorrection
from moebelcirkel.services.start import getting_started
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from tests import trade
from tests.services.sound import assert_whole
from tests.services.undoing import assert_undone, undo
from tests.services.working_day import picture
from tests.world import World


def received(world: World, *parts: Part) -> Registered:
    """A batch from the home, three good chairs on the shelf unless said otherwise."""
    batch = Batch(
        parts=parts or (Part("B", 3, "shelf", world.shelf),),
        article_id=world.chair,
        giver_id=world.home,
    )
    return intake.register(world.person("lager"), batch)


def states(world: World, done: Registered) -> list[str]:
    return [trade.state(world.context, key) for key in done.unit_ids]


def desk(lager: Context) -> int:
    values = ArticleValues(name="Skrivebord", category_key="desk_fixed", weight_g=40_000)
    return int(articles.add(lager, values).id)


def deliver(world: World, unit_id: int) -> Done:
    """Sell the piece to the school and hand it over."""
    lager = world.person("lager")
    if trade.state(world.context, unit_id) != "listed":
        stock.put_on_sale(lager, [unit_id])
    lines = trade.order(world, [unit_id])
    deliveries.pick(lager, lines)
    return deliveries.hand_over(lager, line_ids=lines)


def test_one_piece_is_taken_out_of_its_batch_and_put_back_by_undo(
    world: World, lager: Context
) -> None:
    done = received(world)
    middle = done.unit_ids[1]
    assert_undone(lager, lambda: intake_corrections.remove(lager, middle))

    intake_corrections.remove(lager, middle)
    assert states(world, done) == ["received", "void", "received"]
    [row] = intake.batches_today(lager)
    assert (row.pieces, row.registered) == (2, 3)
    assert {each.name: each.pieces_today for each in intake.givers(lager)}["Plejecenter Åbo"] == 2
    assert [piece.state for piece in intake.batch(lager, row.id).pieces].count("void") == 1
    told = units.passport(lager, middle).history[0]
    assert told.title == "Registreringen er fortrudt: møblet var talt med ved en fejl"
    assert_whole(world)
    later = received(world)
    assert later.numbers[0] == label_number("MC", 4)
    with pytest.raises(Refused, match="is undone"):
        intake_corrections.remove(lager, middle)


def test_a_batch_is_undone_also_after_pieces_were_taken_out_of_it(
    world: World, lager: Context
) -> None:
    done = received(world, Part("B", 2, "shelf", world.shelf), Part("C", 1, "workshop"))
    shelf, _kept, bench = done.unit_ids
    stock.move(lager, [shelf], world.workshop)
    out = intake_corrections.remove(lager, shelf)
    intake_corrections.remove(lager, bench)
    assert_whole(world)
    undone = changes.undo(lager, done.change_id or 0)
    assert states(world, done) == ["void"] * 3
    assert_whole(world)
    with pytest.raises(Refused, match="whole batch"):
        undo(lager, out)
    changes.redo(lager, undone.change_id or 0)
    assert states(world, done) == ["void", "received", "void"]
    assert [row.pieces for row in intake.batches_today(lager)] == [1]
    assert_whole(world)


def test_the_codes_of_a_piece_that_was_never_there_are_free_for_another(
    world: World, lager: Context
) -> None:
    first, second, _third = received(world).unit_ids
    values = unit_values.UnitValues(codes=("KK-1",))
    unit_values.save(lager, first, values, trade.unit(world, first).version)
    assert_undone(lager, lambda: intake_corrections.remove(lager, first))
    intake_corrections.remove(lager, first)
    unit_values.save(lager, second, values, trade.unit(world, second).version)
    assert_whole(world)


def test_what_was_worked_on_since_is_not_taken_out_again(
    world: World, lager: Context, bench: Context
) -> None:
    tasks.confirm_rates(world.context)
    unit = received(world, Part("C", 1, "workshop")).unit_ids[0]
    [case] = trade.rows(world.context, select(Case.id))
    out = intake_corrections.remove(lager, unit)
    back = changes.undo(lager, out.change_id or 0)
    kind = trade.rows(world.context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))[0]
    cases.add_task(bench, case, kind, done=True)
    with pytest.raises(Refused, match="begun in the workshop"):
        changes.redo(lager, back.change_id or 0)
    assert trade.row(world.context, Case, case).state == "assess"
    assert_whole(world)


def test_a_piece_in_a_basket_keeps_what_it_was_taken_for(world: World, lager: Context) -> None:
    unit = received(world, Part("B", 1, "sale", world.shelf)).unit_ids[0]
    fixed = intake_corrections.correct(lager, unit, BatchCorrection(condition="D"))
    trade.hold(world, unit, world.school)
    with pytest.raises(Refused, match="in the basket of"):
        undo(lager, fixed)
    assert (trade.unit(world, unit).condition, trade.unit(world, unit).price_ore) == ("D", 34_000)
    assert_whole(world)


def test_a_piece_that_has_moved_on_is_not_taken_out_and_the_refusal_says_what_to_do(
    world: World, lager: Context, bench: Context
) -> None:
    tasks.confirm_rates(world.context)
    kind = trade.rows(world.context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))[0]
    begun, worked, held, ordered, picked, out, scrapped, back = received(
        world, Part("B", 8, "shelf", world.shelf)
    ).unit_ids

    case = cases.send(lager, [begun]).case_id
    cases.add_task(bench, case, kind)
    finished = cases.send(lager, [worked]).case_id
    cases.add_task(bench, finished, kind, done=True)
    cases.finish(bench, finished, "B", place_id=world.shelf)
    stock.put_on_sale(lager, [held])
    trade.hold(world, held, world.school)
    stock.put_on_sale(lager, [ordered, picked])
    trade.order(world, [ordered])
    deliveries.pick(lager, trade.order(world, [picked]))
    for unit in (out, back):
        deliver(world, unit)
    number = trade.number(world.context, back)
    returns.take_back(lager, [Returned(number, "C")], place_id=world.shelf)
    stock.scrap(lager, [scrapped], "broken")

    for unit, why in (
        (begun, "begun in the workshop"),
        (worked, "Work or a hand-over is booked"),
        (held, "in the basket of"),
        (ordered, "Cancel the order"),
        (picked, "Put it back"),
        (out, "Undo the hand-over"),
        (scrapped, "Undo the scrapping"),
        (back, "handed over before"),
    ):
        with pytest.raises(Refused, match=why):
            intake_corrections.remove(lager, unit)
        if unit not in (begun, worked):
            with pytest.raises(Refused, match=why):
                intake_corrections.correct(lager, unit, BatchCorrection(condition="D"))
    assert_whole(world)


def test_a_wrong_type_gives_the_figures_and_the_price_of_the_right_one(
    world: World, lager: Context
) -> None:
    right = desk(lager)
    unit, other, _third = received(world).unit_ids
    before = units.passport(lager, unit).figures
    assert_undone(
        lager, lambda: intake_corrections.correct(lager, unit, BatchCorrection(article_id=right))
    )
    intake_corrections.correct(lager, unit, BatchCorrection(article_id=right))
    seen = units.passport(lager, unit)
    assert seen.article_id == right
    assert seen.figures != before
    assert seen.price_ore == units.passport(lager, received_as(world, right)).price_ore
    assert seen.history[0].title == (
        "Møbeltypen rettet fra Kontorstol HÅG SoFi 7200 til Skrivebord"
    )

    deliver(world, unit)
    deliver(world, other)
    [line, chair] = trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))
    assert (line.article_id, line.category_key) == (right, "desk_fixed")
    assert line.inputs["mass_kg"] == "40"
    assert chair.category_key == "office_task_chair"
    assert_whole(world)


def received_as(world: World, article: int) -> int:
    """The same condition of another type, registered rightly."""
    part = Part("B", 1, "shelf", world.shelf)
    batch = Batch(parts=(part,), article_id=article, giver_id=world.home)
    return int(intake.register(world.person("lager"), batch).unit_ids[0])


def test_the_check_takes_the_type_a_piece_had_when_its_line_was_written(
    world: World, lager: Context, leader: Context
) -> None:
    unit = received(world).unit_ids[0]
    undo(lager, deliver(world, unit))
    [line] = trade.rows(world.context, select(OrderLine))
    picking.unpick(lager, [line.id])
    orders.cancel(leader, line.order_id)
    right = desk(lager)
    intake_corrections.correct(lager, unit, BatchCorrection(article_id=right))
    assert_whole(world)
    deliver(world, unit)
    kinds = [
        (each.kind, each.article_id)
        for each in trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))
    ]
    assert kinds == [("hand_over", world.chair), ("reversal", world.chair), ("hand_over", right)]
    assert_whole(world)


def test_a_wrong_condition_gives_the_share_of_life_and_the_price_of_the_right_one(
    world: World, lager: Context
) -> None:
    unit = received(world).unit_ids[0]
    intake_corrections.correct(lager, unit, BatchCorrection(condition="D"))
    assert trade.unit(world, unit).condition_reason is None
    assert_undone(
        lager, lambda: intake_corrections.correct(lager, unit, BatchCorrection(condition="A"))
    )
    intake_corrections.correct(lager, unit, BatchCorrection(condition="A"))
    row = trade.unit(world, unit)
    assert (row.condition, row.condition_reason, row.price_ore) == ("A", "mistyped", 168_000)
    assert (
        units.passport(lager, unit)
        .history[0]
        .title.startswith("Stand ved modtagelsen rettet fra D til A")
    )
    deliver(world, unit)
    [line] = trade.rows(world.context, select(FigureLine))
    assert (line.inputs["base_l"], line.inputs["condition_reason"]) == ("0.8", "mistyped")
    assert_whole(world)


def test_a_wrong_place_and_all_at_once_are_one_change(world: World, lager: Context) -> None:
    unit = received(world).unit_ids[0]
    right = BatchCorrection(article_id=desk(lager), condition="C", place_id=world.workshop)
    done = intake_corrections.correct(lager, unit, right)
    row = trade.unit(world, unit)
    assert (row.condition, row.place_id) == ("C", world.workshop)
    told = [each.title for each in units.passport(lager, unit).history[:3]]
    assert any(title.startswith("Placering rettet til ") for title in told)
    undo(lager, done)
    row = trade.unit(world, unit)
    assert (row.article_id, row.condition, row.place_id) == (world.chair, "B", world.shelf)
    assert_whole(world)


def test_a_batch_with_a_corrected_piece_says_which_one_keeps_it_from_being_undone(
    world: World, lager: Context
) -> None:
    done = received(world)
    fixed = intake_corrections.correct(lager, done.unit_ids[1], BatchCorrection(condition="C"))
    with pytest.raises(Refused) as caught:
        undo(lager, done)
    assert caught.value.values["number"] == done.numbers[1]
    undo(lager, fixed)
    undo(lager, done)
    assert states(world, done) == ["void"] * 3
    assert_whole(world)


# --- the type that an intake made ---------------------------------------------------------------


def bed(world: World, *, more: int | None = None) -> Registered:
    """A batch of a type nobody has seen, with its picture; ``more`` of a known one without."""
    part = Part("B", 2, "shelf", world.shelf)
    if more is not None:
        return intake.register(world.person("lager"), Batch(parts=(part,), article_id=more))
    values = ArticleValues(name="Plejeseng Opus", category_key="care_bed")
    batch = Batch(parts=(part,), new_article=values, pictures=(picture("opus"),))
    return intake.register(world.person("lager"), batch)


def known(world: World) -> tuple[list[str], int, int]:
    """What is offered for "opus", and how many types the list and the first steps count."""
    lager = world.person("lager")
    offered = [hit.name for hit in articles.suggest(lager, "opus")]
    counted = getting_started.state(world.person("admin")).counts.articles
    return offered, article_list.find(lager, "").total, counted


def test_undoing_an_intake_takes_the_type_along_that_it_made(world: World, lager: Context) -> None:
    before = known(world)
    done = bed(world)
    assert known(world) == (["Plejeseng Opus"], before[1] + 1, before[2] + 1)
    undone = changes.undo(lager, done.change_id or 0)
    assert known(world) == before
    assert units.passport(lager, done.unit_ids[0]).name == "Plejeseng Opus"
    changes.redo(lager, undone.change_id or 0)
    assert known(world)[0] == ["Plejeseng Opus"]
    assert len(articles.get(lager, done.article_id).photos) == 1
    assert_whole(world)


def test_a_type_that_others_use_stays_with_its_pictures(world: World, lager: Context) -> None:
    done = bed(world)
    article = done.article_id
    other = bed(world, more=article)
    undo(lager, done)
    assert known(world)[0] == ["Plejeseng Opus"]
    assert len(articles.get(lager, article).photos) == 1
    undo(lager, other)
    assert known(world)[0] == []
    assert_whole(world)


def test_a_type_that_somebody_has_corrected_stays_and_is_in_nobodys_way(
    world: World, lager: Context
) -> None:
    done = bed(world)
    seen = articles.get(lager, done.article_id)
    right = dataclasses.replace(seen.values, colour="Hvid")
    articles.save(lager, right, seen.id, seen.version)
    undo(lager, done)
    assert states(world, done) == ["void"] * 2
    assert known(world)[0] == ["Plejeseng Opus"]
    assert_whole(world)


def test_a_type_made_by_hand_stays_when_its_only_batch_is_undone(
    world: World, lager: Context
) -> None:
    values = ArticleValues(name="Plejeseng Opus", category_key="care_bed")
    article = articles.add(lager, values).id
    undo(lager, bed(world, more=article))
    assert known(world)[0] == ["Plejeseng Opus"]
