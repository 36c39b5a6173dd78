"""Conditions and answers as the formulas weigh them."""

from __future__ import annotations

from decimal import Decimal

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.conditions import Condition, base_l


def test_base_l() -> None:
    assert [str(condition.base_l) for condition in Condition] == ["0.8", "0.6", "0.4", "0.2"]
    assert base_l(Condition.D, renewed=True) == 1
    assert base_l(Condition.D, renewed=False) == Decimal("0.2")
    assert [condition.label for condition in Condition] == [
        "like new",
        "good",
        "signs of use",
        "worn",
    ]


def test_answers() -> None:
    assert [str(answer.d) for answer in Answer] == ["1", "0.5", "0", "0.5", "0.5"]
    assert [answer for answer in Answer if answer.answered] == [Answer.YES, Answer.SOME, Answer.NO]
    assert Answer.UNANSWERED not in CHOICES
    assert len({answer.label for answer in Answer}) == 5
