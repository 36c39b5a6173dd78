"""Ordered with an adaptation: what is done to each piece before it comes, at an agreed price."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.fold import fold

#: Tasks that one order can be adapted by.
MOST_ADAPTATIONS = 5
#: Weeks that a task can add to the day of delivery.
MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """The task types that are asked for, with what they were shown to cost and to take."""

    task_type_ids: tuple[int, ...]
    each_ore: int
    weeks: int


@dataclass(frozen=True, slots=True)
class AdaptationTask:
    """One task for each piece, with what it costs and the weeks it adds."""

    task_type_id: int
    minutes: int
    labour_ore: int
    parts_ore: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Adaptation:
    """All that is done to each piece of an order.

    The pieces wait for their turn in the workshop once, so that the longest task decides.
    """

    tasks: tuple[AdaptationTask, ...]

    @property
    def each_ore(self) -> int:
        """What it adds to the price of a piece."""
        return sum(task.labour_ore + task.parts_ore for task in self.tasks)

    @property
    def weeks(self) -> int:
        """What it adds to the promised day."""
        return max((task.weeks for task in self.tasks), default=0)


class KnownCategory(Protocol):
    """A category with the names it and its group go by."""

    @property
    def key(self) -> str: ...
    @property
    def name_da(self) -> str: ...
    @property
    def group_key(self) -> str: ...
    @property
    def group_da(self) -> str: ...


def called(category: KnownCategory) -> tuple[str, ...]:
    """What a setting may call a category, its own names before its group's."""
    name = category.name_da
    short = name.partition(" (")[0], name.partition(",")[0]
    return category.key, name, *short, category.group_da, category.group_key


def fits(adapt_for: str | None, category: KnownCategory) -> bool:
    """Whether a task is for this category: without names it is for all furniture."""
    if category.key == SPARE_PART:
        return False
    names = {fold(name) for name in (adapt_for or "").split(";") if name.strip()}
    return not names or any(fold(name) in names for name in called(category))


def check_choice(task_type_ids: Sequence[int]) -> None:
    """At least one task, none twice, and not too many."""
    if not task_type_ids:
        raise Refused(N_("Choose at least one adaptation."), field="tasks")
    if len(task_type_ids) > MOST_ADAPTATIONS:
        raise Refused(
            N_("At most {most} adaptations in one order."), field="tasks", most=MOST_ADAPTATIONS
        )
    if len(set(task_type_ids)) < len(task_type_ids):
        raise Refused(N_("Choose each adaptation once."), field="tasks")
