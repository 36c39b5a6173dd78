"""Making a server ready for many workstations: an owner, a program's role, a database, rights.

Each statement is worked out from what is there, so that it may be run again: also after one that
was ended half-way. Roles and the database are made one by one, as PostgreSQL has it; everything
inside the database is one transaction. In the end what was made is looked at from outside, by
what PostgreSQL itself says of it.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.storage import migrate, triggers
from moebelcirkel.storage.engine import Database, as_url, open_engine
from moebelcirkel.storage.faults import plain_errors
from moebelcirkel.storage.migrate import DatabaseState
from moebelcirkel.storage.server import persons, rights
from moebelcirkel.storage.server.rights import quoted

#: Where the tables lie.
SCHEMA = "public"
_LOCK = 7_301_961

NOT_A_SERVER = N_("Only a PostgreSQL server can be made ready. {path} is none.")
MAY_NOT = N_(
    "The account {user} may not make accounts and databases on the server. Use the one that runs "
    "the server."
)
SAME = N_("The owner and the program need an account each. Choose another name for one of them.")
TOO_MIGHTY = N_(
    "The account {user} may do everything on the server, so it cannot be the program's nor the "
    "owner's. Choose another name."
)
UNPROVED = N_("The server is not as it should be: {what}. Nobody should work on it yet.")


@dataclass(frozen=True, slots=True)
class WantedServer:
    """What is to be there; passwords only where they are to be set, ``None`` leaves them."""

    database: str
    owner: str
    program: str
    owner_password: str | None = field(default=None, repr=False)
    program_password: str | None = field(default=None, repr=False)
    #: Each person gets an account, and nobody works with the program's own; it stays so.
    personal: bool = False


@dataclass(frozen=True, slots=True)
class ServerStatement:
    """One statement, and how it is printed where it holds a secret."""

    sql: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.shown or self.sql};"


#: Hears of each statement before it is run.
Tell = Callable[[str], None]


def server(admin: str) -> URL:
    """The administrator's address of a server."""
    url = as_url(admin)
    if url.get_backend_name() == "sqlite":
        raise Unavailable(NOT_A_SERVER, path=str(url.database))
    return url


def address(url: URL, user: str, database: str) -> str:
    """Where somebody else reaches a database on the same server, without any password."""
    own = url.set(drivername="postgresql", username=user, password=None, database=database)
    return own.render_as_string()


def roles_there(admin: URL) -> frozenset[str]:
    """The names of all accounts on the server."""
    with _server(admin) as server:
        return frozenset(server.execute(text("SELECT rolname FROM pg_roles")).scalars())


def prepare(admin: URL, wanted: WantedServer, tell: Tell, *, dry_run: bool = False) -> None:
    """Make what is missing and put right what is not as it should be; a dry run only tells.

    Raises ``Refused`` for names that cannot be used, and ``Unavailable`` where the administrator's
    account may not do it or what was made does not prove right.
    """
    with _server(admin) as server:
        _refuse(server, wanted)
        server.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
        there = _exists(server, wanted.database)
        for step in _on_server(server, wanted, there=there):
            _run(server, step, tell, dry_run=dry_run)
    inside = admin.set(database=wanted.database)
    if dry_run and not there:
        for line in _in_a_new_one(wanted):
            tell(line)
        return
    _fill(inside, wanted, tell, dry_run=dry_run)
    if not dry_run:
        prove(inside, wanted)


@contextlib.contextmanager
def _server(admin: URL) -> Iterator[Connection]:
    engine = open_engine(admin.set(database=admin.database or "postgres"))
    try:
        with (
            plain_errors(admin),
            engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection,
        ):
            yield connection
    finally:
        engine.dispose()


def _run(connection: Connection, step: ServerStatement, tell: Tell, *, dry_run: bool) -> None:
    tell(str(step))
    if not dry_run:
        connection.exec_driver_sql(step.sql)


# --- roles and the database ----------------------------------------------------------------------


def _refuse(server: Connection, wanted: WantedServer) -> None:
    me = server.execute(
        text(
            "SELECT rolname, rolsuper, rolcreaterole AND rolcreatedb AS makes FROM pg_roles "
            "WHERE rolname = current_user"
        )
    ).one()
    if not (me.rolsuper or me.makes):
        raise Unavailable(MAY_NOT, user=me.rolname)
    if wanted.owner == wanted.program:
        raise Refused(SAME)
    mighty = set(server.execute(text("SELECT rolname FROM pg_roles WHERE rolsuper")).scalars())
    for role in (wanted.owner, wanted.program):
        if role == me.rolname or role in mighty:
            raise Refused(TOO_MIGHTY, user=role)


def _exists(server: Connection, database: str) -> bool:
    query = text("SELECT count(*) FROM pg_database WHERE datname = :name")
    return bool(server.scalar(query, {"name": database}))


_OWNER_MAY = "CREATEDB NOCREATEROLE NOREPLICATION"
_PROGRAM_MAY = "NOCREATEDB NOCREATEROLE NOREPLICATION"


def _on_server(
    server: Connection, wanted: WantedServer, *, there: bool
) -> Iterator[ServerStatement]:
    """An owner may make databases, as a dump of this one is proved by restoring it into one."""
    yield from _role(server, wanted.owner, _OWNER_MAY, wanted.owner_password)
    yield ServerStatement(f"ALTER ROLE {quoted(wanted.owner)} LOGIN")
    yield from _role(server, wanted.program, _PROGRAM_MAY, wanted.program_password)
    owner, program, name = map(quoted, (wanted.owner, wanted.program, wanted.database))
    for group in _groups(server, wanted.program):
        yield ServerStatement(f"REVOKE {quoted(group)} FROM {program}")
    if not server.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
        yield ServerStatement(f"GRANT {owner} TO CURRENT_USER")
    if not there:
        yield ServerStatement(
            f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8'"
        )
    else:
        yield ServerStatement(f"ALTER DATABASE {name} OWNER TO {owner}")
    yield ServerStatement(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC, {program}")
    yield ServerStatement(f"GRANT CONNECT ON DATABASE {name} TO {program}")


def _role(
    server: Connection, name: str, may: str, password: str | None
) -> Iterator[ServerStatement]:
    query = text("SELECT count(*) FROM pg_roles WHERE rolname = :name")
    verb = "ALTER" if server.scalar(query, {"name": name}) else "CREATE"
    # Whether the program's account may log in is said inside, with what stands there instead.
    logs_in = " LOGIN" if verb == "CREATE" else ""
    head = f"{verb} ROLE {quoted(name)} {may}{logs_in}"
    if password is None:
        yield ServerStatement(head)
    else:
        proof = _proof_of(server, name, password)
        yield ServerStatement(f"{head} PASSWORD '{proof}'", f"{head} PASSWORD '…'")


def _proof_of(server: Connection, role: str, password: str) -> str:
    """What the server keeps of a password, made here: so it is in no log of the server's."""
    driver = server.connection.driver_connection
    assert driver is not None
    made: bytes = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return made.decode()


def _groups(server: Connection, role: str) -> list[str]:
    """What the role is a member of: it would inherit their rights."""
    query = text(
        "SELECT pg_get_userbyid(roleid) FROM pg_auth_members "
        "WHERE pg_get_userbyid(member) = :role ORDER BY 1"
    )
    return list(server.execute(query, {"role": role}).scalars())


# --- inside the database -------------------------------------------------------------------------

_TABLES = "-- the tables, by the owner"


def _fill(inside: URL, wanted: WantedServer, tell: Tell, *, dry_run: bool) -> None:
    database = Database(inside)
    try:
        state = migrate.condition(database)
        migrate.refuse_unfit(state)
        with plain_errors(inside), database.engine.connect() as connection, connection.begin():
            connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}, pg_temp"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            for sql in _to_owner(connection, wanted.owner):
                _run(connection, ServerStatement(sql), tell, dry_run=dry_run)
            if _schema_of_owner(connection):
                _run(connection, _as_owner(wanted), tell, dry_run=dry_run)
            for sql in _on_schema(wanted):
                _run(connection, ServerStatement(sql), tell, dry_run=dry_run)
            _run(connection, _as_owner(wanted), tell, dry_run=dry_run)
            if state is not DatabaseState.CURRENT:
                tell(_TABLES)
            if not dry_run:
                make = triggers.install if state is DatabaseState.CURRENT else migrate.upgrade
                make(connection)
            personal = wanted.personal or persons.are_accounts(connection)
            for sql in _of_program(wanted, personal=personal):
                _run(connection, ServerStatement(sql), tell, dry_run=dry_run)
            if personal and state is not DatabaseState.EMPTY:
                for sql in persons.linking(connection, wanted.owner, wanted.program):
                    _run(connection, ServerStatement(sql), tell, dry_run=dry_run)
    finally:
        database.close()


def _of_program(wanted: WantedServer, *, personal: bool) -> Iterator[str]:
    """As the owner its rights; then, as who runs the server, whether anybody logs in with it."""
    yield from rights.statements(wanted.program)
    if personal:
        yield from persons.statements(wanted.program)
    yield "RESET ROLE"
    yield f"ALTER ROLE {quoted(wanted.program)} {'NOLOGIN' if personal else 'LOGIN'}"


def _as_owner(wanted: WantedServer) -> ServerStatement:
    return ServerStatement(f"SET LOCAL ROLE {quoted(wanted.owner)}")


_OTHERS = text(
    """
    SELECT format('ALTER %s %I.%I OWNER TO', CASE relkind WHEN 'S' THEN 'SEQUENCE'
        WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, nspname, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = :schema AND relkind IN ('r', 'p', 'v', 'S')
    AND pg_get_userbyid(relowner) <> :owner AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('a', 'i', 'e')
        AND refobjsubid > 0)
    UNION ALL
    SELECT format('ALTER FUNCTION %s OWNER TO', pg_proc.oid::regprocedure)
    FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE nspname = :schema AND pg_get_userbyid(proowner) <> :owner AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    ORDER BY 1
    """
)


def _to_owner(connection: Connection, owner: str) -> list[str]:
    """What another account made before there was an owner; a sequence follows its table."""
    found = connection.execute(_OTHERS, {"schema": SCHEMA, "owner": owner}).scalars()
    return [f"{each} {quoted(owner)}" for each in found]


def _schema_of_owner(connection: Connection) -> bool:
    """Whether whoever owns the database owns the schema, as from PostgreSQL 15 on."""
    query = text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = :schema")
    return bool(connection.scalar(query, {"schema": SCHEMA}) == "pg_database_owner")


def _on_schema(wanted: WantedServer) -> Iterator[str]:
    program = quoted(wanted.program)
    yield f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC, {program}"
    yield f"GRANT ALL ON SCHEMA {SCHEMA} TO {quoted(wanted.owner)}"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {program}"


def _in_a_new_one(wanted: WantedServer) -> Iterator[str]:
    """What will be told inside a database that is not there yet."""
    yield str(_as_owner(wanted))
    yield from (f"{sql};" for sql in _on_schema(wanted))
    yield _TABLES
    yield from (f"{sql};" for sql in _of_program(wanted, personal=wanted.personal))


def is_personal(admin: URL, database: str) -> bool:
    """Whether persons are accounts in a database that was made ready."""
    opened = Database(admin.set(database=database))
    try:
        with plain_errors(admin), opened.engine.connect() as connection:
            connection.execute(text(f"SET search_path TO {SCHEMA}"))
            return persons.are_accounts(connection)
    finally:
        opened.close()


# --- proving -------------------------------------------------------------------------------------

_ROLES = text(
    """
    SELECT rolname, rolcanlogin AS logs_in, rolsuper OR rolcreaterole OR rolreplication
        OR rolbypassrls AS mighty, rolcreatedb AS makes
    FROM pg_roles WHERE rolname IN (:owner, :program)
    """
)
_AROUND = text(
    """
    SELECT pg_get_userbyid(datdba) AS owner,
        has_database_privilege(:program, datname, 'CONNECT') AS connects,
        has_database_privilege(:program, datname, 'CREATE, TEMPORARY') AS makes,
        has_schema_privilege(:program, :schema, 'USAGE') AS uses,
        has_schema_privilege(:program, :schema, 'CREATE') AS alters,
        (SELECT count(*) FROM pg_auth_members WHERE pg_get_userbyid(member) = :program) AS groups
    FROM pg_database WHERE datname = current_database()
    """
)


def prove(inside: URL, wanted: WantedServer) -> None:
    """Look at everything that was made; ``Unavailable`` names what is not as it should be."""
    database = Database(inside)
    try:
        with plain_errors(inside), database.engine.connect() as connection:
            connection.execute(text(f"SET search_path TO {SCHEMA}"))
            faults = list(_faults(connection, wanted))
    finally:
        database.close()
    if faults:
        raise Unavailable(UNPROVED, what=", ".join(faults))


def _faults(connection: Connection, wanted: WantedServer) -> Iterator[str]:
    personal = persons.are_accounts(connection)
    names = {"owner": wanted.owner, "program": wanted.program}
    roles = {row.rolname: row for row in connection.execute(_ROLES, names)}
    for name in names.values():
        logs_in = name == wanted.owner or not personal
        if name not in roles or roles[name].logs_in != logs_in or roles[name].mighty:
            yield f"ROLE {name}"
    if personal:
        yield from persons.faults(connection, wanted.owner, wanted.program)
    around = connection.execute(_AROUND, {"program": wanted.program, "schema": SCHEMA}).one()
    ought = (wanted.owner, True, False, True, False, 0)
    for name, found, right in zip(around._fields, around, ought, strict=True):
        if found != right:
            yield f"{name} = {found}"
    more = (persons.RIGHT,) if personal else ()
    yield from rights.strange(connection, wanted.program, *more)
    there = triggers.on_server(connection)
    declared = triggers.declared_on_server(connection)
    yield from sorted(name for name in declared if there.get(name) != declared[name])
    yield from _to_owner(connection, wanted.owner)
