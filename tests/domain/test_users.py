"""Logins, passwords, waits and roles of people."""

import datetime as dt

import pytest

from moebelcirkel.domain import users
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Grant, Role


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(" Mette ", "mette"), ("MK@kommune.dk", "mk@kommune.dk"), ("Åse.Ø", "åse.ø"), ("a1", "a1")],
)
def test_a_login_is_stored_in_lower_case(typed: str, stored: str) -> None:
    assert users.login_name(typed) == stored


@pytest.mark.parametrize("typed", ["", "x", "to ord", "a;b", "x" * 61, "tab\tulator"])
def test_a_login_that_cannot_be(typed: str) -> None:
    with pytest.raises(Refused):
        users.login_name(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "kort",
        "ni tegn 9",
        "mette.kragh",
        "Mette Kragh",
        "mettekragh2026!",
        "adgangskode1",
        "Velkommen2026",
        "aaaaaaaaaa",
        "ababababab",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "x" * 201,
    ],
)
def test_a_password_anyone_would_guess(typed: str) -> None:
    with pytest.raises(Refused):
        users.good_password(typed, "mette.kragh", "Mette Kragh")


@pytest.mark.parametrize("typed", ["blå stol i hallen", "hest-batteri-klips", "kq7m-2xtp-9hwe"])
def test_a_password_of_some_words_is_good(typed: str) -> None:
    assert users.good_password(typed, "mette.kragh", "Mette Kragh") == typed


def test_a_letter_composed_in_another_way_is_the_same_password() -> None:
    assert users.normal_password("bla\u030a stol i hallen") == "blå stol i hallen"


def test_the_wait_doubles_and_ends() -> None:
    waits = [users.wait_after(failures).total_seconds() for failures in range(9)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40]
    assert users.wait_after(1000) == dt.timedelta(minutes=15)


def test_roles_of_an_institution_need_one_and_others_are_never_tied() -> None:
    tied = Grant(Role.LEADER, 4)
    assert users.checked_grants([tied, Grant(Role.WAREHOUSE, 4)]) == {tied, Grant(Role.WAREHOUSE)}
    with pytest.raises(Refused, match="Choose the institution"):
        users.checked_grants([Grant(Role.APPROVER)])
