"""A write goes to a server in few turns: each of them costs more than most statements.

Its statements follow each other without waiting (a pipeline of libpq's). Who needs an answer waits
for it, and with it for all before; what failed before is told then, at the latest by the commit.
"""

import contextlib
from typing import Any, cast

from psycopg import Connection, Error, Pipeline, errors
from psycopg.pq import PipelineStatus
from sqlalchemy import Engine

from moebelcirkel.storage.server import connecting
from moebelcirkel.storage.server.cursors import PIPELINE, BriefCursor

#: Under READ COMMITTED every statement after the writers' lock sees what those before kept; a
#: server may have another level as its default.
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"


def few(engine: Engine) -> None:
    """Let the writes of an engine go so, where libpq is new enough."""
    dialect: Any = engine.dialect
    connecting.mark(engine.dialect, connecting.FEW)
    if Pipeline.is_supported():
        dialect.do_begin, dialect.do_commit, dialect.do_rollback = _begin, _commit, _rollback
        dialect.do_close = _close


def _begin(given: Any) -> None:
    driver = _own(given)
    if not getattr(driver, connecting.FEW, False):
        return
    # By itself the driver would wait for its own beginning.
    driver.autocommit = True
    lasting = driver.pipeline()
    setattr(driver, PIPELINE, (lasting.__enter__(), lasting))
    cast(BriefCursor, driver.cursor()).ahead(_BEGIN)


def _commit(given: Any) -> None:
    driver = _own(given)
    if getattr(driver, PIPELINE, None) is None:
        driver.commit()
        return
    last = cast(BriefCursor, driver.cursor())
    try:
        last.ahead("COMMIT")
        _leave(driver)
        if last.statusmessage != "COMMIT":  # so a server answers where something failed before
            raise errors.InFailedSqlTransaction("nothing was kept: a statement failed before")
    except Error:
        if not driver.closed:  # nobody else takes back what could not be kept
            _rollback(driver)
        raise
    driver.autocommit = False


def _rollback(given: Any) -> None:
    driver = _own(given)
    if getattr(driver, PIPELINE, None) is not None:
        try:
            _leave(driver)
        except Error:  # what failed ahead has no say any more
            if driver.closed:
                raise
    driver.rollback()
    if driver.autocommit and getattr(driver, connecting.FEW, False):
        driver.autocommit = False


def _close(driver: Connection) -> None:
    driver.close()
    if getattr(driver, PIPELINE, None) is not None:
        with contextlib.suppress(Error):  # left to itself it would warn of that
            _leave(driver)


def _leave(driver: Connection) -> None:
    _pipeline, lasting = getattr(driver, PIPELINE)
    setattr(driver, PIPELINE, None)
    try:
        lasting.__exit__(None, None, None)
    finally:
        if not driver.closed and driver.pgconn.pipeline_status != PipelineStatus.OFF:
            driver.close()  # it can do nothing more, and would keep the writers' lock


def _own(given: Any) -> Connection:
    """The driver's connection itself, which the pool gives in a frame of its own."""
    return cast(Connection, getattr(given, "dbapi_connection", given))
