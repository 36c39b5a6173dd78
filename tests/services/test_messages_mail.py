"""Mail on a real mail server that takes, refuses, delays, drops, or shows a wrong certificate."""

import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import messages, orders, routines
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.messages import mailing, smtp
from moebelcirkel.services.routines import RoutineOutcome
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.messages import Message
from tests import trade
from tests.clock import Clock
from tests.services import ordering
from tests.services.posting import Post, free_port, mailed, served
from tests.world import World, build


@pytest.fixture
def post() -> Post:
    return Post()


def refused_order(world: World, employee: Context, reason: str = "Nej") -> None:
    orders.refuse(world.person("leader"), ordering.send(employee, world), reason)


def states(world: World) -> set[str]:
    return set(trade.rows(world.context, select(Message.mail)))


def test_each_message_is_mailed_once_in_plain_text(
    world: World, employee: Context, post: Post
) -> None:
    with served(post) as port:
        own = mailed(world, port)
        refused_order(world, employee, "Nej\r\nBcc: alle@skole.dk\n<b>x</b> " + "ord " * 100)
        first, second = messages.post(own, "a"), messages.post(own, "b")
    assert (first.mails, first.failed, second.mails) == (len(post.got), "", 0)
    told = next(each for each in post.got if "afvist" in each["Subject"])
    assert (told["To"], told["Bcc"]) == ("employee@skole.dk", None)
    assert told["From"] == "Møbelcirklen <moebler@kommune.dk>"
    assert told.get_content_type() == "text/plain"
    assert "Bcc: alle@skole.dk <b>x</b> ord" in told.get_content()
    assert states(world) == {"sent", "withdrawn"}


def test_no_open_window_sends_where_many_share_a_server_or_it_is_not_to(
    world: World, employee: Context, post: Post
) -> None:
    with served(post) as port:
        shared = not world.context.database.is_sqlite
        own = mailed(world, port, mail_window=shared)
        refused_order(world, employee)
        done = list(routines.run_due(own, routines.place("window")))
        assert "mail" not in {outcome.name for outcome in done}
        with pytest.raises(Refused, match="not from a window"):
            routines.run_asked(world.person("admin"), "mail", routines.place("window"))
        assert post.got == []
        assert "waiting" in states(world)
        outcome = routines.run_now(own, "mail", routines.place("command"))
    assert not outcome.failed
    assert post.got
    assert "waiting" not in states(world)


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_the_open_window_of_one_pc_has_mail_sent_by_a_work_of_its_own(
    database: Database, post: Post
) -> None:
    world = build(Context(database, SYSTEM))

    def looked() -> list[RoutineOutcome]:
        done = list(routines.run_due(own, routines.place("window")))
        return [outcome for outcome in done if outcome.name == "mail"]

    with served(post) as port:
        own = mailed(world, port, mail_user="moebler")
        refused_order(world, world.person("employee"))
        assert (looked(), post.got) == ([], [])  # it would not be let in
        mailed(world, port, mail_user="")
        (outcome,) = looked()
        assert (outcome.said, outcome.failed) == ("Mails sent: {count}", False)
        assert outcome.values == {"count": str(len(post.got))}
        assert post.got
        assert looked() == []
        asked = routines.run_asked(world.person("admin"), "mail", routines.place("window"))
    assert asked.values == {"count": "0"}
    told = routines.listed(world.person("admin"))
    assert {run.by.split()[0] for run in told.log if run.routine == "mail"} == {"beside"}


def test_two_at_once_send_each_once(world: World, employee: Context, post: Post) -> None:
    with served(post) as port:
        own = mailed(world, port)
        ordering.send(employee, world)
        both = [threading.Thread(target=messages.post, args=(own, name)) for name in "ab"]
        for each in both:
            each.start()
        for each in both:
            each.join()
    keys = [each["Message-ID"] for each in post.got]
    assert len(keys) == len(set(keys)) == len(trade.rows(world.context, select(Message.id)))


def test_a_slow_round_ends_before_anybody_else_takes_its_mails(
    world: World, clock: Clock, employee: Context, post: Post
) -> None:
    taken: list[int] = []

    def slow() -> None:
        """A tenth of an hour for each letter, and another sender looks again and again."""
        clock.advance(minutes=6)
        taken.append(messages.post(own, "b").mails)

    with served(post) as port:
        own = mailed(world, port)
        for _order in range(2):
            ordering.send(employee, world)
        waiting = len(trade.rows(world.context, select(Message.id)))
        first = messages.post(own, "a", slow)
        later = messages.post(own, "b")
    keys = [each["Message-ID"] for each in post.got]
    assert len(keys) == len(set(keys)) == waiting > 3
    assert (first.mails + later.mails, sum(taken)) == (waiting, 0)
    assert first.waiting == later.mails > 0
    assert states(world) == {"sent"}


@pytest.mark.parametrize("how", ["killed", "tried in vain"])
def test_a_clock_that_was_a_day_ahead_keeps_no_mail_waiting(
    world: World, clock: Clock, employee: Context, post: Post, how: str
) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    own = mailed(world, free_port())
    ordering.send(employee, world)
    clock.advance(days=1)
    if how == "killed":
        with served(Post()) as port, pytest.raises(KeyboardInterrupt):
            messages.post(mailed(world, port), "a", killed)
    else:
        assert messages.post(own, "a").failed == smtp.UNREACHABLE
    clock.advance(days=-1, minutes=1)
    with served(post) as port:
        assert messages.is_due(own)
        assert messages.post(mailed(world, port), "b").mails == len(post.got) > 0
    assert "waiting" not in states(world)


def test_a_mail_that_the_server_hangs_up_on_does_not_keep_the_others(
    world: World, clock: Clock, employee: Context, post: Post
) -> None:
    post.hangs_up_on = "leader@skole.dk"
    with served(post) as port:
        own = mailed(world, port)
        ordering.send(employee, world)
        for _round in range(3):
            messages.post(own, "a")
            clock.advance(minutes=10)
    assert {each["To"] for each in post.got} == {"employee@skole.dk", "approver@skole.dk"}
    assert states(world) == {"sent", "waiting"}


@pytest.mark.parametrize(
    ("how", "state", "said"),
    [
        ({"to": "550 no such"}, "failed", smtp.ADDRESS),
        ({"to": "451 later"}, "waiting", smtp.LATER),
        ({"answer": "554 spam"}, "failed", smtp.LETTER),
        ({"answer": "452 full"}, "waiting", smtp.LATER),
        ({"drops": True}, "waiting", smtp.UNREACHABLE),
        ({"greeting": "550 not from there"}, "waiting", smtp.UNREACHABLE),
    ],
)
def test_what_the_server_refuses_is_kept_or_given_up_and_said(
    world: World, employee: Context, how: dict[str, Any], state: str, said: str
) -> None:
    with served(Post(**how)) as port:
        own = mailed(world, port)
        ordering.send(employee, world)
        assert messages.post(own, "a").failed == said
        assert not messages.is_due(own)
    assert states(world) == {state}
    assert set(trade.rows(world.context, select(Message.error))) == {said}


def test_a_server_down_for_a_week_loses_nothing_and_is_not_flooded(
    world: World, clock: Clock, employee: Context, post: Post
) -> None:
    own = mailed(world, free_port())
    for _day in range(7):
        ordering.send(employee, world, 1)
        clock.advance(days=1)
        outcome = routines.run_now(own, "mail", routines.place("command"))
        assert (outcome.failed, outcome.said) == (True, smtp.UNREACHABLE)
    assert states(world) == {"waiting"}
    with served(post) as port:
        own = mailed(world, port)
        clock.advance(days=1)
        outcome = routines.run_now(own, "mail", routines.place("command"))
    assert not outcome.failed
    assert sorted(each["To"] for each in post.got) == [
        "approver@skole.dk",
        "employee@skole.dk",
        "leader@skole.dk",
    ]
    assert post.got[0]["Subject"].startswith("7 beskeder: ")
    assert states(world) == {"sent"}


def certificate(folder: Path) -> ssl.SSLContext:
    """One of its own making, which nobody trusts."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=andet.dk",
            "-keyout",
            str(key),
            "-out",
            str(cert),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def test_a_wrong_certificate_or_none_sends_nothing(
    world: World, employee: Context, post: Post, tmp_path: Path
) -> None:
    tls = certificate(tmp_path)
    with served(post, tls_context=tls) as port:
        own = mailed(world, port, mail_starttls=True)
        ordering.send(employee, world)
        assert messages.post(own, "a").failed == smtp.CERTIFICATE
    with served(post) as port:
        own = mailed(world, port, mail_starttls=True)
        with pytest.raises(Refused, match="offers no encryption"):
            messages.try_out(world.person("admin"))
    assert post.got == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_refused_log_in_is_said_and_a_right_one_sends(
    world: World, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked(_server: Any, _session: Any, _envelope: Any, _way: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"rigtig", handled=False)

    more = {"authenticator": checked, "auth_require_tls": False, "auth_required": True}
    with served(post, **more) as port:
        mailed(world, port, mail_user="moebler")
        admin = world.person("admin")
        monkeypatch.setenv(mailing.PASSWORD_VARIABLE, "forkert")
        with pytest.raises(Refused, match="refused the log-in"):
            messages.try_out(admin)
        monkeypatch.setenv(mailing.PASSWORD_VARIABLE, "rigtig")
        assert messages.try_out(admin) == "admin@skole.dk"
    assert [each["Subject"] for each in post.got] == ["Prøvemail"]
    with pytest.raises(Refused):
        messages.try_out(world.person("leader"))


def _three_working_days(clock: Clock) -> None:
    today = clock().date()
    clock.advance(days=(working_day_after(today, 3) - today).days)


def test_a_reminder_of_an_approval_is_written_once_for_each_turn(
    world: World, clock: Clock, employee: Context
) -> None:
    own = world.context.as_actor(SYSTEM)
    order_id = ordering.send(employee, world)
    assert messages.remind(own) == 0
    _three_working_days(clock)
    assert (messages.remind(own), messages.remind(own)) == (2, 0)
    _three_working_days(clock)
    assert messages.remind(own) == 2
    leader = world.person("leader")
    assert messages.listed(leader)[0].subject.startswith("Husk: ")
    orders.approve(leader, order_id)
    clock.advance(days=3)
    assert messages.remind(own) == 0
    assert messages.unread_count(leader) == 0
