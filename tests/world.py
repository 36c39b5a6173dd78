"""A small municipality for tests: people of every role, two institutions, places, one article."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all
from sqlalchemy.orm import Session

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services.context import Actor, Context, Work
from moebelcirkel.services.start import setup
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.users import User, UserRole


@dataclass(frozen=True)
class World:
    """Ids to work with, and a context for each person."""

    context: Context
    school: int
    home: int
    shelf: int
    workshop: int
    chair: int
    people: dict[str, Actor]

    def person(self, name: str) -> Context:
        """The context of one person, by login."""
        return self.context.as_actor(self.people[name])


_SCHOOL, _HOME = "5799999000010", "5799999000027"
_CHAIR = "Kontorstol HÅG SoFi 7200"
_SHELF, _BENCH = "2-14-C", "V-1"
_PEOPLE: dict[str, tuple[tuple[Role, bool], ...]] = {
    "leader": ((Role.LEADER, True),),
    "approver": ((Role.APPROVER, True),),
    "employee": ((Role.EMPLOYEE, True),),
    "lager": ((Role.WAREHOUSE, False),),
    "bench": ((Role.WORKSHOP, False),),
    "controller": ((Role.CONTROLLER, False),),
    "admin": ((Role.ADMINISTRATOR, False),),
}


def build(context: Context) -> World:
    """Fill a fresh database, or find again what a copied one holds.

    Everyone tied to an institution belongs to the school.
    """
    with context.read() as session:
        users = session.execute(_USERS).all()
        if users:
            return _found(context, session, users)
    setup.load_reference(context)
    context.write("setup", None, _fill)
    with context.read() as session:
        return _found(context, session, session.execute(_USERS).all())


def _key(name: str, column: Any, value: str) -> Select[Any]:
    return select(literal_column(f"'{name}'"), column.table.c.id).where(column == value)


#: Every test asks this, so it is put together once, of plain columns.
_KEYS = union_all(
    _key("school", Institution.__table__.columns["ean"], _SCHOOL),
    _key("home", Institution.__table__.columns["ean"], _HOME),
    _key("shelf", Place.__table__.columns["code"], _SHELF),
    _key("workshop", Place.__table__.columns["code"], _BENCH),
    _key("chair", Article.__table__.columns["name"], _CHAIR),
)
_USERS = select(*(User.__table__.columns[name] for name in ("id", "name", "login")))
_ROLES = select(
    *(UserRole.__table__.columns[name] for name in ("user_id", "role", "institution_id"))
)


def _found(context: Context, session: Session, users: Sequence[Any]) -> World:
    grants = _grants(session)
    rows = session.execute(_KEYS).all()
    keys = {name: int(key) for name, key in rows}
    assert len(keys) == len(rows)
    people = {login: Actor(key, name, grants[key], login) for key, name, login in users}
    return World(context, **keys, people=people)


def _grants(session: Session) -> dict[int, frozenset[Grant]]:
    """By person what each may do."""
    found: dict[int, set[Grant]] = defaultdict(set)
    for user_id, role, institution_id in session.execute(_ROLES):
        found[user_id].add(Grant(Role(role), institution_id))
    return defaultdict(frozenset, {key: frozenset(grants) for key, grants in found.items()})


def _fill(work: Work) -> None:
    session = work.session
    school = Institution(name="Søndervangskolen", department="Børn og Skole", ean=_SCHOOL)
    home = Institution(name="Plejecenter Åbo", department="Omsorg", ean=_HOME)
    shelf = Place(code=_SHELF, name="Hal 2 · Reol 14 · C")
    bench = Place(code=_BENCH, name="Værksted", kind="workshop")
    chair = Article(
        name=_CHAIR,
        maker="HÅG",
        model="SoFi 7200",
        colour="Sort",
        category_key="office_task_chair",
        new_price_ore=335_000,
        new_price_on=dt.date(2025, 1, 1),
        new_price_source="katalog 2025",
        ecolabel="Svanemærket",
        width_mm=680,
        depth_mm=660,
        height_min_mm=980,
        height_max_mm=1150,
    )
    session.add_all([school, home, shelf, bench, chair])
    session.flush()
    session.add(CostBearer(institution_id=school.id, code="4300", name="Inventar"))
    for login, roles in _PEOPLE.items():
        user = User(login=login, name=login.capitalize(), created_at=work.now)
        session.add(user)
        session.flush()
        for role, tied in roles:
            session.add(
                UserRole(user_id=user.id, role=role, institution_id=school.id if tied else None)
            )
