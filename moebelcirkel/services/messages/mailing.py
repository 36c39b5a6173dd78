"""Sending what waits: claimed first, so that of two senders each mail goes out from one."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.messages import AT_ONCE, ROUND_FOR, SINGLE, is_address, one_line, together
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.messages import smtp
from moebelcirkel.services.messages.smtp import Letter, NotSent, Server
from moebelcirkel.storage.queries.messages import outbox
from moebelcirkel.storage.queries.messages.outbox import Waiting
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import Session, load_parameter, moment, not_allowed

#: Never in the database, whose copies go far: whoever runs the sending machine gives it there.
PASSWORD_VARIABLE = "MOEBELCIRKEL_MAIL_PASSWORD"


@dataclass(frozen=True, slots=True)
class Posted:
    """How many mails went out, and where some did not, why: an English msgid."""

    mails: int
    failed: str
    server: str
    waiting: int


def is_on(context: Context) -> bool:
    """Whether a mail server is named."""
    if context.actor.grants is not None:
        raise not_allowed()
    return bool(context.parameter("mail_host"))


def can_log_in(context: Context) -> bool:
    """Whether this PC has what its mail server asks for, as far as that is known here."""
    return not context.parameter("mail_user") or bool(os.environ.get(PASSWORD_VARIABLE))


def is_due(context: Context) -> bool:
    """Whether a mail is to be tried now."""
    if context.actor.grants is not None:
        raise not_allowed()
    with context.read() as session:
        return outbox.is_due(session, context.now())


def post(context: Context, by: str, step: Callable[[], object] = lambda: None) -> Posted:
    """Send what is due; a server that does not answer ends the round, and nothing is lost."""
    if context.actor.grants is not None:
        raise not_allowed()
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        server = _server(session)
        outbox.give_up(session, now)
        found = outbox.claim(session, now, by, AT_ONCE)
        outbox.keep(session, [each.id for each in found if not _reachable(each)])
    letters = _turned(_bundled([each for each in found if _reachable(each)]))
    mails, failed = _post_all(context, server, letters, step, now)
    with context.read() as session:
        return Posted(mails, failed, server.host, outbox.backlog(session).count)


def _reachable(each: Waiting) -> bool:
    return each.active and is_address(each.email)


def _server(session: Session) -> Server:
    def text(key: str) -> str:
        return str(load_parameter(session, key))

    return Server(
        text("mail_host"),
        int(load_parameter(session, "mail_port")),
        bool(load_parameter(session, "mail_tls")),
        bool(load_parameter(session, "mail_starttls")),
        text("mail_user"),
        os.environ.get(PASSWORD_VARIABLE, ""),
        text("mail_sender") or f"moebelcirklen@{text('mail_host')}",
        one_line(text("warehouse_name"), 80),
    )


def _bundled(found: Sequence[Waiting]) -> list[list[Waiting]]:
    """A few for one person go out one by one, many in one mail."""
    bundles: list[list[Waiting]] = []
    by_person = sorted(found, key=lambda each: (each.recipient_id, each.id))
    for _person, group in groupby(by_person, key=lambda each: each.recipient_id):
        some = list(group)
        bundles += [[each] for each in some] if len(some) <= SINGLE else [some]
    return bundles


def _turned(bundles: list[list[Waiting]]) -> list[list[Waiting]]:
    """Begun with another one after each try, so that one that is hung up on keeps no others."""
    first = bundles[0][0].tries % len(bundles) if bundles else 0
    return bundles[first:] + bundles[:first]


def _letter(bundle: Sequence[Waiting]) -> Letter:
    subject, text = together([(each.subject, each.body) for each in bundle])
    return Letter(f"besked-{bundle[0].id}-{len(bundle)}", bundle[0].email, subject, text)


def _post_all(
    context: Context,
    server: Server,
    bundles: list[list[Waiting]],
    step: Callable[[], object],
    since: dt.datetime,
) -> tuple[int, str]:
    """Send one after the other; each is noted by itself, so that a crash repeats one at most.

    A slow server gets the rest in the next round: before long others take this one for dead.
    """
    left, mails, failed = list(bundles), 0, ""
    try:
        if left:
            with smtp.connected(server) as client:
                while left:
                    step()
                    if context.now() - since > ROUND_FOR:
                        _let_go(context, [each for bundle in left for each in bundle], since)
                        break
                    try:
                        smtp.send(client, server, _letter(left[0]))
                    except NotSent as error:
                        if error.whole:
                            raise
                        failed = error.said
                        _note(context, left[0], error.said, final=error.final)
                    else:
                        mails += 1
                        _note(context, left[0], "")
                    left.pop(0)
    except NotSent as error:
        failed = error.said
        _note(context, [each for bundle in left for each in bundle], error.said)
    return mails, failed


def _note(context: Context, some: Sequence[Waiting], error: str, *, final: bool = False) -> None:
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        if error:
            outbox.not_sent(session, some, now, error, final=final)
        else:
            outbox.sent(session, [each.id for each in some], now)


def _let_go(context: Context, some: Sequence[Waiting], since: dt.datetime) -> None:
    with context.database.write() as session:
        outbox.let_go(session, [each.id for each in some], since)


def try_out(context: Context) -> str:
    """Send oneself a mail now, to see that it works; refused with what the server said."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        server = _server(session)
        person = session.get(User, context.actor.user_id) if context.actor.user_id else None
    if not server.host:
        raise Refused(N_("Name the mail server first, and save."))
    if person is None or not is_address(person.email):
        raise Refused(N_("You have no mail address yourself. Write it under Users and roles."))
    letter = Letter("proeve", person.email, "Prøvemail", "Mail fra møbelbørsen virker.")
    try:
        with smtp.connected(server) as client:
            smtp.send(client, server, letter)
    except NotSent as error:
        raise Refused(error.said, server=server.host) from error
    return person.email
