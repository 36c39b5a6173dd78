"""What a write answers, and how the same request asked again gets the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a write came to: its change and the kinds of rows it touched.

    A service that tells more answers a frozen dataclass over this one, of whole numbers, texts,
    yes or no, and tuples of them; the unit of work puts change and kinds in.
    """

    change_id: int | None = None
    kinds: frozenset[str] = frozenset()
    data: dict[str, Any] = field(default_factory=dict)


DoneT = TypeVar("DoneT", bound=Done)
_FRAME = {each.name for each in fields(Done)}


def told(answer: Done) -> dict[str, object]:
    """What a service tells besides its change, by name, as it is stored."""
    return dict(answer.data) | {
        each.name: getattr(answer, each.name) for each in fields(answer) if each.name not in _FRAME
    }


def again(kind: type[DoneT], change_id: int, kinds: str, stored: Mapping[str, object]) -> DoneT:
    """An answer out of the database."""
    names = {each.name for each in fields(kind)} - _FRAME
    said: dict[str, Any] = {name: _frozen(stored[name]) for name in names & set(stored)}
    frame: dict[str, Any] = {"data": dict(stored)} if kind is Done else {}
    return kind(change_id=change_id, kinds=frozenset(kinds.split()), **frame, **said)


def answer_of(body: Callable[..., object]) -> type[Done]:
    """The class that a function says it answers."""
    said = getattr(body, "__annotations__", {}).get("return")
    return said if isinstance(said, type) and issubclass(said, Done) else Done


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
