"""Pairs of writes that rely on each other, on what lies there in the middle of a day."""

import dataclasses
import datetime as dt

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.factors import FactorFigures
from moebelcirkel.domain.orders import Why
from moebelcirkel.services import (
    articles,
    cases,
    changes,
    deliveries,
    factors,
    imports,
    institutions,
    intake,
    orders,
    photos,
    places,
    reports,
    stock,
    tasks,
    users,
    wants,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.deliveries import picking, returns
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.shop import baskets as shop_basket
from moebelcirkel.services.shop.lending import set_loan
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.storage.tables.factors import Factor
from moebelcirkel.storage.tables.users import User
from tests import trade
from tests.services import working_day
from tests.services.beside import Call, undo
from tests.services.loan_pairs import LOANS
from tests.services.pickup_pairs import PICKUP_PAIRS
from tests.services.receipt_pairs import RECEIPTS
from tests.services.setting_pairs import SETTING_PAIRS
from tests.services.settling_pairs import SETTLING
from tests.services.type_pairs import TYPES
from tests.services.working_day import Day

SOURCE = imports.read(
    b"nummer;navn;kategori;pris\nK-1;Skrivebord;Skrivebord;1000\nK-2;Bord;Skrivebord;900\n", "l.csv"
)


def choices(day: Day) -> imports.ImportChoices:
    basis = imports.PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Prisliste")
    return dataclasses.replace(imports.suggest(day.person("admin"), SOURCE), basis=basis)


def desk(name: str = "Bord", key: str = "B-1") -> ArticleValues:
    return ArticleValues(name=name, category_key="desk_fixed", key=key)


def batch(day: Day, article: int, place: int) -> intake.Batch:
    part = intake.Part("B", 2, "shelf", place)
    return intake.Batch(giver_id=day.home, article_id=article, parts=(part,))


def returned(day: Day) -> tuple[list[Returned]]:
    return ([Returned(trade.number(day.context, unit), "B") for unit in day["out"]],)


def figures(day: Day) -> FactorFigures:
    row = trade.row(day.context, Factor, day["factor"])
    known = FactorFigures(**{name: getattr(row, name) for name in factors.FIGURES})
    return dataclasses.replace(known, source="Ny kilde")


def scan(day: Day) -> tuple[str]:
    return (trade.number(day.context, day["free"][0]),)


def version_of(day: Day, name: str) -> tuple[int, int]:
    known = day.people[name].user_id or 0
    return known, trade.row(day.context, User, known).version


YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
NEW_SET = dt.date(2027, 5, 1)


def wanted(day: Day, words: str = "bogreol") -> wants.WantForm:
    return wants.WantForm(dt.date(2027, 1, 1), Answer.YES, words, pieces=2)


PAIRS: tuple[tuple[Call, Call], ...] = (
    (
        Call(wants.create, "leader", lambda day: (day.school, wanted(day))),
        Call(wants.create, "naboleder", lambda day: (day.home, wanted(day, "stol"))),
    ),
    (
        Call(wants.correct, "leader", lambda day: (day["want"], wanted(day, "reol"), 1)),
        Call(wants.end, "leader", lambda day: (day["want"], 1)),
    ),
    (
        Call(wants.order, "leader", lambda day: (day["want"], day["found"])),
        Call(wants.end, "leader", lambda day: (day["want"],)),
    ),
    # Of types and their pictures
    (
        Call(articles.add, "lager", lambda _: (desk("Nyt bord", "B-2"),)),
        Call(articles.save, "lager", lambda day: (desk("Nyt bord", "B-2"), day["desk"])),
    ),
    *TYPES,
    (
        Call(
            photos.add,
            "lager",
            lambda _: ([working_day.picture("ny")],),
            lambda day: {"article_id": day["desk"]},
        ),
        Call(
            photos.add,
            "lager",
            lambda _: ([working_day.picture("ny")],),
            lambda day: {"article_id": day.chair},
        ),
    ),
    (
        Call(photos.remove, "lager", lambda day: (day["photos"][0],)),
        Call(photos.reorder, "lager", lambda day: (day["photos"][::-1],)),
    ),
    (
        Call(imports.run, "admin", lambda day: (SOURCE, choices(day))),
        Call(articles.add, "lager", lambda _: (desk("Skrivebord", "K-2"),)),
    ),
    (
        Call(imports.run, "admin", lambda day: (SOURCE, choices(day))),
        Call(imports.run, "admin", lambda day: (SOURCE, choices(day))),
    ),
    (
        Call(
            photos.add,
            "lager",
            lambda _: ([working_day.picture("ny")],),
            lambda day: {"article_id": day["bare"]},
        ),
        undo("bare_added"),
    ),
    # Places
    (
        Call(places.create_series, "admin", lambda _: ("Hal 7, Reol 1–3, hylde A–B",)),
        Call(places.save, "admin", lambda _: (places.PlaceForm("7-02-A"),)),
    ),
    (
        Call(places.delete, "admin", lambda day: (day["place"], 1)),
        Call(intake.register, "lager", lambda day: (batch(day, day.chair, day["place"]),)),
    ),
    (
        Call(
            places.save,
            "admin",
            lambda day: (places.PlaceForm("9-01-A", active=False), day["place"], 1),
        ),
        Call(stock.move, "lager", lambda day: (day["free"][:2], day["place"])),
    ),
    # Stock
    (
        Call(stock.put_on_sale, "lager", lambda day: (day["received"][6:], 50_000)),
        Call(cases.send, "lager", lambda day: (day["received"][6:],)),
    ),
    (
        Call(stock.take_off_sale, "lager", lambda day: (day["free"],)),
        Call(shop_basket.hold, "leader", lambda day: (day.school, day["key"], 2)),
    ),
    (
        Call(stock.set_price, "lager", lambda day: (day["free"][:4], 90_000)),
        Call(stock.set_condition, "lager", lambda day: (day["free"][2:5], "C")),
    ),
    (
        Call(stock.scrap, "lager", lambda day: (day["received"][1:3], "broken")),
        Call(cases.finish, "bench", lambda day: (day["case"], "B")),
    ),
    (
        Call(
            unit_values.save,
            "lager",
            lambda day: (
                day["edited"],
                unit_values.UnitValues(note="poleret"),
                day["edit_version"],
            ),
        ),
        undo("edit"),
    ),
    (
        Call(
            unit_values.save,
            "lager",
            lambda day: (day["received"][6], unit_values.UnitValues(codes=("KK-2",)), 1),
        ),
        Call(
            unit_values.save,
            "lager2",
            lambda day: (day["received"][7], unit_values.UnitValues(codes=("KK-2",)), 1),
        ),
    ),
    (
        Call(intake_corrections.remove, "lager", lambda day: (day["received"][6],)),
        Call(cases.send, "lager", lambda day: (day["received"][6:],)),
    ),
    (
        Call(
            intake_corrections.correct,
            "lager",
            lambda day: (day["received"][7], intake_corrections.BatchCorrection(condition="D")),
        ),
        Call(stock.scrap, "lager", lambda day: (day["received"][7:], "broken")),
    ),
    (
        Call(changes.redo, "lager", lambda day: (day["undone"],)),
        Call(stock.put_on_sale, "lager", lambda day: (day["received"][6:7],)),
    ),
    (
        Call(
            intake_corrections.correct,
            "lager",
            lambda day: (day["free"][0], intake_corrections.BatchCorrection(condition="C")),
        ),
        Call(picking.pick_by_scan, "lager2", scan),
    ),
    (
        Call(changes.redo, "lager", lambda day: (day["undone"],)),
        Call(changes.redo, "lager", lambda day: (day["undone"],)),
    ),
    # Workshop
    (
        Call(
            cases.add_task,
            "bench",
            lambda day: (day["case"], day["task_type"]),
            lambda day: {"hour_rate_id": day["rate"]},
        ),
        Call(tasks.delete_task, "admin", lambda day: (day["task_type"], 1)),
    ),
    (
        Call(
            cases.set_task,
            "bench",
            lambda day: (day["case_task"],),
            lambda day: {"hour_rate_id": day["rate"]},
        ),
        Call(tasks.delete_rate, "admin", lambda day: (day["rate"], 1)),
    ),
    (
        Call(cases.move, "bench", lambda day: (day["case"], "working", 1)),
        Call(cases.set_note, "bench", lambda day: (day["case"], "Venter", None, 1)),
    ),
    (
        Call(cases.remove_task, "bench", lambda day: (day["case_task"],)),
        Call(cases.split, "bench", lambda day: (day["case"], day["received"][1:2])),
    ),
    (undo("finish", "bench"), Call(stock.put_on_sale, "lager", lambda day: (day["ready"],))),
    # Shop and orders
    (
        Call(shop_basket.hold, "leader", lambda day: (day.school, day["key"], 6)),
        Call(shop_basket.hold, "naboleder", lambda day: (day.home, day["key"], 6)),
    ),
    (
        Call(shop_basket.extend, "naboleder", lambda day: (day.home,)),
        Call(shop_basket.release, "naboleder", lambda day: (day.home, day["sale"][12:13])),
    ),
    (
        Call(shop_basket.set_answer, "naboleder", lambda day: (day.home, Answer.NO)),
        Call(orders.send, "naboleder", lambda day: (day.home,)),
    ),
    (
        Call(set_loan, "naboleder", lambda day: (day.home, dt.date(2027, 1, 31))),
        Call(orders.send, "naboleder", lambda day: (day.home,)),
    ),
    (
        Call(shop_basket.forget_gone, "leader", lambda day: (day.school,)),
        Call(orders.send, "leader", lambda day: (day.school,)),
    ),
    (Call(orders.send, "leader", lambda day: (day.school,)), undo("intake")),
    (
        Call(
            shop_basket.set_cost_bearer,
            "naboleder",
            lambda day: (day["institution"], day["bearer"]),
        ),
        Call(
            institutions.save,
            "admin",
            lambda day: (InstitutionForm("Ny Skole"), day["institution"], 1),
        ),
    ),
    (
        Call(orders.approve, "approver", lambda day: (day["awaiting"],)),
        Call(orders.refuse, "approver", lambda day: (day["awaiting"], "For dyrt")),
    ),
    (
        Call(
            orders.adjust,
            "approver",
            lambda day: (day["awaiting"], day["awaiting_lines"][:1]),
            lambda _day: {"reason": "For mange"},
        ),
        Call(orders.approve, "approver", lambda day: (day["awaiting"],)),
    ),
    (
        Call(shop_basket.again, "leader", lambda day: (day["order"],)),
        Call(shop_basket.hold, "naboleder", lambda day: (day.home, day["key"], 6)),
    ),
    (
        Call(orders.approve, "approver", lambda day: (day["awaiting"],)),
        Call(orders.cancel, "leader", lambda day: (day["awaiting"],)),
    ),
    (
        Call(orders.approve, "approver", lambda day: (day["awaiting"],)),
        Call(users.delete, "admin", lambda day: version_of(day, "leader")),
    ),
    (
        Call(orders.send, "leader", lambda day: (day.school,)),
        Call(
            institutions.save,
            "admin",
            lambda day: (
                InstitutionForm("Søndervangskolen", ceilings=(Ceiling(2020, "", 0),)),
                day.school,
            ),
        ),
    ),
    (
        Call(orders.cancel, "leader", lambda day: (day["order"],)),
        Call(picking.pick, "lager", lambda day: (day["open"],)),
    ),
    (
        Call(orders.call_off, "lager", lambda day: (day["order"], Why.BROKEN)),
        Call(orders.cancel, "leader", lambda day: (day["order"],)),
    ),
    (undo("sent", "leader"), Call(picking.pick, "lager", lambda day: (day["sent_lines"],))),
    # Delivering
    (Call(picking.pick_by_scan, "lager", scan), Call(picking.pick_by_scan, "lager2", scan)),
    (
        Call(picking.unpick, "lager", lambda day: (day["picked"],)),
        Call(deliveries.prepare_note, "lager", lambda day: (day.home,)),
    ),
    (
        Call(deliveries.prepare_notes, "lager"),
        Call(deliveries.hand_over, "lager2", named=lambda day: {"line_ids": day["picked"]}),
    ),
    (
        Call(deliveries.hand_over, "lager", named=lambda day: {"line_ids": day["picked"]}),
        undo("pick"),
    ),
    (
        Call(deliveries.hand_over, "lager", named=lambda day: {"delivery_id": day["note"]}),
        Call(deliveries.hand_over, "lager2", named=lambda day: {"delivery_id": day["note"]}),
    ),
    (
        Call(returns.take_back, "lager", returned, lambda day: {"place_id": day.shelf}),
        undo("hand_over"),
    ),
    *LOANS,
    *SETTING_PAIRS,
    *SETTLING,
    *PICKUP_PAIRS,
    *RECEIPTS,
    # Factors and reports
    (
        Call(factors.copy, "admin", lambda day: (day["set"], "2027.2", NEW_SET)),
        Call(factors.save_set, "admin", lambda day: (day["draft"], 1, "2027.2", NEW_SET)),
    ),
    (
        Call(factors.release, "admin", lambda day: (day["draft"], 1)),
        Call(factors.save, "admin", lambda day: (day["factor"], 1, figures(day))),
    ),
    (
        Call(factors.release, "admin", lambda day: (day["draft"], 1)),
        Call(reports.record, "controller", lambda _: YEAR),
    ),
    (
        Call(factors.release, "admin", lambda day: (day["draft"], 1)),
        Call(deliveries.hand_over, "lager", named=lambda day: {"line_ids": day["picked"]}),
    ),
    (
        Call(factors.delete, "admin", lambda day: (day["draft"], 1)),
        Call(factors.copy, "admin", lambda day: (day["draft"], "2027.3", NEW_SET)),
    ),
    (
        Call(reports.record, "controller", lambda _: YEAR),
        Call(deliveries.hand_over, "lager", named=lambda day: {"line_ids": day["picked"]}),
    ),
)
