"""Planned purchases for tests: kept and answered in few words."""

from typing import Any

from moebelcirkel.services import purchases
from moebelcirkel.services.context import Context
from moebelcirkel.services.purchases import AnswerForm
from moebelcirkel.storage.queries.purchases import KeptLine
from tests.world import World


def plan(context: Context, institution_id: int, text: str = "12 kontorstole\n2 reoler") -> int:
    """A new plan's id."""
    return purchases.keep(context, institution_id, text).id


def lines(context: Context, plan_id: int) -> list[KeptLine]:
    """Its lines as they are kept."""
    found = [line.kept for line in purchases.kept(context, plan_id).plan.lines]
    return [line for line in found if line is not None]


def answer(context: Context, plan_id: int, at: int, ending: str, pieces: int, **more: Any) -> None:
    """Say what became of a line, by its place."""
    key = lines(context, plan_id)[at].id
    purchases.answer(context, key, AnswerForm(ending, pieces, **more))


def answered(world: World) -> None:
    """A plan with a line that must be new, and one that is partly taken."""
    leader = world.person("leader")
    made = plan(leader, world.school, "12 kontorstole 3.350 kr.\n2 reoler")
    answer(leader, made, 0, "new", 12, reason="Skal kunne vaskes", used_first=True)
    answer(leader, made, 1, "taken", 1)
