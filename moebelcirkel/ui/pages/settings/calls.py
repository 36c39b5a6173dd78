"""What a register asks of its service, and the row that its form shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.fold import fold, matches_rank, words

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Saved


@dataclass(frozen=True, slots=True)
class Calls:
    """Functions of a service; ``blank`` is the form of a new row, whose fields the page has too."""

    find: Callable[[Context, str], Sequence[Any]]
    get: Callable[[Context, int], Any]
    save: Callable[..., Saved]
    delete: Callable[[Context, int, int], Saved]
    blank: Any


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form shows: a row by its id and version, or (without an id) a new one."""

    id: int | None
    version: int | None
    title: str
    values: Mapping[str, Any]
    more: Any = None
    """What the subclass shows below the form."""


def of_few(
    read: Callable[..., Sequence[Any]],
    save: Callable[..., Saved],
    delete: Callable[[Context, int, int], Saved],
    blank: Any,
) -> Calls:
    """The same of so few rows that their service hands all of them out, each with its form."""

    def find(context: Context, text: str) -> Sequence[Any]:
        wanted = words(text)
        rows = read(context, inactive=True)
        return [row for row in rows if matches_rank(wanted, fold(row.form.name)) is not None]

    def get(context: Context, key: int) -> Any:
        return next((row for row in read(context, inactive=True) if row.id == key), None)

    return Calls(find, get, save, delete, blank)


def values_of(form: Any) -> dict[str, Any]:
    """The values of a service's form by their names."""
    return {each.name: getattr(form, each.name) for each in fields(form)}
