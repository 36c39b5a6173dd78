"""Who somebody was is taken away, while what they did stays."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.persons import FORMER
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services import copies
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.persons.told import full_names
from moebelcirkel.services.shop import own
from moebelcirkel.storage import erasing, messages
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import approvals as approval_queries
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.queries import users as user_queries
from moebelcirkel.storage.queries.persons import kept
from moebelcirkel.storage.tables.badges import UserBadge
from moebelcirkel.storage.tables.shop import OwnList
from moebelcirkel.storage.tables.users import User

#: What stands in the place of a name in what others wrote.
SOMEBODY = N_("[name erased]")


@dataclass(frozen=True, slots=True)
class Anonymised(Done):
    """How much was erased: texts of the history, and rows of others in which the name stood."""

    id: int
    texts: int
    rows: int


@writes("person.anonymise", Action.USERS, Kind(stays="what was erased is known to nobody"))
def anonymise_here(work: Work, user_id: int, version: int) -> Anonymised:
    """Take away who somebody was: the name, log-in, mail, roles, badge, and former ones of these.

    What the person did stays, with a number in the place of the name, so that pieces, figures and
    reports are as they were. In notes of others the full name, of two words or more, and the
    e-mail are replaced, former ones too; a first name alone cannot be told from a word.
    """
    person = work.get(User, user_id, version)
    _refuse_unfit(work, person)
    return take_away(work, person)


def anonymise(context: Context, user_id: int, version: int) -> Anonymised:
    """Anonymise somebody, and write beside the database that it was done."""
    done = anonymise_here(context, user_id, version)
    copies.remember(context)
    return done


def take_away(work: Work, person: User) -> Anonymised:
    """Anonymise somebody inside another change."""
    user_id = person.id
    former = kept.former_names(work.session, user_id)
    found = erasing.pattern(full_names(person, former))
    rows = 0 if found is None else erasing.replace_in_rows(work, found, _(SOMEBODY))
    rows += messages.erase(work.session, person.id, found, _(SOMEBODY))
    login_queries.forget_tries(work.session, login_queries.key_of(person.login))
    _empty(work, person)
    own.erase(work, user_id)
    ids = erasing.texts_kept_by(work.session, OwnList.__tablename__, user_id)
    ids |= erasing.texts_of(work.session, User.__tablename__, user_id)
    if found is not None:
        ids |= erasing.texts_with(work.session, found)
    return Anonymised(id=user_id, texts=erasing.erase_texts(work, ids), rows=rows)


def _refuse_unfit(work: Work, person: User) -> None:
    if person.id == work.actor_id:
        raise Refused(N_("You cannot anonymise yourself. Let another administrator do it."))
    if user_queries.administrators(work.session) == [person.id]:
        raise Refused(
            N_("There must be at least one active administrator. Give someone else the role first.")
        )


def _empty(work: Work, person: User) -> None:
    person.name = _("Former user {number}").format(number=person.id)
    person.login = f"{FORMER}{person.id}"
    person.email, person.os_login, person.password_hash = "", None, None
    person.password_once = person.active = False
    for role in user_queries.roles_of(work.session, person.id):
        work.session.delete(role)
    for deputy in approval_queries.rows_about(work.session, person.id):
        work.session.delete(deputy)
    badge = work.session.get(UserBadge, person.id)
    if badge is not None:
        work.session.delete(badge)
    work.session.flush()
