"""Pairs of writes about planned purchases, on what lies there in the middle of a day."""

import datetime as dt

from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import purchases
from moebelcirkel.services.purchases import AnswerForm, SetForm
from moebelcirkel.services.wants import WantForm
from tests.services.beside import Call
from tests.services.working_day import Day


def _new(day: Day) -> tuple[int, AnswerForm, int]:
    form = AnswerForm("new", 4, "Skal kunne vaskes ved 60 grader", used_first=True)
    return day["planned"], form, 1


def chairs(day: Day, line_id: int | None = None) -> SetForm:
    """More than there are, so that somebody wants the rest."""
    rest = WantForm(dt.date(2027, 1, 1), Answer.YES, article_id=day.chair)
    return SetForm(4, [(day["key"], 4)], rest, line_id)


BUYING: tuple[tuple[Call, Call], ...] = (
    (
        Call(purchases.keep, "leader", lambda day: (day.school, "3 stole")),
        Call(purchases.keep, "naboleder", lambda day: (day.home, "3 borde")),
    ),
    (
        Call(purchases.answer, "leader", _new),
        Call(purchases.answer, "naboleder", lambda day: (day["planned"], AnswerForm("lent", 1), 1)),
    ),
    (
        Call(purchases.gather, "leader", lambda day: (day.school, chairs(day, day["planned"]))),
        Call(purchases.gather, "naboleder", lambda day: (day.home, chairs(day))),
    ),
    (
        Call(purchases.gather, "leader", lambda day: (day.school, chairs(day, day["planned"]))),
        Call(purchases.answer, "naboleder", lambda day: (day["planned"], AnswerForm("lent", 1), 1)),
    ),
    (
        Call(purchases.reopen, "leader", lambda day: (day["answered"], 2)),
        Call(purchases.drop, "naboleder", lambda day: (day["plan"], 1)),
    ),
)
