"""How each kind of change is taken back, as the services that write declare it."""

from collections.abc import Callable
from dataclasses import dataclass

from moebelcirkel.domain.roles import Action
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """The rights that a kind of change needs, and how it is undone: by its events as a rule.

    ``right`` is what its own writer needs, and ``others`` somebody else who undoes it; ``None``
    is no right of the matrix.
    """

    right: Action | None = None
    others: Action | None = None
    #: Why it is never undone; empty where it is.
    stays: str = ""
    #: What undoes it instead of its events.
    own_rule: Callable[[Work, Change], None] | None = None
    #: It touches no field that any other change does: nothing is built upon it, and it stands when
    #: an earlier change of the same row is undone.
    stands_alone: bool = False
    #: It only takes out again a part of what another one made: the rest of that can be undone as
    #: if it were not.
    ends: bool = False


#: By the kind's name. Several services may write one kind; they declare it alike.
KINDS: dict[str, Kind] = {}


def declare(name: str, kind: Kind) -> None:
    """Say how a kind of change is taken back."""
    if KINDS.setdefault(name, kind) != kind:
        raise ValueError(f"{name} is declared in two ways")


def alone(*, with_ends: bool) -> list[str]:
    """Kinds that are in nobody's way, among them those that only end something where wanted."""
    return [name for name, kind in KINDS.items() if kind.stands_alone or (with_ends and kind.ends)]
