"""Pairs of writes about registers, settings, people and copies, in the middle of a day."""

import datetime as dt

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    approvals,
    articles,
    ecolabels,
    institutions,
    parameters,
    reports,
    shop,
    tasks,
    users,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.copies import taking as copy_taking
from moebelcirkel.services.ecolabels import EcolabelForm
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.shop import baskets as shop_basket
from moebelcirkel.services.start import login
from moebelcirkel.services.users import UserForm
from tests.services import working_day
from tests.services.beside import Call, undo
from tests.services.working_day import Day

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def person(day: Day, institution: int | None) -> UserForm:
    return UserForm("ny", "Ny Leder", grants=frozenset({Grant(Role.LEADER, institution)}))


def no_administrator(login_name: str, name: str) -> UserForm:
    return UserForm(login_name, name, grants=frozenset({Grant(Role.CONTROLLER)}))


SETTING_PAIRS: tuple[tuple[Call, Call], ...] = (
    # Registers and settings
    (
        Call(institutions.delete, "admin", lambda day: (day["institution"], 1)),
        Call(shop_basket.hold, "naboleder", lambda day: (day["institution"], day["key"], 1)),
    ),
    (
        Call(institutions.merge, "admin", lambda day: (day["institution"], day.school)),
        Call(shop_basket.hold, "naboleder", lambda day: (day["institution"], day["key"], 1)),
    ),
    (
        Call(institutions.save, "admin", lambda _: (InstitutionForm("Skovly"),)),
        Call(
            institutions.save,
            "admin",
            lambda day: (InstitutionForm("Skovly"), day["institution"], 1),
        ),
    ),
    (
        Call(institutions.delete, "admin", lambda day: (day["institution"], 1)),
        Call(users.save, "admin", lambda day: (person(day, day["institution"]), day["user"])),
    ),
    (
        Call(
            parameters.save, "admin", lambda _: ({"price_step_ore": 2_000}, {"price_step_ore": 500})
        ),
        undo("setting", "admin"),
    ),
    (
        Call(
            parameters.save, "admin", lambda _: ({"price_step_ore": 2_000}, {"price_step_ore": 500})
        ),
        Call(
            parameters.save, "admin", lambda _: ({"price_step_ore": 3_000}, {"price_step_ore": 500})
        ),
    ),
    (
        Call(tasks.save_task, "admin", lambda _: (tasks.TaskForm("Vask"),)),
        Call(tasks.save_task, "admin", lambda day: (tasks.TaskForm("Vask"), day["task_type"], 1)),
    ),
    (
        Call(tasks.save_rate, "admin", lambda _: (tasks.RateForm("Vikarer"),)),
        Call(tasks.save_rate, "admin", lambda day: (tasks.RateForm("Vikarer"), day["rate"], 1)),
    ),
    (
        Call(shop.save_list, "lager", lambda day: (shop.ListForm("Nyt", day["listed"]),)),
        Call(
            shop.save_list,
            "admin",
            lambda day: (shop.ListForm("Nyt", day["listed"]), day["list"], 1),
        ),
    ),
    (
        Call(shop.delete_list, "lager", lambda day: (day["list"], 1)),
        Call(
            shop.save_list,
            "admin",
            lambda day: (shop.ListForm("Andre", day["listed"]), day["list"], 1),
        ),
    ),
    # One person at two PCs
    (
        Call(shop.save_own, "leader", lambda day: ("Fest", day["listed"])),
        Call(shop.save_own, "leader", lambda day: ("Fest", "", day["own"], 1)),
    ),
    (
        Call(shop.mark, "leader", lambda day: (day.chair,), lambda _: {"name": "Favoritter"}),
        Call(shop.mark, "leader", lambda day: (day.chair,), lambda _: {"name": "Favoritter"}),
    ),
    (
        Call(shop.delete_own, "leader", lambda day: (day["own"], 1)),
        Call(shop.mark, "leader", lambda day: (day.chair, day["own"]), lambda _: {"on": False}),
    ),
    (
        Call(shop.keep_search, "leader", lambda _: ("reol",)),
        Call(shop.take_over, "leader", lambda day: ("Mine", [day.chair], ["reol"], [day.chair])),
    ),
    (
        Call(ecolabels.save, "admin", lambda _: (EcolabelForm("Krav"),)),
        Call(ecolabels.save, "admin", lambda day: (EcolabelForm("Krav"), day["label"], 1)),
    ),
    (
        Call(ecolabels.delete, "admin", lambda day: (day["label"], 1)),
        Call(
            articles.add,
            "lager",
            lambda _: (ArticleValues(name="Bord", category_key="desk_fixed", ecolabel="PEFC"),),
        ),
    ),
    (Call(tasks.confirm_rates, "controller"), Call(reports.record, "controller", lambda _: YEAR)),
    # People
    (
        Call(users.save, "admin", lambda _: (person(_, None),)),
        Call(users.delete, "admin", lambda day: (day["user"], 1)),
    ),
    (
        Call(
            users.save, "admin", lambda day: (no_administrator("chef", "Chef"), day["second_admin"])
        ),
        Call(
            users.save,
            "admin",
            lambda day: (no_administrator("admin", "Admin"), day.people["admin"].user_id),
        ),
    ),
    (
        Call(
            users.set_password, "admin", lambda day: (day.people["leader"].user_id, "Blå-trappe-43")
        ),
        Call(
            login.change_own_password, "leader", lambda _: (working_day.PASSWORD, "Rød-trappe-44")
        ),
    ),
    (
        Call(login.reset_password, "system", lambda _: ("leader",)),
        Call(login.log_in, "system", lambda _: ("leader", working_day.PASSWORD)),
    ),
    (
        Call(
            login.log_in,
            "system",
            lambda _: ("once", working_day.PASSWORD),
            lambda _: {"new_password": "Gul-trappe-45"},
        ),
        Call(users.set_password, "admin", lambda day: (day["once"], "Hvid-trappe-46")),
    ),
    (
        Call(approvals.choose, "approver", lambda day: (day.people["bench"].user_id,)),
        Call(
            approvals.choose_for,
            "admin",
            lambda day: (day.people["approver"].user_id, day.people["bench"].user_id),
        ),
    ),
    (
        Call(approvals.end, "approver", lambda day: (day["deputy"], 1)),
        Call(approvals.end_for, "admin", lambda day: (day["deputy"], 1)),
    ),
    # Copies
    (
        Call(copy_taking.dumped, "admin", lambda _: (dt.datetime(2026, 9, 1, tzinfo=dt.UTC),)),
        Call(parameters.save, "admin", lambda _: ({"copies_daily": 9},)),
    ),
)
