"""What a write answers, and how the same request asked again gets the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a write came to: its change and the kinds of rows it touched.

    A service that tells more answers a frozen dataclass over this one, of whole numbers, texts,
    yes or no, and tuples of them; the unit of work puts change and kinds in.
    """

    change_id: int | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Saved(Done):
    """The row that was written."""

    id: int


@dataclass(frozen=True, slots=True)
class Pieces(Done):
    """How many pieces it was done to."""

    pieces: int


DoneT = TypeVar("DoneT", bound=Done)
_FRAME = {each.name for each in fields(Done)}


def told(answer: Done) -> dict[str, object]:
    """What a service tells besides its change, as it is stored."""
    return {stored: getattr(answer, name) for name, stored in _names(type(answer)).items()}


def again(
    kind: type[DoneT], change_id: int, kinds: str, stored: Mapping[str, object]
) -> DoneT | None:
    """An answer out of the database; nothing where something else was answered."""
    names = _names(kind)
    if not set(names.values()) <= set(stored):
        return None
    said: dict[str, Any] = {name: _frozen(stored[at]) for name, at in names.items()}
    return kind(change_id=change_id, kinds=frozenset(kinds.split()), **said)


def _names(kind: type[Done]) -> dict[str, str]:
    """The fields of an answer, and what each is called where it is stored."""
    own = (each for each in fields(kind) if each.name not in _FRAME)
    return {each.name: each.metadata.get("stored", each.name) for each in own}


def answer_of(body: Callable[..., object]) -> type[Done]:
    """The class that a function says it answers."""
    said = getattr(body, "__annotations__", {}).get("return")
    return said if isinstance(said, type) and issubclass(said, Done) else Done


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
