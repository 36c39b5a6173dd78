"""What people write is looked at where it is stored: CPR numbers, unstorable signs, and length."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

import pytest
from sqlalchemy import String, inspect, update

from moebelcirkel.domain import users as user_rules
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.services import (
    articles,
    cases,
    factors,
    institutions,
    intake,
    orders,
    parameters,
    places,
    stock,
    tasks,
    units,
    users,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Work
from moebelcirkel.services.institutions import CostBearerForm, InstitutionForm
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.tasks import RateForm, TaskForm
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.values import UnitValues
from moebelcirkel.services.users import UserForm
from moebelcirkel.storage import texts
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import ordering, shopping
from tests.world import World

CPR = "010190-1234"
UNSTORABLE = ("a\0b", "a\ud800b", "a\uffffb")
#: ESC, BEL and one of C1; signs that turn what follows round.
HIDING = ("a\x1bb", "a\x07b", "a\x9bb", "a\u202eb", "a\u202ab", "a\u2066b")
#: Of no width, or a letter without ink.
UNSEEN = ("a\u200bb", "a\u200db", "a\ufeffb", "a\xadb", "a\u200fb", "a\u3164b", "a\u2060b")
IDENTIFYING = {
    "app_user.email",
    "app_user.login",
    "app_user.os_login",
    "article.key",
    "article.link",
    "article.model",
    "article.spare_parts",
    "cost_bearer.code",
    "import_batch.file_name",
    "place.code",
    "unit_code.code",
}

#: Texts that the program makes itself; every other text column is people's.
PROGRAM = {
    "change.request_id",
    "change.session",
    "change_link.link",
    "complaint.number",
    "delivery.number",
    "import_batch.sha256",
    "message.body",
    "message.claimed_by",
    "message.entity",
    "message.error",
    "message.once",
    "message.subject",
    "person_text.salt",
    "photo_blob.sha256",
    "pickup.number",
    "purchase.number",
    "report_record.number",
    "report_record.seal",
    "routine_run.by",
    "routine_run.routine",
    "routine_run.said",
    "run.number",
    "settlement_batch.file_sha256",
    "settlement_batch.number",
    "settlement_batch.seal",
    "settlement_check.headers",
    "settlement_check.mapping",
    "settlement_check.sha256",
    "settlement_posting.account",
    "settlement_posting.bearer",
    "settlement_posting.text",
    "shop_order.number",
    "unit.number",
    "want.number",
    "want.within",
}
#: Written with plain statements by the program, or holding what others were checked for.
NOT_PEOPLES = {
    "app_user.password_hash",
    "counter.name",
    "demand.text",
    "event.entity",
    "event.entity_id",
    "change_result.kinds",
    "login_try.key",
    "person_text.body",
    "user_badge.pin_hash",
    "user_badge.secret_digest",
}


def _models() -> list[type[Base]]:
    return sorted((each.class_ for each in Base.registry.mappers), key=lambda each: each.__name__)


def _columns() -> dict[str, tuple[type[Base], str]]:
    """Every text column of every table, without those computed from others and keys of others."""
    found = {}
    for model in _models():
        for attribute in inspect(model).column_attrs:
            column = attribute.columns[0]
            derived = column.info.get("event") == "derived"
            if isinstance(column.type, String) and not derived and not column.foreign_keys:
                found[f"{model.__tablename__}.{attribute.key}"] = (model, attribute.key)
    return found


@pytest.mark.parametrize("name", sorted(set(_columns()) - PROGRAM - NOT_PEOPLES))
def test_no_text_column_takes_a_cpr_number_or_signs_that_hide_what_it_says(name: str) -> None:
    model, column = _columns()[name]
    unseen = UNSEEN if name in IDENTIFYING else ()
    for wrong in (CPR, *UNSTORABLE, *HIDING, *unseen):
        for write in (
            partial(texts.check_rows, [model(**{column: wrong})], new=True),
            partial(texts.check_values, model, [{column: wrong}]),
        ):
            with pytest.raises(Refused) as refused:
                write()
            assert refused.value.field == column


def test_people_write_as_they_do_where_nothing_is_told_from_another_by_it() -> None:
    for text in ("👩\u200d🔧 Åse", "Bogreol\u00ad er tung", "Stol\tgrå\nog blå"):
        texts.check_rows([Unit(note=text), Article(name=text)], new=True)


def test_all_tables_are_looked_through() -> None:
    assert {model.__tablename__ for model in _models()} == set(METADATA.tables)
    assert set(_columns()) >= PROGRAM | NOT_PEOPLES | IDENTIFYING


Write = Callable[[World, str], object]
FormT = TypeVar("FormT")


def _with(form: FormT, column: str, value: object) -> FormT:
    """The form with one field filled in."""
    return cast(FormT, replace(cast(Any, form), **{column: value}))


def _article(column: str) -> Write:
    values = ArticleValues(name="Bord", category_key="office_task_chair")
    return lambda world, text: articles.add(world.person("lager"), _with(values, column, text))


def _article_in_use(world: World, text: str) -> object:
    seen = articles.get(world.person("lager"), world.chair)
    values = replace(seen.values, spare_parts=text)
    return articles.save(world.person("lager"), values, world.chair, seen.version)


def _user(column: str) -> Write:
    form = UserForm("ny", "Ny", "ny@x.dk")
    return lambda world, text: users.save(world.person("admin"), _with(form, column, text))


def _institution(column: str) -> Write:
    form = InstitutionForm("Ny skole")
    return lambda world, text: institutions.save(world.person("admin"), _with(form, column, text))


def _bearer(world: World, text: str) -> object:
    form = InstitutionForm("Ny skole", bearers=(CostBearerForm("43", text),))
    return institutions.save(world.person("admin"), form)


def _case(world: World, text: str) -> object:
    units_ = trade.put_on_sale(world, 1)
    stock.take_off_sale(world.person("lager"), units_)
    case = cases.send(world.person("bench"), units_).case_id
    return cases.set_note(world.person("bench"), int(case), text, None)


def _sent(world: World, text: str) -> object:
    ordering.fill(world.person("leader"), world, 1)
    return shopping.send(world.person("leader"), world.school, text)


def _refused(world: World, text: str) -> object:
    shopping.limit(world, world.school, 10**9)
    order = ordering.send(world.person("employee"), world)
    return orders.refuse(world.person("leader"), order, text)


def _received(world: World, text: str) -> object:
    parts = (Part("B", 2, "shelf", world.shelf),)
    batch = Batch(parts=parts, giver_id=world.home, article_id=world.chair, note=text)
    return intake.register(world.person("lager"), batch)


def _unit(column: str) -> Write:
    def write(world: World, text: str) -> object:
        (unit,) = trade.put_on_sale(world, 1)
        lager = world.person("lager")
        values = _with(UnitValues(), column, (text,) if column == "codes" else text)
        return unit_values.save(lager, unit, values, units.passport(lager, unit).version)

    return write


def _set(world: World, text: str) -> object:
    admin = world.person("admin")
    return factors.copy(admin, factors.sets(admin)[0].id, "2027.1", dt.date(2027, 1, 1), text)


def _setting(world: World, text: str) -> object:
    return parameters.save(world.person("admin"), {"warehouse_address": text})


WRITES: dict[str, Write] = {
    **{
        f"article {name}": _article(name)
        for name in (
            "name",
            "key",
            "maker",
            "model",
            "colour",
            "materials",
            "ecolabel",
            "supplier",
            "spare_parts",
            "new_price_source",
            "epd_source",
        )
    },
    "article link": lambda world, text: _article("link")(world, f"https://x.dk/{text}"),
    "article saved": _article_in_use,
    "bearer": _bearer,
    "case": _case,
    "factor set": _set,
    "institution address": _institution("address"),
    "institution department": _institution("department"),
    "institution kind": _institution("kind"),
    "institution name": _institution("name"),
    "intake": _received,
    "order": _sent,
    "piece code": _unit("codes"),
    "piece note": _unit("note"),
    "place code": lambda world, text: places.save(world.person("admin"), PlaceForm(text)),
    "place name": lambda world, text: places.save(world.person("admin"), PlaceForm("Y-1", text)),
    "rate": lambda world, text: tasks.save_rate(world.person("admin"), RateForm(text)),
    "refusal": _refused,
    "setting": _setting,
    "task": lambda world, text: tasks.save_task(world.person("admin"), TaskForm(text)),
    "task note": lambda world, text: tasks.save_task(
        world.person("admin"), TaskForm("Ny", note=text)
    ),
    "user e-mail": lambda world, text: _user("email")(world, f"{text}@x.dk"),
    "user log-in": _user("login"),
    "user name": _user("name"),
    "user name in Windows": _user("os_login"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_no_service_stores_a_cpr_number_or_signs_that_hide_what_is_said(
    world: World, write: Write
) -> None:
    for text in (CPR, *UNSTORABLE, "a\x1bb", "a\u202eb"):
        with pytest.raises(Refused) as refused:
            write(world, text)
        assert isinstance(refused.value, Invalid) or refused.value.field


@pytest.mark.parametrize(
    "name", ["user e-mail", "user log-in", "user name in Windows", "place code"]
)
@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_no_two_log_ins_or_codes_look_the_same(world: World, name: str, text: str) -> None:
    with pytest.raises(Refused):
        WRITES[name](world, text)


def test_a_name_of_signs_without_ink_is_none(world: World) -> None:
    with pytest.raises(Invalid):
        WRITES["user name"](world, "\u3164\u2800")


def test_a_password_may_have_any_sign_that_can_be_typed() -> None:
    assert user_rules.good_password("tre\x1b grønne\u200b stole", "eva")


def test_codes_of_ten_digits_are_taken(world: World) -> None:
    digits = "0101901234"
    _unit("codes")(world, digits)
    assert stock_list.scan(world.person("lager"), digits) is not None
    for column in ("key", "model", "spare_parts"):
        _article(column)(world, digits)
    with pytest.raises(Invalid):
        _article("name")(world, digits)


def test_what_was_stored_long_ago_does_not_stop_another_correction(world: World) -> None:
    """Only what changes is looked at."""
    (unit,) = trade.put_on_sale(world, 1)

    def stored(work: Work) -> None:
        work.session.execute(update(Unit).where(Unit.id == unit).values(note=CPR))

    world.context.write("setup", None, stored)
    stock.move(world.person("lager"), [unit], world.workshop)
    assert trade.unit(world, unit).place_id == world.workshop


def test_a_text_longer_than_its_column_is_refused_on_both_engines(world: World) -> None:
    def longer(work: Work) -> None:
        work.session.add(Article(name="a" * 161, category_key="office_task_chair"))

    with pytest.raises(Refused, match="160") as refused:
        world.context.write("article.create", None, longer)
    assert refused.value.field == "name"
