"""How a case is worded on its card: few words, the next thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import language
from moebelcirkel.domain.lifecycle import Stage
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.lists.board import BoardCard
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts import errand_words

if TYPE_CHECKING:
    from moebelcirkel.services.cases import BoardCase


def titles() -> list[tuple[str, str]]:
    """The columns from left to right, with their words."""
    return [
        ("assess", _("Being assessed")),
        ("waiting", _("Waiting for parts")),
        ("working", _("In progress")),
        ("testing", _("Being tested")),
        ("ready", _("Ready")),
    ]


def card(case: BoardCase, *, may_sell: bool) -> BoardCard:
    """The card of a case."""
    chip = None
    if case.task and case.state != Stage.READY:
        chip = Chip(case.task, "warning" if case.state == Stage.WAITING else "money")
    condition = None
    if case.condition and chip is None:
        condition = Chip(case.condition, condition_tone(case.condition))
    return BoardCard(
        key=case.id,
        number=case.number,
        title=many(case.count, case.name),
        detail=_detail(case, may_sell=may_sell),
        chip=chip,
        condition=condition,
        photo_key=case.photo,
        shape=shape_for(case.category_key, case.name),
    )


def many(count: int, name: str) -> str:
    """A name with how many there are, where there are several."""
    return f"{language.number(count)} × {name}" if count > 1 else name


def sale_words(count: int) -> str:
    """What the button says that puts finished pieces on sale."""
    many = ngettext("Put {count} piece on sale", "Put {count} pieces on sale", count)
    return many.format(count=language.number(count))


def _detail(case: BoardCase, *, may_sell: bool) -> str:
    if case.state == Stage.READY:
        return _("put on sale") if may_sell else _("waits for the warehouse")
    if case.errand is not None:
        return errand_words.where(case.errand)
    if case.state == Stage.WAITING:
        parts = [case.note, _expected(case)]
        return " · ".join(part for part in parts if part) or age(case.days)
    if case.state == Stage.ASSESS:
        return " · ".join(part for part in (case.giver, age(case.days)) if part)
    if case.minutes_left:
        return duration(case.minutes_left)
    return _("all tasks are done") if case.tasks else age(case.days)


def _expected(case: BoardCase) -> str:
    if case.expected_on is None:
        return ""
    return _("expected {date}").format(date=language.day(case.expected_on))


def age(days: int) -> str:
    """How long it has been in the workshop, as words that stay on one line."""
    if days == 0:
        return _("today").replace(" ", language.NBSP)
    many = ngettext("{count} day", "{count} days", days)
    return many.format(count=language.number(days)).replace(" ", language.NBSP)


def duration(minutes: int) -> str:
    """Working time: "45 min.", "1 t 20 min."."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min.").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min.").format(hours=hours, minutes=rest)
