"""The task types the program starts with."""

from __future__ import annotations

from decimal import Decimal

from moebelcirkel.domain.tasks import DEFAULT_TASKS


def test_the_table() -> None:
    rows = [
        (task.name, task.minutes, task.parts_ore // 100, str(task.co2_kg), task.renews)
        for task in DEFAULT_TASKS
    ]
    assert rows == [
        ("Rengøring", 10, 5, "0.5", False),
        ("Rens af betræk", 25, 15, "0.5", False),
        ("Skift hjul (5 stk.)", 10, 100, "3", False),
        ("Skift gaspatron", 20, 175, "3", False),
        ("Skift armlæn / beslag", 15, 150, "3", False),
        ("Ompolstring, sæde", 60, 250, "9", True),
        ("Ompolstring, sæde og ryg", 100, 450, "9", True),
        ("Slibning af bordplade", 60, 40, "0.5", False),
        ("Lakering / olie", 45, 60, "0.5", False),
        ("Maling", 60, 60, "0.5", False),
        ("Skift bordplade", 30, 600, "6.7", True),
        ("Motor/styring, hæve-sænkebord", 40, 800, "3", False),
        ("Efterspænding og justering", 10, 0, "0", False),
        ("Lås/nøgle", 15, 75, "3", False),
        ("Limning af stel", 40, 20, "0.5", False),
        ("Afkortning af bordplade", 45, 40, "0.5", False),
        ("Ny højde på ben eller stel", 30, 150, "3", False),
    ]


def test_bounds_only_where_a_source_gives_them() -> None:
    for task in DEFAULT_TASKS:
        bounds = (task.co2_low_kg, task.co2_high_kg)
        upholstery = (Decimal("3.4"), Decimal("13.3"))
        assert bounds == (upholstery if "polstring" in task.name else (task.co2_kg, task.co2_kg))
