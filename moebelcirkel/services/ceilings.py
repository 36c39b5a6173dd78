"""Budget ceilings: what an institution has used of them, and what is too much."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.ceilings import Ceiling, CeilingStanding, standings
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import current_language
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import ceilings as ceiling_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.institutions import InstitutionCeiling as Row
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import ZONE, Session


@dataclass(frozen=True, slots=True)
class Used:
    """A ceiling as it is shown; ``name`` is what its group is called, empty for everything."""

    name: str
    standing: CeilingStanding


def groups(context: Context) -> list[tuple[str, str]]:
    """Key and name of each group that can have a ceiling of its own."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        return list(_names(session).items())


def used_with(
    session: Session,
    institution_id: int,
    on: dt.date,
    prices: Iterable[tuple[Unit, int]],
    fee_ore: int,
) -> tuple[Used, ...]:
    """The same with what pieces and a fee add; looked up only where there is a ceiling at all."""
    known = forms(session, institution_id)
    if not known:
        return ()
    return _used(session, institution_id, on, known, with_fee(adds(session, prices), fee_ore))


def used(
    session: Session, institution_id: int, on: dt.date, adds: Mapping[str, int] | None = None
) -> tuple[Used, ...]:
    """The ceilings of the year with what is used of them; ``adds`` is by group what is asked."""
    known = forms(session, institution_id)
    return _used(session, institution_id, on, known, adds or {}) if known else ()


def _used(
    session: Session,
    institution_id: int,
    on: dt.date,
    known: Sequence[Ceiling],
    adds: Mapping[str, int],
) -> tuple[Used, ...]:
    since, until = (dt.datetime(year, 1, 1, tzinfo=ZONE) for year in (on.year, on.year + 1))
    so_far = ceiling_queries.used(session, institution_id, since, until)
    names = _names(session)
    return tuple(
        Used(names.get(each.group, each.group), each)
        for each in standings(known, on.year, so_far, adds)
    )


def while_it_waits(session: Session, order: Order) -> tuple[Used, ...]:
    """What is used of the ceilings of its year, the order with it, while somebody decides."""
    if order.state != OrderState.AWAITING:
        return ()
    return used(session, order.institution_id, order.sent_at.astimezone(ZONE).date())


def adds(session: Session, prices: Iterable[tuple[Unit, int]]) -> dict[str, int]:
    """What pieces cost, by the group they belong to."""
    found: Counter[str] = Counter()
    known = list(prices)
    group_of = ceiling_queries.group_of_articles(session, [unit.article_id for unit, _ in known])
    for unit, price_ore in known:
        found[group_of[unit.article_id]] += price_ore
    return dict(found)


def with_fee(adds: Mapping[str, int], fee_ore: int) -> dict[str, int]:
    """With a fee, which belongs to no group."""
    return {**adds, "": fee_ore} if fee_ore else dict(adds)


def over_ore(found: Iterable[Used]) -> int:
    """By how much an order passes the ceiling that it passes most; 0 where it fits."""
    return max((each.standing.over_ore for each in found), default=0)


def refuse_passed(institution: Institution, found: Sequence[Used]) -> None:
    """What passes a ceiling is not sent where nobody could approve it; said with what helps."""
    passed = next((each for each in found if each.standing.over_ore), None)
    if passed is None:
        return
    standing = passed.standing
    message = N_(
        "The budget ceiling of {institution} for {year} is {most} kr., and {used} kr. is used."
        " This is {over} kr. too much. Take something out, or ask an administrator to raise it."
    )
    if passed.name:
        message = N_(
            "The budget ceiling of {institution} for {group} in {year} is {most} kr., and"
            " {used} kr. is used. This is {over} kr. too much. Take something out, or ask an"
            " administrator to raise it."
        )
    raise Refused(
        message,
        institution=institution.name,
        group=passed.name,
        year=str(standing.year),
        most=Decimal(standing.most_ore) / 100,
        used=Decimal(standing.used_ore) / 100,
        over=Decimal(standing.over_ore) / 100,
    )


def forms(session: Session, institution_id: int) -> tuple[Ceiling, ...]:
    """The ceilings of an institution as its form shows them."""
    rows = ceiling_queries.of(session, institution_id)
    return tuple(Ceiling(row.from_year, row.category_group, row.most_ore) for row in rows)


def check(session: Session, given: Sequence[Ceiling]) -> None:
    """Refuse a ceiling that cannot be, or two for the same."""
    known = _names(session)
    for each in given:
        each.checked()
        if each.group and each.group not in known:
            raise Refused(N_("Choose from the list."))
    twice = [
        key for key, times in Counter((c.from_year, c.group) for c in given).items() if times > 1
    ]
    if twice:
        raise Refused(N_("The same ceiling is there twice for {year}."), year=str(twice[0][0]))


def save(work: Work, institution_id: int, given: Sequence[Ceiling]) -> bool:
    """Bring the ceilings of an institution in line; whether anything changed."""
    wanted = [
        Row(
            institution_id=institution_id,
            from_year=each.from_year,
            category_group=each.group,
            most_ore=each.most_ore,
        )
        for each in given
    ]
    known, by = ceiling_queries.of(work.session, institution_id), ("from_year", "category_group")
    return registers.bring_in_line(work, known, wanted, by, "most_ore")


def _names(session: Session) -> dict[str, str]:
    danish = current_language() == "da"
    return {key: da if danish else en for key, da, en in ceiling_queries.groups(session)}
