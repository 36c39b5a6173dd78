"""What is kept about a person, on paper: whoever asks has a right to see it (GDPR, article 15)."""

import re
from collections.abc import Iterable, Sequence

from moebelcirkel import paths
from moebelcirkel.documents.persons.parts import PersonPaper, PersonPart
from moebelcirkel.domain import limits
from moebelcirkel.domain import users as rules
from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.changes.words import COLUMN_NAMES, ENTITY_NAMES
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import required_text
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, moment, number
from moebelcirkel.services.context import Context, Session
from moebelcirkel.storage import erasing
from moebelcirkel.storage.queries import change_texts
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.queries import users as user_queries
from moebelcirkel.storage.queries.persons import kept
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import gone

_NAMED = {
    ("shop_order", "orderer_id"): N_("Orders sent"),
    ("shop_order", "decided_by_id"): N_("Orders approved or refused"),
    ("shop_order", "decided_for_id"): N_("Orders decided in the person's stead"),
    ("complaint", "reporter_id"): N_("Complaints made"),
    ("complaint", "decided_by_id"): N_("Complaints decided"),
    ("deputy", "user_id"): N_("Has as deputies"),
    ("deputy", "deputy_id"): N_("Is deputy for"),
    ("pickup", "reporter_id"): N_("Furniture reported"),
    ("purchase", "planner_id"): N_("Planned purchases"),
    ("want", "asker_id"): N_("Wants"),
    ("message", "recipient_id"): N_("Messages"),
    ("own_list", "user_id"): N_("Own lists of the shop, and searches that are kept"),
    ("shop_seen", "user_id"): N_("Furniture types looked at lately in the shop"),
}
#: What the history never speaks of.
_WORDS = {"message": N_("Message"), "subject": N_("Subject"), "body": N_("Text")}
_AROUND = 160
_LEAST = 3


def paper(context: Context, user_id: int) -> bytes:
    """All that is kept about somebody who logs in, or did, as PDF."""
    context.require(Action.USERS)
    with context.read() as session:
        person = session.get(User, user_id)
        if person is None:
            raise gone()
        former = kept.former_names(session, user_id)
        words = full_names(person, former)
        return _drawn(
            context,
            session,
            person.name,
            [*_of_account(session, person, former), *_of_deeds(session, user_id)],
            words,
        )


def paper_of_name(context: Context, name: str) -> bytes:
    """Where the name of somebody without an account stands, as PDF."""
    context.require(Action.USERS)
    name = required_text(name, limits.NAME)
    if len(name) < _LEAST:
        raise Refused(N_("Write at least {count} letters of the name."), count=_LEAST)
    with context.read() as session:
        return _drawn(context, session, name, [], [name])


def id_of(context: Context, login: str) -> int:
    """Whose user name it is, also of somebody who is not active any more."""
    context.require(Action.USERS)
    with context.read() as session:
        person = login_queries.person(session, rules.plain_login(login))
        if person is None:
            raise Refused(N_("There is no user “{name}”. Check the spelling."), name=login)
        return person.id


def full_names(person: User, former: dict[str, set[str]]) -> list[str]:
    """What somebody is or was called in what others write; one word alone may be any word."""
    names = {person.name.strip(), *(each.strip() for each in former.get("name", ()))}
    mails = {person.email, *former.get("email", ())}
    return sorted({each for each in names if len(each.split()) > 1} | {m for m in mails if m})


def _drawn(
    context: Context, session: Session, name: str, parts: Iterable[PersonPart], words: Sequence[str]
) -> bytes:
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.persons.paper import person_paper

    every = *parts, *_of_texts(session, words)
    return person_paper(PersonPaper(name, context.now(), every, processing_record()))


def _of_account(session: Session, person: User, former: dict[str, set[str]]) -> list[PersonPart]:
    row = user_queries.rows(session, [person])[0]
    more = kept.account(session, person)
    roles = [
        f"{_(each.role.label)}{': ' if each.institution else ''}{each.institution}"
        for each in row.roles
    ]
    tries = number(row.wrong_tries)
    if more.tried_at is not None:
        tries = _("{count}, the last one {moment}").format(
            count=tries, moment=moment(more.tried_at)
        )
    facts = [
        (_("Name"), row.name),
        (_("Login"), row.login),
        (_("E-mail"), row.email),
        (_("System user"), row.os_login),
        (_("Roles"), " · ".join(roles)),
        (_("State"), _("Active") if row.active else _("Not active")),
        (_("Made"), moment(more.created_at)),
        (_("Password"), _("Yes, as a hash that nobody can read") if row.has_password else _("No")),
        (_("Badge"), moment(more.badge_at) if more.badge_at else _("No")),
        (_("Last log-in"), _("Is not kept")),
        (_("Wrong passwords"), tries),
    ]
    current = {row.name, row.login, row.email, row.os_login}
    old = [
        (_(COLUMN_NAMES[column]), text)
        for column, old_ones in sorted(former.items())
        for text in sorted(old_ones - current)
    ]
    return [
        PersonPart(_("The account"), (), tuple((name, text or "–") for name, text in facts)),
        PersonPart(_("What stood there before"), (), tuple(old)),
    ]


def _of_deeds(session: Session, user_id: int) -> list[PersonPart]:
    deeds = kept.deeds(session, user_id)
    spans: dict[str, list[kept.Deed]] = {}
    for deed in deeds:
        spans.setdefault(deed.kind, []).append(deed)
    sums = [
        (_(kind_name(kind)), number(len(of)), moment(of[-1].at), moment(of[0].at))
        for kind, of in sorted(spans.items(), key=lambda each: -len(each[1]))
    ]
    every = [(moment(deed.at), _(kind_name(deed.kind)), number(deed.id)) for deed in deeds]
    return [
        PersonPart(
            _("What was done, by kind"), (_("What"), _("Count"), _("First"), _("Last")), tuple(sums)
        ),
        *_of_numbers(session, user_id),
        PersonPart(
            _("Everything that was done, the newest first"),
            (_("Date"), _("What"), _("Change no.")),
            tuple(every),
        ),
    ]


def _of_numbers(session: Session, user_id: int) -> list[PersonPart]:
    return [
        PersonPart(
            _(title),
            (_("Date"), _("What")),
            tuple(
                (moment(row.at) if row.at else "–", row.number)
                for row in kept.named_by(session, user_id, *column)
            ),
        )
        for column, title in _NAMED.items()
    ]


def _of_texts(session: Session, words: Sequence[str]) -> list[PersonPart]:
    title = _("Where the name stands in texts")
    found = erasing.pattern(words)
    if found is None:
        none = _("The name is one word and could be any word, so texts are not searched for it.")
        return [PersonPart(title, (), (), none)]
    said = _("Searched for: {words}. Capitals do not count.").format(words=", ".join(words))
    now = kept.places(session, found)
    told = {place.text for place in now} | set(words)
    old = [each for each in kept.former_texts(session, found) if each.text not in told]
    files = _("Files and pictures that are kept are not read: recorded reports, and photos.")
    before = tuple((_("Former text"), _around(each.text, found)) for each in old)
    return [
        PersonPart(title, (), _rows(session, now, found), f"{said} {files}"),
        PersonPart(_("Where it stood before, in the history"), (), before),
    ]


def _rows(
    session: Session, places: Sequence[kept.TextWithName], found: re.Pattern[str]
) -> tuple[tuple[str, str], ...]:
    wanted: dict[str, set[str]] = {}
    for place in places:
        wanted.setdefault(place.table, set()).add(place.key)
    names = change_texts.names(session, wanted)
    return tuple((_title(place, names), _around(place.text, found)) for place in places)


def _title(place: kept.TextWithName, names: dict[change_texts.Key, str]) -> str:
    """Which text of which row it is, as people call both."""
    words = (
        _((ENTITY_NAMES | _WORDS).get(place.table, place.table)),
        names.get((place.table, place.key), place.key),
        _((COLUMN_NAMES | _WORDS).get(place.column, place.column)),
    )
    return " · ".join(words)


def _around(text: str, found: re.Pattern[str]) -> str:
    """The text, or of a long one what stands around each place where the name does."""
    if len(text) <= 2 * _AROUND:
        return text
    spans: list[list[int]] = []
    for hit in found.finditer(text):
        first, last = max(0, hit.start() - _AROUND), min(len(text), hit.end() + _AROUND)
        if spans and first <= spans[-1][1]:
            spans[-1][1] = last
        else:
            spans.append([first, last])
    return " … ".join(text[first:last] for first, last in spans)


def processing_record() -> tuple[tuple[str, str], ...]:
    """What the municipality's record of processing says of purpose, basis, receivers and time."""
    lines = paths.resources("data_protection", "fortegnelse.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return tuple(
        (row[0].strip("*"), row[1]) for row in cells if len(row) == 2 and row[0].startswith("**")
    )
