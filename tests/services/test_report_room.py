"""A server groups a report's lines in memory, compiles nothing, and takes a list as one value."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.queries.figures import server
from moebelcirkel.storage.tables.factors import Factor
from tests.world import World


def _said(session: Session, name: str) -> str:
    return str(session.execute(text(f"SHOW {name}")).scalar_one())


def test_a_snapshot_has_room_and_the_next_one_what_the_server_gives(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        with database.read() as session:
            own = _said(session, "work_mem")
            server.give_room(session)
            assert _said(session, "work_mem") == "32MB"
        with database.read() as session:
            assert _said(session, "work_mem") == own == "4MB"
    finally:
        database.close()


def test_a_server_that_gives_more_keeps_it(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        with database.read() as session:
            session.execute(text("SET LOCAL work_mem = '64MB'"))
            server.give_room(session)
            assert _said(session, "work_mem") == "64MB"
    finally:
        database.close()


def test_no_statement_is_compiled(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        with database.read() as session:
            assert _said(session, "jit") == "off"
    finally:
        database.close()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_lists_pick_the_same_on_both_engines(database: Database, world: World, count: int) -> None:
    with database.read() as session:
        query = select(Factor.id).order_by(Factor.id)
        ids = list(session.scalars(query))
        some = ids[:count]
        picked = [
            key
            for these in server.among(session, Factor.id, some)
            for key in session.scalars(query.where(these))
        ]
        others = session.scalars(query.where(server.none_of(session, Factor.id, some)))
        assert (picked, list(others)) == (some, ids[count:])
        server.give_room(session)
        assert len(ids) > count


def test_between_the_ends_are_those_that_are_asked_for(database: Database, world: World) -> None:
    with database.read() as session:
        query = select(Factor.id).order_by(Factor.id)
        ids = list(session.scalars(query))
        here = server.within(session, Factor.id, (ids[0], ids[0]))
        assert list(session.scalars(query.where(*here))) == (ids if database.is_sqlite else ids[:1])
        assert server.within(session, Factor.id, None) == []
