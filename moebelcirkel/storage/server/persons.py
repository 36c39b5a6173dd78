"""Where wanted each person is an account on the server: nobody acts in another's name there.

A table that only the owner writes says which account is whose. Triggers refuse a change whose actor
is somebody else, or whose moment is not the server's; and whoever is no administrator changes no
one's roles and no one's password but the own. The owner, and who runs the server, are let through.
The function asks for ``session_user``, which no SET ROLE changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from moebelcirkel.domain.roles import Role
from moebelcirkel.storage.server.rights import Right, quoted

TABLE = "person_role"
#: What the program may do with it.
RIGHT = Right(TABLE, ("SELECT",))
_MADE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (role_name name PRIMARY KEY,
user_id integer NOT NULL UNIQUE REFERENCES app_user (id) ON DELETE CASCADE)
"""
#: So far the moment of a change may be from the server's clock: what a statement waits, and more.
_SECONDS = 120
_OWNER = "pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')"
_WHO = f"SELECT user_id FROM {TABLE} WHERE role_name = session_user"

_ANOTHER = f"""
DECLARE mine integer := ({_WHO});
BEGIN
    IF {_OWNER} THEN RETURN NEW; END IF;
    IF mine IS NULL OR NEW.actor_id IS DISTINCT FROM mine THEN
        RAISE EXCEPTION 'a change in the name of another' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF abs(extract(epoch FROM NEW.at - clock_timestamp())) > {_SECONDS} THEN
        RAISE EXCEPTION 'a change at another moment' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
"""
_OWN = "ARRAY['password_hash', 'password_once', 'version']"
_ADMINISTRATORS = f"""
DECLARE mine integer := ({_WHO});
BEGIN
    IF {_OWNER} OR EXISTS (SELECT FROM user_role
        WHERE user_id = mine AND role = '{Role.ADMINISTRATOR.value}')
    THEN RETURN coalesce(NEW, OLD); END IF;
    IF TG_TABLE_NAME = 'app_user' AND TG_OP = 'UPDATE' THEN
        IF to_jsonb(OLD) ->> 'id' = mine::text AND to_jsonb(NEW) - {_OWN} = to_jsonb(OLD) - {_OWN}
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'only an administrator' USING ERRCODE = 'insufficient_privilege';
END
"""
FUNCTIONS = {"refuse_another": _ANOTHER, "only_administrators": _ADMINISTRATORS}
_TRIGGERS = {
    "change_of_oneself": ("INSERT", "change", "refuse_another"),
    "app_user_of_oneself": ("INSERT OR DELETE OR UPDATE", "app_user", "only_administrators"),
    "user_role_of_oneself": ("INSERT OR DELETE OR UPDATE", "user_role", "only_administrators"),
}


def statements(program: str) -> Iterator[str]:
    """All of it as SQL."""
    yield " ".join(_MADE.split())
    yield from RIGHT.grants(program)
    for name, body in FUNCTIONS.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path FROM CURRENT AS $${body}$$"
        )
    for name, (_events, table, _function) in _TRIGGERS.items():
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield _trigger(name)


def _trigger(name: str) -> str:
    events, table, function = _TRIGGERS[name]
    when = f"BEFORE {events} ON {table} FOR EACH ROW"
    return f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()"


# --- looking -----------------------------------------------------------------------------------


def are_accounts(connection: Connection) -> bool:
    """Whether persons are accounts of their own in this database."""
    if connection.dialect.name == "sqlite":
        return False
    return connection.scalar(text(f"SELECT to_regclass('{TABLE}') IS NOT NULL")) is True


def declared(connection: Connection) -> dict[str, str]:
    """By name what should stand there besides, of triggers and their functions."""
    if not are_accounts(connection):
        return {}
    plain = {name: " ".join(body.split()) for name, body in FUNCTIONS.items()}
    return plain | {name: _trigger(name) for name in _TRIGGERS}


def user_of(connection: Connection) -> int | None:
    """Whose account this connection is; ``None`` where accounts are nobody's."""
    if not are_accounts(connection):
        return None
    found = connection.scalar(text(_WHO))
    return None if found is None else int(found)


def account_of(connection: Connection) -> str:
    """The name of the account that this connection is."""
    return str(connection.scalar(text("SELECT session_user")))


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account: the user's id, and the name by which the person logs in there."""

    user_id: int
    role: str


#: Of a Windows account the part after the domain, as the server maps it.
_PEOPLE = text(
    r"""
    SELECT id, regexp_replace(coalesce(nullif(os_login, ''), login), '^.*\\', '') AS role
    FROM app_user WHERE active ORDER BY id
    """
)
_MIGHTY = text(
    "SELECT rolname, rolsuper OR rolcreaterole OR pg_has_role(oid, :owner, 'MEMBER') AS mighty "
    "FROM pg_roles"
)


def accounts(connection: Connection) -> list[Account]:
    """The account of each active person: the system's user where linked, else the login."""
    return [Account(row.id, row.role) for row in connection.execute(_PEOPLE)]


def linking(connection: Connection, owner: str, program: str) -> Iterator[str]:
    """The statements that make what is missing of the accounts, and take back what is over.

    Who may do more than the program is left out: they act in everybody's name anyway.
    """
    known = {row.rolname: row.mighty for row in connection.execute(_MIGHTY, {"owner": owner})}
    wanted = [each for each in accounts(connection) if not known.get(each.role)]
    kept = {each.role for each in wanted}
    for each in wanted:
        if each.role not in known:
            yield f"CREATE ROLE {quoted(each.role)} LOGIN"
        yield f"GRANT {quoted(program)} TO {quoted(each.role)}"
    before = text(f"SELECT role_name FROM {TABLE} ORDER BY 1") if are_accounts(connection) else None
    for role in [] if before is None else connection.execute(before).scalars().all():
        if role not in kept and role in known:
            yield f"REVOKE {quoted(program)} FROM {quoted(role)}"
    yield f"DELETE FROM {TABLE}"
    for each in wanted:
        name = each.role.replace("'", "''")
        yield f"INSERT INTO {TABLE} (role_name, user_id) VALUES ('{name}', {each.user_id})"


_FAULTS = text(
    f"""
    SELECT role_name FROM {TABLE} LEFT JOIN pg_roles ON rolname = role_name
    WHERE rolname IS NULL OR rolsuper OR rolcreaterole OR NOT pg_has_role(oid, :program, 'USAGE')
    OR pg_has_role(oid, :owner, 'MEMBER') ORDER BY 1
    """
)


def faults(connection: Connection, owner: str, program: str) -> list[str]:
    """Accounts of persons that may more than the program, or less."""
    names = {"owner": owner, "program": program}
    return [f"ROLE {name}" for name in connection.execute(_FAULTS, names).scalars()]
