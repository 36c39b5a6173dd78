"""The first start: municipality, reference data and first administrator, once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, cast

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import factors
from moebelcirkel.services.context import Actor, Context
from moebelcirkel.services.start import first_start, login
from moebelcirkel.services.start.first_start import FirstStart
from tests import world

FORM = FirstStart(
    "Åby Kommune",
    "Anna Administrator",
    "anna",
    "blå stol i hallen",
    "29 18 99 30",
    "anna@aaby.dk",
    "AnnaA",
)


def test_an_empty_database_gets_what_it_needs(context: Context) -> None:
    assert first_start.is_needed(context)
    first_start.begin(context, FORM)
    assert not first_start.is_needed(context)
    actor = login.log_in(context, "anna", FORM.password)
    assert actor.grants == frozenset({Grant(Role.ADMINISTRATOR)})
    assert login.log_in_by_system(context, ["annaa"]) == actor
    assert context.parameter("municipality") == "Åby Kommune"
    assert context.parameter("municipality_cvr") == "29189930"
    admin = context.as_actor(actor)
    assert len(factors.factors(admin, factors.sets(admin)[0].id)) == 57


def test_it_happens_once(context: Context) -> None:
    first_start.begin(context, FORM)
    with pytest.raises(Refused, match="in use already"):
        first_start.begin(context, replace(FORM, login="other"))


def test_two_first_starts_at_once(context: Context) -> None:
    ready = threading.Barrier(2)

    def start(login_name: str) -> bool:
        ready.wait()
        try:
            first_start.begin(context, replace(FORM, login=login_name, os_login=""))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(start, ["anna", "other"])) == [False, True]
    assert not first_start.is_needed(context)


def test_a_database_in_use_is_left_alone(context: Context) -> None:
    town = world.build(context)
    with pytest.raises(Refused, match="in use already"):
        first_start.begin(town.context, FORM)


def test_only_the_program_itself_begins(context: Context) -> None:
    with pytest.raises(Refused, match="right to do this"):
        first_start.begin(context.as_actor(Actor(None, "", frozenset())), FORM)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("municipality", {"municipality": ""}),
        ("cvr", {"cvr": "abc"}),
        ("cvr", {"cvr": "2918993"}),
        ("name", {"name": " "}),
        ("login", {"login": "an na"}),
        ("email", {"email": "anna"}),
        ("password", {"password": "anna"}),
    ],
)
def test_a_wrong_field_is_named_and_nothing_begun(
    context: Context, field: str, change: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        first_start.begin(context, replace(FORM, **cast(Any, change)))
    assert list(caught.value.errors) == [field]
    assert first_start.is_needed(context)
