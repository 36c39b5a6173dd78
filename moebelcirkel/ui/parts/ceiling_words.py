"""Budget ceilings in words, the same in the basket, at the approver and on the institution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel.language import _, kroner
from moebelcirkel.ui.kit.lists.facts import Fact

if TYPE_CHECKING:
    from moebelcirkel.services.ceilings import Used


def ceiling_name(used: Used) -> str:
    """Which ceiling it is: "Budgetloft 2026 · Kontorstole"."""
    name = _("Budget ceiling {year}").format(year=used.standing.year)
    return f"{name} · {used.name}" if used.name else name


def of_most(used: Used) -> str:
    """How much is used of how much, with what is asked."""
    standing = used.standing
    return _("{used} of {most}").format(
        used=kroner(standing.used_ore + standing.adds_ore), most=kroner(standing.most_ore)
    )


def left(used: Used) -> str:
    """What is left, or what is too much."""
    rest = _left_ore(used)
    if rest < 0:
        return _("{amount} too much").format(amount=kroner(-rest))
    return _("{amount} left").format(amount=kroner(rest))


def ceiling_facts(found: Sequence[Used]) -> list[Fact]:
    """How far each ceiling is used, orders that wait with them."""
    return [
        Fact(ceiling_name(each), of_most(each), left(each), tone="error" if over else "")
        for each in found
        for over in [_left_ore(each) < 0]
    ]


def in_the_basket(found: Sequence[Used], *, possible: bool) -> tuple[str, bool]:
    """What the basket says of the ceilings, or of the one with least left; whether it can be sent.

    ``possible``: somebody can approve it.
    """
    over = [each for each in found if each.standing.over_ore]
    if over:
        said = [
            _("{name}: {amount} too much.").format(
                name=ceiling_name(each), amount=kroner(each.standing.over_ore)
            )
            for each in over
        ]
        help_ = _("Take something out, or ask an administrator to raise the ceiling.")
        return " ".join(said if possible else [*said, help_]), possible
    tightest = min(found, key=_left_ore, default=None)
    if tightest is None:
        return "", True
    return f"{ceiling_name(tightest)}: {of_most(tightest)}", True


def _left_ore(used: Used) -> int:
    standing = used.standing
    return standing.most_ore - standing.used_ore - standing.adds_ore
