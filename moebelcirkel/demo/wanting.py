"""What institutions of the example say they need and the shop has not: it waits, or ran out."""

import datetime as dt
from collections.abc import Sequence

from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import wants
from moebelcirkel.services.wants import WantForm

#: So many working days before the end: whose, what, how many, the worst condition that will do,
#: the most a piece may cost, and in how many days it is needed at the latest.
_WANTS = {
    41: ((5, "trampolin", 1, "C", 150_000, 21),),
    33: ((2, "lydskærm", 4, "B", None, 90), (6, "bordfodbold", 1, "C", 80_000, 60)),
    24: ((7, "akustikpanel", 6, "B", 60_000, 10),),
    14: ((0, "lydskærm", 2, "B", 90_000, 45), (1, "trampolin", 2, "C", None, 60)),
}


def want(stage: DemoStage, customers: Sequence[Customer], day: dt.date, left: int) -> None:
    """What is said on the morning of a day, so many working days before the end."""
    if left in _WANTS:
        stage.move_to(day, 7, 10)
    for at, words, pieces, condition, ceiling_ore, days in _WANTS.get(left, ()):
        owner = customers[at]
        by = day + dt.timedelta(days=days)
        form = WantForm(
            by, Answer.YES, words, pieces=pieces, condition=condition, ceiling_ore=ceiling_ore
        )
        stage.act(owner.leader, wants.create, owner.id, form)
