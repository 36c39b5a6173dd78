"""From one PC to many: a database file moved to a server, and this PC's setting with it."""

from collections.abc import Callable

from moebelcirkel import settings
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services.start import opening
from moebelcirkel.storage import moving
from moebelcirkel.storage.engine import Database, as_url
from moebelcirkel.storage.moving import Moved

__all__ = ["Moved", "move"]


def move(source: str, target: str, step: Callable[[int, int], None]) -> Moved:
    """Copy the file ``source`` to the empty database at the address ``target``.

    ``step`` hears of rows done and rows in all. A PC that remembers the file remembers the server
    afterwards, by the program's account there. The file stays as it is.
    """
    if as_url(source).get_backend_name() != "sqlite":
        raise Unavailable(moving.NOT_A_FILE, path=as_url(source).render_as_string())
    old = opening.open_existing(source)
    server = Database(as_url(target))
    try:
        moved = moving.move(old.database, server, step)
        address = moving.for_the_program(server, target)
    finally:
        server.close()
        opening.close(old)
    remembered = settings.Settings()
    known = remembered.get(settings.DATABASE)
    if known and as_url(known) == as_url(source):
        remembered.set(settings.DATABASE, address)
    return moved
