"""Badges of people: made and printed, and taken back; the log-in with one is in ``start.login``.

The secret is on the paper only: made here, printed, and forgotten.
"""

import base64
import secrets

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.users import badges as rules
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.services.start import passwords
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.tables.badges import UserBadge
from moebelcirkel.storage.tables.users import User

_KIND = Kind(stays="no former badge is known", stands_alone=True)
_BYTES = rules.SECRET_LENGTH * 5 // 8


def make(context: Context, user_id: int, pin: str = "") -> bytes:
    """A new badge on paper, as PDF; one the person had before is worth nothing from now on."""
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.badges import Badge, badge_sheet

    secret = base64.b32encode(secrets.token_bytes(_BYTES)).decode("ascii")
    store(context, user_id, digest(secret), pin)
    with context.read() as session:
        name = session.get_one(User, user_id).name
    house = str(context.parameter("municipality")), str(context.parameter("warehouse_name"))
    return badge_sheet(Badge(rules.code(secret), name, *house, with_pin=bool(pin.strip())))


@writes("badge.make", Action.USERS, _KIND)
def store(work: Work, user_id: int, secret_digest: str, pin: str = "") -> Saved:
    """Keep what a new badge is known by; ``pin`` empty means that none is asked for."""
    person = work.get(User, user_id)
    if not person.active:
        raise Refused(N_("Only somebody who is active can have a badge."))
    fields = Fields()
    with fields.field("pin"):
        pin = rules.good_pin(pin)
    fields.finish()
    row = work.session.get(UserBadge, user_id)
    if row is None:
        row = UserBadge(user_id=user_id)
        work.session.add(row)
    row.secret_digest, row.made_at = secret_digest, work.now
    row.pin_hash = passwords.hashed(pin) if pin else None
    return Saved(id=user_id)


@writes("badge.revoke", Action.USERS, _KIND)
def revoke(work: Work, user_id: int) -> Saved:
    """Nobody logs in with the person's badge any more."""
    work.session.delete(work.get(UserBadge, user_id))
    return Saved(id=user_id)
