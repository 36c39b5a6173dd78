"""The method as it is written for readers agrees with what the program computes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from moebelcirkel import paths
from moebelcirkel.domain import figures
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.figures import inputs as figure_inputs
from moebelcirkel.domain.tasks import DEFAULT_TASKS, TaskType
from moebelcirkel.language import decimal
from tests.domain.figure_cases import chair
from tests.domain.test_figures import DAYS_3_2_YEARS, EXAMPLE_A, EXAMPLE_B, EXAMPLE_C, second_loop

ROOT = Path(__file__).resolve().parents[2]
PAPER = paths.database_files("reference", "METODE.md").read_text("utf-8")
CITED = re.compile(r"METODE\.md,\s+sections? (\d+(?:\.\d+)?)(?: to (\d+))?")


def said(value: Decimal | int, places: int | None = None) -> str:
    """A number as the paper writes it."""
    return decimal(Decimal(value), places).replace("\u2212", "-")


def has(*texts: str) -> None:
    plain = PAPER.replace("\u2212", "-")
    assert [text for text in texts if text not in plain] == []


def test_every_section_that_is_cited_is_there() -> None:
    headings = set(re.findall(r"^##+ (\d+(?:\.\d+)?)", PAPER, re.MULTILINE))
    cited = set(_cited())
    assert len(cited) >= 5
    assert cited - headings == set()


def _cited() -> Iterator[str]:
    for room in ("moebelcirkel", "tests"):
        for path in (ROOT / room).rglob("*.py"):
            for first, last in CITED.findall(path.read_text("utf-8")):
                yield from filter(None, (first, last))


def test_the_constants_are_those_of_the_program() -> None:
    shares = " · ".join(f"{each.value} {said(each.base_l)}" for each in Condition)
    has(
        said(figure_inputs.FREIGHT_NEW, 5),
        said(figure_inputs.FREIGHT_REUSE, 5),
        shares,
        f"km_ny = {said(figure_inputs.KM_NEW)} km",
        f"km = {said(figure_inputs.KM_WITHOUT_RUN)} km",
        f"ja {said(Answer.YES.d)} · nogle af dem {said(Answer.SOME.d)} · nej {said(Answer.NO.d)}",
        f"ved ikke og intet svar {said(Answer.UNKNOWN.d)} ",
        "0,27, 0,5, 0,7 eller 1",
        f"{said(figures.SHADOW_PRICES_ORE[2026] // 100)} kr. i\n  2026",
    )
    bounds = chair()
    has(f"({said(bounds.km_low)}–{said(bounds.km_high)} km)", f"(0–{said(bounds.waste_high)})")


def _row(task: TaskType) -> str:
    kilos = said(task.co2_kg)
    if task.co2_low_kg != task.co2_high_kg:
        kilos += f" ({said(task.co2_low_kg)}–{said(task.co2_high_kg)})"
    parts = said(task.parts_ore // 100)
    end = "ja |" if task.renews else "|"
    return f"| {task.name} | {task.minutes} | {parts} | {kilos} | {end}"


def test_the_tasks_are_those_a_municipality_starts_with() -> None:
    has(*map(_row, DEFAULT_TASKS))
    assert PAPER.count("\n| ") >= len(DEFAULT_TASKS)


def test_the_examples_end_in_what_the_program_computes() -> None:
    for inputs in (EXAMPLE_A, EXAMPLE_B):
        exact = figures.exact_co2(inputs, figures.life_at_hand_over(inputs))
        booked = figures.hand_over(inputs)
        has(said(exact["net_g"], 4), said(exact["gross_g"], 4))
        has(said(Decimal(booked.cash_ore) / 100, 2), said(Decimal(booked.lifetime_ore) / 100, 2))
    for inputs in (EXAMPLE_C, second_loop()):
        exact = figures.exact_co2(inputs, figures.life_at_hand_over(inputs))
        low, high = said(exact["low_g"], 4), said(exact["high_g"], 4)
        has(f"{said(exact['net_g'], 4)} ({low} – {high})", said(exact["gross_g"], 4))
    booked, used = figures.returned(EXAMPLE_C, DAYS_3_2_YEARS)
    has(f"retur efter {said(DAYS_3_2_YEARS)} dage, brugt {said(used, 6)}")
    has(said(Decimal(booked.cash_ore) / 100, 2), said(Decimal(booked.lifetime_ore) / 100, 2))


def test_the_span_of_a_sum_is_told_with_an_example_that_comes_out() -> None:
    chairs, desks = (10, 20, 35), (-7, -14, -23)
    low, high = figures.outermost([chairs, desks])
    one, other = (" – ".join(map(said, part)) for part in (chairs, desks))
    together = f"{said(low)} – {said(chairs[1] + desks[1])} – {said(high)}"
    has(f"{one} kg og borde, der mest er taget tilbage, {other} kg giver {together} kg")
