"""A server that is not this machine has to prove that it is the one named."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services.context import SYSTEM, Actor, Context
from moebelcirkel.services.start import server as server_service
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.server import connecting
from tests import postgres

NAME = "database.kommune.example"


@dataclass(frozen=True)
class Proved:
    """A server with a certificate for its name, and the root that vouches for it."""

    port: int
    root: Path

    def url(self, name: str = NAME, more: str = "", user: str = "tester") -> str:
        """Its address by a name, which this machine need not know."""
        return f"postgresql://{user}@{name}:{self.port}/postgres?hostaddr=127.0.0.1{more}"


def certified(folder: Path) -> tuple[Path, Path]:
    """The server's certificate and its key, for the name and nobody else."""
    made, key = folder / "server.crt", folder / "server.key"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={NAME}",
            "-addext",
            f"subjectAltName=DNS:{NAME}",
            "-keyout",
            str(key),
            "-out",
            str(made),
        ],
        check=True,
        capture_output=True,
    )
    key.chmod(0o600)
    return made, key


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proved]:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine")
    try:
        cluster = postgres.start()
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    made, key = certified(tmp_path_factory.mktemp("tls"))
    for file in (made, key):
        placed = Path(shutil.copy2(file, cluster.folder / "data"))
        data = (cluster.folder / "data").stat()
        shutil.chown(placed, data.st_uid, data.st_gid)
    cluster.settings(ssl="on")
    yield Proved(cluster.port, made)
    cluster.stop()


def encrypted(url: str) -> object:
    """Whether the server says that nobody can listen."""
    database = Database(url)
    try:
        with database.read() as session:
            query = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            return session.scalar(query)
    finally:
        database.close()


def test_a_server_that_proves_its_name_is_worked_with(server: Proved) -> None:
    assert encrypted(server.url(more=f"&sslrootcert={server.root}")) is True


def test_one_that_nobody_vouches_for_is_not(server: Proved) -> None:
    with pytest.raises(Unavailable, match="could not prove by a certificate"):
        encrypted(server.url())


def test_one_with_the_certificate_of_another_is_not(server: Proved) -> None:
    with pytest.raises(Unavailable, match="could not prove by a certificate"):
        encrypted(server.url("anden.kommune.example", f"&sslrootcert={server.root}"))


def test_one_without_a_certificate_is_not(postgres_cluster: postgres.Cluster) -> None:
    bare = Proved(postgres_cluster.port, Path())
    with pytest.raises(Unavailable, match="could not prove by a certificate"):
        encrypted(bare.url())
    assert encrypted(bare.url(more="&sslmode=disable")) is False


@pytest.mark.parametrize(
    ("address", "mode", "unproved"),
    [
        ("postgresql://anna@localhost/db", None, False),
        ("postgresql://anna@127.0.0.1/db", None, False),
        ("postgresql://anna@[::1]/db", None, False),
        ("postgresql:///db", None, False),
        ("postgresql:///db?host=/run/postgresql", None, False),
        ("postgresql://anna@server/db", "verify-full", False),
        ("postgresql:///db?host=localhost,server", "verify-full", False),
        ("postgresql://anna@server/db?sslmode=require", "require", True),
        ("postgresql://anna@10.0.0.7/db?sslmode=disable", "disable", True),
    ],
)
def test_only_an_address_that_says_otherwise_goes_unproved(
    address: str, mode: str | None, unproved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGSSLMODE", "PGSSLROOTCERT", "PGHOST"):
        monkeypatch.delenv(name, raising=False)
    url = connecting.proving(make_url(address))
    assert url.query.get("sslmode") == mode
    assert connecting.is_unproved(url) is unproved


def test_the_variables_of_libpq_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "require")
    url = make_url("postgresql://anna@server/db")
    assert connecting.proving(url) == url
    assert connecting.is_unproved(url)
    monkeypatch.delenv("PGSSLMODE")
    monkeypatch.setenv("PGSSLROOTCERT", "/etc/kommune.crt")
    assert "sslrootcert" not in connecting.proving(url).query
    monkeypatch.setenv("PGHOST", "server")
    assert connecting.proving(make_url("postgresql:///db")).query["sslmode"] == "verify-full"


def test_a_ticket_is_used_where_there_is_one_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PGGSSENCMODE", raising=False)
    url = make_url("postgresql://anna@server/db")
    assert connecting.options(url, 1)["gssencmode"] == "prefer"
    without = url.update_query_dict({"gssencmode": "disable"})
    assert "gssencmode" not in connecting.options(without, 1)
    monkeypatch.setenv("PGGSSENCMODE", "disable")
    assert "gssencmode" not in connecting.options(url, 1)


def test_what_libpq_says_is_told_apart() -> None:
    error = 'connection failed: FATAL:  password authentication failed for user "anna"'
    assert connecting.doubt(error) == "password"
    no_ticket = "GSSAPI continuation error: No Kerberos credentials available"
    assert connecting.doubt(f"connection failed: {no_ticket}") == "ticket"
    assert connecting.doubt('FATAL:  SSPI authentication failed for user "anna"') == "ticket"
    assert connecting.doubt("server closed the connection unexpectedly") is None
    assert connecting.doubt("SSL error: unexpected eof while reading") is None


def test_the_administrator_is_told_of_it(server: Proved) -> None:
    database = Database(server.url(more="&sslmode=require"))
    asker = Context(database, SYSTEM)
    assert server_service.unproved(asker)
    nobody = Actor(7, "Anna", frozenset({Grant(Role.WAREHOUSE)}))
    with pytest.raises(Refused):
        server_service.unproved(asker.as_actor(nobody))
    database.close()
