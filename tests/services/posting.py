"""A mail server on this machine, and a municipality that sends by it, for tests of mail."""

import contextlib
import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from moebelcirkel.services import parameters
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.tables.users import User
from tests.world import World


@dataclass
class Post:
    """What the server does, and what it got."""

    greeting: str = "250 HELP"
    answer: str = "250 OK"
    to: str = "250 OK"
    drops: bool = False
    hangs_up_on: str = ""
    got: list[Any] = field(default_factory=list)

    async def handle_HELO(self, _server: Any, session: Any, _envelope: Any, name: str) -> str:
        session.host_name = name
        return self.greeting

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, name: str, offers: list[str]
    ) -> list[str]:
        session.host_name = name
        return [*offers[:-1], self.greeting]

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        if self.drops or self.hangs_up_on in envelope.rcpt_tos:
            server.transport.close()
            return "250 OK"
        if self.answer.startswith("250"):
            self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.answer


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
        return port


@contextlib.contextmanager
def served(post: Post, **more: Any) -> Iterator[int]:
    """A mail server on this machine."""
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mailed(world: World, port: int, **more: Any) -> Context:
    """Everybody has an address, and the server is named; answers the program itself."""
    with world.context.database.write() as session:
        for user in session.scalars(select(User)):
            session.execute(
                update(User).where(User.id == user.id).values(email=f"{user.login}@skole.dk")
            )
    values = {
        "mail_host": "127.0.0.1",
        "mail_port": port,
        "mail_sender": "moebler@kommune.dk",
        "mail_starttls": False,
        **more,
    }
    parameters.save(world.person("admin"), values)
    return world.context.as_actor(SYSTEM)
