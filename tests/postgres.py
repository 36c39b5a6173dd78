"""A throw-away PostgreSQL of the tests' own: started once on a free port, removed at the end.

All pytest workers share one cluster. It speaks only to this machine, trusts it, and never waits
for the disk. Its texts sort the Danish way, so that a query which forgets binary order is found.
"""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from moebelcirkel.storage.server import rights

SHARED_VARIABLE = "MOEBELCIRKEL_TEST_CLUSTER"
_OWNER = "tester"
#: The role of the program, with the rights that the owner gave it and no more.
PROGRAM = "tester_program"
_SUFFIX = ".exe" if os.name == "nt" else ""
_USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)


class NoPostgres(Exception):  # noqa: N818 - a state of this machine, not a fault
    """PostgreSQL's programs are not installed here."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its folder, its port, and databases on demand."""

    folder: Path
    port: int

    def url(self, database: str, user: str = _OWNER) -> str:
        """The address of a database, for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database under a new name."""
        name = f"test_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {{}} TEMPLATE {{}} {self._copying()}", name, template)
        return name

    def _copying(self) -> str:
        """Copying files costs half of what writing every page to the log does, as 15 began to."""
        return "STRATEGY file_copy" if self._kept().info.server_version >= 150_000 else ""

    def drop(self, name: str) -> None:
        """Remove a database, also one somebody is still connected to."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def settings(self, **changed: str) -> None:
        """Other settings from now on, of those that need no new start."""
        for name, value in changed.items():
            setting = sql.SQL("ALTER SYSTEM SET {} = {}").format(
                sql.Identifier(name), sql.Literal(value)
            )
            self._kept().execute(setting)
        self._kept().execute("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 30
        while any(not self._has(name, value) for name, value in changed.items()):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server did not take {changed}")
            time.sleep(0.05)

    def _has(self, name: str, value: str) -> bool:
        with self._connect() as connection:
            found = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            return found == (value,)

    def give_rights(self, database: str) -> None:
        """Let the program's role work in a migrated database."""
        with lock(self.folder / "role.lock"):
            known = self._kept().execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PROGRAM])
            if known.fetchone() is None:
                self._run("CREATE ROLE {} LOGIN", PROGRAM)
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=_OWNER, dbname=database
        ) as connection:
            for statement in rights.statements(PROGRAM):
                connection.execute(statement.encode())

    def template(self, name: str, prepare: Callable[[str], None], base: str = "template0") -> str:
        """The name of a database that `prepare` filled once on its base, for workers to copy."""
        if (self.port, name) not in _THERE:
            with lock(self.folder / "template.lock"):
                if not self._exists(name):
                    made = self.create(base)
                    prepare(self.url(made))
                    self._run("ALTER DATABASE {} RENAME TO {}", made, name)
            _THERE.add((self.port, name))
        return name

    def _exists(self, name: str) -> bool:
        found = self._kept().execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None

    def _run(self, statement: str, *names: str) -> None:
        identifiers = [sql.Identifier(name) for name in names]
        self._kept().execute(sql.SQL(statement).format(*identifiers))

    def _kept(self) -> psycopg.Connection:
        """One connection for all that this process does to databases: each new one costs 8 ms."""
        if self.port not in _KEPT:
            _KEPT[self.port] = self._connect()
        return _KEPT[self.port]

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=_OWNER, dbname="postgres", autocommit=True
        )

    def start_again(self) -> None:
        """After it was killed, on the same port: it brings back all that it answered for."""
        port, log = f"-p {self.port}", str(self.folder / "log")
        data = str(self.folder / "data")
        deadline = time.monotonic() + 60
        while True:
            begun = _run_as_nobody("pg_ctl", "-D", data, "-l", log, "-o", port, "-w", "start")
            if not begun.returncode:
                return
            if time.monotonic() > deadline:
                told = (self.folder / "log").read_text()[-2_000:]
                raise RuntimeError(f"PostgreSQL did not start again: {begun.stderr} {told}")
            time.sleep(0.2)  # what is left of the killed one is still going

    def stop(self) -> None:
        """Stop the server at once and remove its folder; nothing in it is worth keeping."""
        if kept := _KEPT.pop(self.port, None):
            kept.close()
        _run_as_nobody("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


#: By port what this process keeps of each cluster: a connection, and which templates are made.
_KEPT: dict[int, psycopg.Connection] = {}
_THERE: set[tuple[int, str]] = set()


def let_go() -> None:
    """Close what is kept, before the process ends."""
    while _KEPT:
        _KEPT.popitem()[1].close()


def meeting() -> Path:
    """The folder in which the workers of this test run agree on what they share."""
    return Path(os.environ[SHARED_VARIABLE])


def shared() -> Cluster:
    """The cluster of this test run, started by whoever asks first."""
    note = meeting() / "cluster.json"
    with lock(meeting() / "cluster.lock"):
        if not note.exists():
            cluster = start()
            note.write_text(json.dumps({"folder": str(cluster.folder), "port": cluster.port}))
    told = json.loads(note.read_text())
    return Cluster(Path(told["folder"]), told["port"])


def open_meeting() -> None:
    """Before the workers start: the place where they agree on one cluster."""
    os.environ[SHARED_VARIABLE] = tempfile.mkdtemp(prefix="moebelcirkel-tests-")


def close_meeting() -> None:
    """After the last worker: stop the cluster, if one was started."""
    folder = Path(os.environ.pop(SHARED_VARIABLE))
    with contextlib.suppress(FileNotFoundError):
        told = json.loads((folder / "cluster.json").read_text())
        Cluster(Path(told["folder"]), told["port"]).stop()
    shutil.rmtree(folder, ignore_errors=True)


def start(*, durable: bool = False) -> Cluster:
    """Make and start a cluster on a free port; its folder belongs to whoever may run it.

    A durable one waits for the disk, as PostgreSQL does where nobody says otherwise.
    """
    _program("initdb")
    place = None if durable else _memory_disk()
    folder = Path(tempfile.mkdtemp(prefix="moebelcirkel-postgres-", dir=place))
    if user := _unprivileged():
        shutil.chown(folder, user)
    try:
        _make(folder / "data")
        return Cluster(folder, _start(folder, {} if durable else _IN_MEMORY))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _memory_disk() -> Path | None:
    """Where Linux keeps files in memory, if there is room: copying a database costs a third."""
    place = Path("/dev/shm")
    room = os.access(place, os.W_OK) and shutil.disk_usage(place).free > 4_000_000_000
    return place if room else None


def _make(data: Path) -> None:
    plain = ["-D", str(data), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"]
    danish = ["--locale-provider=icu", "--icu-locale=da-DK"]
    if _run_as_nobody("initdb", *plain, *danish).returncode == 0:
        return
    shutil.rmtree(data, ignore_errors=True)  # before version 15, or built without ICU
    made = _run_as_nobody("initdb", *plain)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


#: Nothing in it is worth a wait.
_IN_MEMORY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "256MB",
}


def _start(folder: Path, more: dict[str, str]) -> int:
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "64MB",
        **more,
    }
    with (folder / "data" / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    log = folder / "log"
    for _attempt in range(3):  # another program may take the port first
        port = _free_port()
        begun = _run_as_nobody(
            "pg_ctl", "-D", str(folder / "data"), "-l", str(log), "-o", f"-p {port}", "-w", "start"
        )
        if begun.returncode == 0:
            return port
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text() if log.exists() else ''}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    if found := shutil.which(name):
        return str(Path(found).resolve())
    for pattern in _USUAL_PLACES:
        anchor = Path(Path(pattern).anchor)
        found_here = sorted(anchor.glob(f"{Path(pattern).relative_to(anchor)}/{name}{_SUFFIX}"))
        if found_here:
            return str(found_here[-1])
    raise NoPostgres(
        "PostgreSQL's programs (initdb, pg_ctl) are not installed, so its tests cannot run. "
        "On Debian and Ubuntu: sudo apt-get install postgresql"
    )


def _unprivileged() -> str | None:
    """Who runs the server: initdb refuses root, so a user who may do nothing else."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run_as_nobody(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs; its output goes to a file, as a server keeps it open."""
    user = _unprivileged()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        ended = subprocess.run(
            [_program(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=tempfile.gettempdir(),
            user=user,
            group=None if user is None else _group_of(user),
            extra_groups=None if user is None else [],
            check=False,
        )
        output.seek(0)
        return subprocess.CompletedProcess(ended.args, ended.returncode, "", output.read())


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """One at a time among the workers; a folder is made by exactly one of them."""
    deadline = time.monotonic() + 600  # the usual example takes a minute, on a busy machine some
    while True:
        try:
            path.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        path.rmdir()
