"""The workshop's task types as a municipality starts with them; all can be edited.

Where minutes, prices and kg are from: db/reference/METODE.md, section 5.
Names and notes are data that the municipality owns, so they are in Danish and not translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TaskType:
    """What one task usually takes: minutes, parts and kg CO2e, with bounds where they are known."""

    key: str
    name_da: str
    name_en: str
    minutes: int
    parts_ore: int
    co2_kg: Decimal
    co2_low_kg: Decimal
    co2_high_kg: Decimal
    renews: bool
    resets_fire_test: bool
    note: str


def _task(
    key: str, names: tuple[str, str], minutes: int, parts_kr: int, kg: str, note: str
) -> TaskType:
    co2 = Decimal(kg)
    return TaskType(
        key, *names, minutes, parts_kr * 100, co2, co2, co2, renews=False,
        resets_fire_test=False, note=note,
    )  # fmt: skip


def _upholstery(
    key: str, names: tuple[str, str], minutes: int, parts_kr: int, note: str
) -> TaskType:
    return TaskType(
        key, *names, minutes, parts_kr * 100, Decimal(9), Decimal("3.4"), Decimal("13.3"),
        renews=True, resets_fire_test=True, note=note,
    )  # fmt: skip


_NEW_COVER = "Nyt betræk: brandtesten sættes til ukendt."

DEFAULT_TASKS: tuple[TaskType, ...] = (
    _task("clean", ("Rengøring", "Cleaning"), 10, 5, "0.5", "Gøres ved alle møbler."),
    _task(
        "clean_cover", ("Rens af betræk", "Cleaning of upholstery"), 25, 15, "0.5",
        "Tørretid 24 timer.",
    ),
    _task(
        "castors", ("Skift hjul (5 stk.)", "Replace castors (5)"), 10, 100, "3",
        "Vælg hjul til hårdt eller blødt gulv.",
    ),
    _task(
        "gas_lift", ("Skift gaspatron", "Replace gas lift"), 20, 175, "3",
        "Mål 28/50 mm. Brug briller, og åbn aldrig patronen.",
    ),
    _task(
        "armrest", ("Skift armlæn / beslag", "Replace armrest / fitting"), 15, 150, "3",
        "Dele fra et andet møbel koster 0 kr.",
    ),
    _upholstery(
        "reupholster_seat", ("Ompolstring, sæde", "Reupholster, seat"), 60, 250, _NEW_COVER
    ),
    _upholstery(
        "reupholster_seat_back",
        ("Ompolstring, sæde og ryg", "Reupholster, seat and back"), 100, 450, _NEW_COVER,
    ),
    _task(
        "sand_top", ("Slibning af bordplade", "Sand table top"), 60, 40, "0.5",
        "Kun massivt træ og finér.",
    ),
    _task(
        "lacquer", ("Lakering / olie", "Lacquer / oil"), 45, 60, "0.5",
        "Tørretid. Sørg for udluftning.",
    ),
    _task("paint", ("Maling", "Painting"), 60, 60, "0.5", "Lidt maling sælger."),
    TaskType(
        "table_top", "Skift bordplade", "Replace table top", 30, 60_000, Decimal("6.7"),
        Decimal("6.7"), Decimal("6.7"), renews=True, resets_fire_test=False,
        note="Brug gerne en plade, der er skåret til.",
    ),
    _task(
        "motor", ("Motor/styring, hæve-sænkebord", "Motor/control, sit-stand desk"), 40, 800, "3",
        "Elektrisk afprøvning bagefter. Kun for sagkyndige.",
    ),
    _task(
        "tighten", ("Efterspænding og justering", "Tighten and adjust"), 10, 0, "0",
        "Prøv, om møblet vipper.",
    ),
    _task("lock", ("Lås/nøgle", "Lock/key"), 15, 75, "3", "Nøglen kan ofte bestilles igen."),
    _task("glue", ("Limning af stel", "Glue frame"), 40, 20, "0.5", "Husk tid i tvinger."),
)  # fmt: skip
