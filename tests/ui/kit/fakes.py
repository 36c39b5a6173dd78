"""What stands in for the services in tests of the kit: a context that can be interrupted."""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from moebelcirkel.domain.errors import Interrupted

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


@dataclass
class FakeContext:
    """Knows its lane and request, and stops waiting when it is interrupted."""

    lane: str
    request_id: str | None
    stop: threading.Event = field(default_factory=threading.Event)

    def interrupt(self) -> None:
        self.stop.set()

    def wait(self) -> None:
        """A long statement that only an interruption ends."""
        if not self.stop.wait(10):
            raise AssertionError("nobody interrupted")
        raise Interrupted


def contexts(lane: str, request_id: str | None) -> "Context":
    """One context a job, as the composition makes them."""
    return cast("Context", FakeContext(lane, request_id))


def fake(context: "Context") -> FakeContext:
    """The fake behind the type."""
    return cast(FakeContext, context)
