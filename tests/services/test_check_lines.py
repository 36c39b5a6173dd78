"""The check finds each column of a figure line that says other than what it was taken from."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.figures import hand_over
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.check import figures_equal_inputs
from moebelcirkel.services.context import Saved, Work
from moebelcirkel.services.figures.lines import figure_values
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.services.tampering import found_after, tamper
from tests.world import World

TAKEN_FROM = "Figure line {key}: {column} is not what it was taken from."
KINDS = ("hand_over", "adjustment", "reversal", "late_cost")

#: By column another value, and the kinds of lines that show it; ``{other}`` is another article.
BREAKS = {
    "category_key": ("'furniture_average'", KINDS),
    "article_id": ("{other}", KINDS),
    "loop": ("loop + 1", KINDS),
    "institution_id": ("1 + coalesce(institution_id, 0) % 2", KINDS),
    "factor_set_id": ("NULL", KINDS),
    "own_epd": ("NOT own_epd", KINDS),
    "own_factor": ("NOT own_factor", KINDS),
    "documented": ("NOT documented", KINDS),
    "answered": ("NOT answered", KINDS),
    "booked_at": ("'2026-01-01 10:00:00+00'", KINDS),
    "price_paid_ore": ("price_paid_ore + 1", KINDS),
    "days_in_house": ("coalesce(days_in_house, 0) + 1", KINDS),
    "order_line_id": ("1 + coalesce(order_line_id, 0) % 2", KINDS),
    "effective_on": ("'2026-08-11'", ("hand_over", "adjustment", "reversal")),
}


@pytest.fixture
def other(year: World) -> int:
    """An article that none of the lines is of; the triggers are away."""
    tamper(year)
    article = Article(name="Skammel", category_key="furniture_average")

    def fill(work: Work) -> Saved:
        work.session.add(article)
        work.session.flush()
        return Saved(id=article.id)

    return int(year.context.write("article.save", None, fill).id)


def line_of(world: World, kind: str) -> FigureLine:
    """The first line of a kind."""
    query = select(FigureLine).where(FigureLine.kind == kind).order_by(FigureLine.id)
    found: FigureLine = trade.rows(world.context, query)[0]
    return found


def found(world: World, line_id: int, column: str, value: str) -> set[tuple[object, object]]:
    """Which columns of which lines are told after one was changed."""
    statement = f"UPDATE figure_line SET {column} = {value} WHERE id = {line_id}"
    return {
        (finding.values["key"], finding.values.get("column"))
        for finding in found_after(world, figures_equal_inputs, statement)
        if finding.message == TAKEN_FROM
    }


def test_turnover_is_what_is_charged_and_fees_are_apart(year: World, other: int) -> None:
    line = line_of(year, "hand_over")
    said = "Piece {key}: its turnover is not what it is charged for."

    def told(values: str) -> list[object]:
        statement = f"UPDATE charge SET {values} WHERE order_line_id = {line.order_line_id}"
        findings = found_after(year, figures_equal_inputs, statement)
        return [each.values["key"] for each in findings if each.message == said]

    assert told("amount_ore = amount_ore + 0") == []
    assert told("amount_ore = amount_ore + 1") == [line.unit_id]
    assert told("kind = 'fee'") == [line.unit_id]
    elsewhere = year.home if line.institution_id == year.school else year.school
    assert told(f"institution_id = {elsewhere}") == [line.unit_id]


def test_a_year_of_lines_agrees(year: World) -> None:
    kinds = {line.kind for line in trade.rows(year.context, select(FigureLine))}
    assert kinds == set(KINDS)
    assert found(year, 0, "loop", "loop") == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_changed_by_hand_is_found(year: World, other: int, kind: str) -> None:
    line = line_of(year, kind)
    for column, (value, kinds) in BREAKS.items():
        told = found(year, line.id, column, value.format(other=other))
        assert kind not in kinds or (line.id, column) in told, column


def test_inputs_that_are_not_the_sets_or_the_orders_are_found(year: World) -> None:
    tamper(year)
    line = trade.row(year.context, FigureLine, 2)
    inputs = FigureInputs.from_dict(line.inputs)
    assert inputs.e_low is not None
    others = {
        "e_low": replace(inputs, e_low=inputs.e_low + 1),
        "lifetime_years": replace(inputs, lifetime_years=inputs.lifetime_years + 1),
        "answer": replace(inputs, answer=Answer.SOME),
    }
    for name, other in others.items():
        values = figure_values(hand_over(other)) | {"inputs": json.dumps(other.as_dict())}
        columns = ", ".join(f"{name} = :{name}" for name in values)
        statement = f"UPDATE figure_line SET {columns} WHERE id = {line.id}"
        told = found_after(year, figures_equal_inputs, statement, **values)
        assert f"inputs.{name}" in [each.values.get("column") for each in told]
