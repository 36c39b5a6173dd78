"""Two institutions become one: what is open goes on with the one that stays.

What was stays as it was written: delivered orders, figure lines, charges and recorded reports keep
the institution they were made with, and so do the ceilings of its years, the loans that are out and
the complaints about what was delivered. Whoever works for the one that stays sees and ends those
as well. Charges that are not settled yet are settled where they arose, with the account that was
agreed to when it was ordered; only the EAN and CVR numbers are the other's, since a receiver that
is closed takes no invoice (see ``queries.settlement.payers``).
"""

import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.institutions.closing import in_short, told
from moebelcirkel.storage import registers, shop_holds, undo
from moebelcirkel.storage.queries import institutions as institution_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.institutions import merging as queries
from moebelcirkel.storage.queries.institutions.merging import Staying
from moebelcirkel.storage.queries.institutions.still_open import StillOpen, held_pieces
from moebelcirkel.storage.queries.users import roles_at
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.purchases import Purchase
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.runs import RunStop
from moebelcirkel.storage.tables.users import User, UserRole
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import Session, chunks, gone


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two, as it was shown."""

    id: int
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class Moving:
    """How much goes on with the one that stays."""

    orders: int
    notes: int
    stops: int
    wants: int
    pickups: int
    plans: int
    people: int
    accounts: int


@dataclass(frozen=True, slots=True)
class InstitutionMerge:
    """What merging would do; ``faults`` have to be put right first."""

    merged: MergeSide
    kept: MergeSide
    moving: Moving
    staying: Staying
    faults: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class InstitutionMerged(Done):
    """The one that was merged and the one that stays, and how many open orders went along."""

    id: int
    into_id: int
    orders: int


# --- what would change ----------------------------------------------------------------------------


def preview(context: Context, institution_id: int, into_id: int) -> InstitutionMerge:
    """What merging the one into the other would move and leave, and what keeps it from being so."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        merged, kept = (_present(session, key) for key in (institution_id, into_id))
        return InstitutionMerge(
            MergeSide(merged.id, merged.version, merged.name),
            MergeSide(kept.id, kept.version, kept.name),
            _moving(session, merged, kept),
            queries.staying(session, merged, context.today()),
            tuple(_faults(session, merged, kept, context.now())),
        )


def _present(session: Session, key: int) -> Institution:
    row = session.get(Institution, key)
    if row is None:
        raise gone()
    return row


def _moving(session: Session, merged: Institution, kept: Institution) -> Moving:
    count = queries.count_open(session, merged.id)
    return Moving(
        orders=count[Order],
        notes=count[Delivery],
        stops=count[RunStop],
        wants=count[Want],
        pickups=count[Pickup],
        plans=count[Purchase],
        people=len({role.user_id for role in roles_at(session, merged.id)}),
        accounts=len(_accounts_to_come(session, merged, kept)),
    )


def _accounts_to_come(session: Session, merged: Institution, kept: Institution) -> list[CostBearer]:
    """Accounts of the one whose code the other has not."""
    known = {each.code.casefold() for each in institution_queries.bearers(session, kept.id)}
    theirs = institution_queries.bearers(session, merged.id)
    return [each for each in theirs if each.code.casefold() not in known]


def _faults(
    session: Session, merged: Institution, kept: Institution, now: dt.datetime
) -> Iterator[Refused]:
    names = {"institution": merged.name, "other": kept.name}
    if merged.id == kept.id:
        yield Refused(N_("An institution cannot be merged with itself."), field="into")
        return
    for each in (merged, kept):
        if not each.active:
            yield Refused(
                N_("{institution} is closed. Only what is in use can be merged."),
                institution=each.name,
            )
    if merged.legal != kept.legal:
        yield Refused(
            N_(
                "One of {institution} and {other} is the municipality's own, the other is not: they"
                " are charged with different VAT. Correct “Belongs to” first where it is wrong."
            ),
            **names,
        )
    if merged.cvr and kept.cvr and merged.cvr != kept.cvr:
        yield Refused(
            N_(
                "{institution} and {other} have different CVR numbers: they are charged as two"
                " companies. Correct the number first where it is wrong."
            ),
            **names,
        )
    yield from _unfinished(session, merged, kept, now)


def _unfinished(
    session: Session, merged: Institution, kept: Institution, now: dt.datetime
) -> Iterator[Refused]:
    """What has to be finished first, each with what to do about it."""
    begun = queries.begun_orders(session, merged.id)
    said = told(StillOpen(tuple(begun), held_pieces(session, merged.id, now), (), ()))
    runs = queries.shared_runs(session, merged.id, kept.id)
    if runs:
        said.append(_("take it off the runs {numbers}").format(numbers=in_short(runs)))
    waits = queries.unreleased(session, merged.id)
    if waits:
        text = _("release or withdraw the settlements {numbers}")
        said.append(text.format(numbers=in_short(waits)))
    if said:
        yield Refused(
            N_("{institution} cannot be merged yet: {open}."),
            institution=merged.name,
            open="; ".join(said),
        )


# --- merging --------------------------------------------------------------------------------------


@writes("institution.merge", Action.SETTINGS)
def merge(
    work: Work,
    institution_id: int,
    into_id: int,
    version: int | None = None,
    into_version: int | None = None,
) -> InstitutionMerged:
    """Merge the first into the second, as both were when their versions were shown."""
    merged = work.get(Institution, institution_id, version)
    kept = work.get(Institution, into_id, into_version)
    for fault in _faults(work.session, merged, kept, work.now):
        raise fault
    accounts = _bring_accounts(work, merged, kept)
    orders = _move_open(work, merged, kept, accounts)
    _move_people(work, merged, kept)
    _empty_basket(work, merged)
    for each in queries.merged_into(work.session, merged.id):
        each.merged_into_id = kept.id
    merged.active, merged.merged_into_id, merged.merged_at = False, kept.id, work.now
    work.session.flush()
    return InstitutionMerged(id=merged.id, into_id=kept.id, orders=orders)


def _bring_accounts(work: Work, merged: Institution, kept: Institution) -> dict[int | None, int]:
    """By account of the one that of the other with the same code, made where it has none.

    Charges go on naming the account they were agreed with, so none of them moves.
    """
    new = [
        CostBearer(institution_id=kept.id, code=each.code, name=each.name, active=each.active)
        for each in _accounts_to_come(work.session, merged, kept)
    ]
    work.session.add_all(new)
    if new:
        registers.touch(work, kept)  # its form lists the accounts
    work.session.flush()
    theirs = institution_queries.bearers(work.session, kept.id)
    twins = {each.code.casefold(): each.id for each in theirs}
    own = institution_queries.bearers(work.session, merged.id)
    return {each.id: twins[each.code.casefold()] for each in own}


def _move_open(
    work: Work, merged: Institution, kept: Institution, accounts: dict[int | None, int]
) -> int:
    """Let what is open go on with the other one; answers how many orders that are."""
    count = 0
    for model in queries.OPEN:
        for row in list(work.session.scalars(queries.open_rows(model, merged.id))):
            row.institution_id = kept.id
            paid = (
                repair_queries.of_pickup(work.session, row.id) if isinstance(row, Pickup) else row
            )
            if isinstance(paid, Order | Want | Repair):
                paid.cost_bearer_id = accounts.get(paid.cost_bearer_id)
            if isinstance(row, Order | Pickup):
                row.building = _site(merged, kept, row.building or "") or row.building
            count += isinstance(row, Order)
    work.session.flush()
    return count


def _site(merged: Institution, kept: Institution, building: str) -> str:
    """Where the van goes all the same: what was ordered to another address says so itself."""
    if not merged.address or merged.address.casefold() == kept.address.casefold():
        return building
    fullest = (building, merged.name, merged.address)
    for parts in (fullest, fullest[::2], fullest[:2]):
        text = ", ".join(filter(None, parts))
        if len(text) <= limits.NAME:
            return text
    return building


def _move_people(work: Work, merged: Institution, kept: Institution) -> None:
    """Who had a role at the one has it at the other."""
    there = {(role.user_id, role.role) for role in roles_at(work.session, kept.id)}
    roles = roles_at(work.session, merged.id)
    for role in roles:
        work.session.delete(role)
        if (role.user_id, role.role) not in there:
            made = UserRole(user_id=role.user_id, role=role.role, institution_id=kept.id)
            work.session.add(made)
    work.session.flush()
    for person in work.rows(User, (role.user_id for role in roles)):
        registers.touch(work, person)


def _empty_basket(work: Work, merged: Institution) -> None:
    """What it held has run out; some of that was for wants that have gone on."""
    basket = shop_holds.basket_id(work.session, merged.id)
    for hold in shop_holds.holds(work.session, basket) if basket is not None else ():
        work.session.delete(hold)


# --- undoing --------------------------------------------------------------------------------------


def _check_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """No file is on its way to finance that names the other one, and none becomes a closed one."""
    about = [
        int(event.entity_id)
        for event in events
        if event.before and "merged_into_id" in (event.after or {})
    ]
    for institution in work.rows(Institution, about):
        waits = queries.unreleased(work.session, institution.id)
        if waits:
            raise Refused(
                N_("It cannot be undone yet: release or withdraw the settlements {numbers} first."),
                numbers=in_short(waits),
            )
        if institution.merged_into_id is not None:
            work.choose(Institution, institution.merged_into_id)


def _nothing_comes_back(work: Work, _events: Sequence[undo.Turned]) -> None:
    """Nothing is open again where nobody would answer for it any more."""
    work.session.flush()
    for institution in queries.still_merged(work.session):
        raise _has_become_another(work, institution)


def _nothing_is_torn(
    model: type[queries.MayMove], work: Work, events: Sequence[undo.Turned]
) -> None:
    """What has been built on it with the other institution keeps it there."""
    moved = [
        int(event.entity_id)
        for event in events
        if "institution_id" in (event.before or {}) and event.after
    ]
    work.session.flush()
    for keys in chunks(moved):
        number = queries.torn(work.session, model, keys)
        if number is not None:
            raise Refused(
                N_("It cannot be undone, because {number} has been changed since."), number=number
            )


def _nobody_comes_back(work: Work, events: Sequence[undo.Turned]) -> None:
    """Nobody works again for what has become another one."""
    work.session.flush()
    told = [each for event in events for each in (event.before, event.after) if each]
    keys = sorted({each["institution_id"] for each in told} - {None})
    for institution in work.rows(Institution, keys):
        if institution.merged_into_id is not None and roles_at(work.session, institution.id):
            raise _has_become_another(work, institution)


def _has_become_another(work: Work, institution: Institution) -> Refused:
    return Refused(
        N_("It cannot be undone, because {institution} has been merged into {other}."),
        institution=institution.name,
        other=work.get(Institution, institution.merged_into_id).name,
    )


undo.AFTERWARDS[Institution.__tablename__] += [_check_after_undo, _nothing_comes_back]
for _model in queries.OPEN:
    undo.AFTERWARDS[_model.__tablename__].append(_nothing_comes_back)
for _model in (Order, Delivery, RunStop, Want):
    undo.AFTERWARDS[_model.__tablename__].append(functools.partial(_nothing_is_torn, _model))
undo.AFTERWARDS[UserRole.__tablename__].append(_nobody_comes_back)
