"""The workshop's task types as a municipality starts with them; all can be edited.

Where minutes, prices and kg are from: db/reference/METODE.md, section 5.
Names and notes are data that the municipality owns, so they are in Danish and not translated.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TaskType:
    """What one task usually takes: minutes, parts and kg CO2e, with bounds where they are known.

    One with ``adapt_weeks`` can be ordered with a piece, and adds so many to the day it comes;
    ``adapt_for`` names the categories or groups it fits, all where it is empty.
    """

    name: str
    minutes: int
    parts_ore: int
    co2_kg: Decimal
    co2_low_kg: Decimal
    co2_high_kg: Decimal
    renews: bool
    note: str
    adapt_weeks: int | None = None
    adapt_for: str = ""


def is_work(*, done: bool, minutes: int, parts_ore: int) -> bool:
    """Whether a task of a case tells that something was done: it took time or parts."""
    return done and (minutes > 0 or parts_ore > 0)


#: What a task counts for a piece that got a part of other furniture in it, in kg CO2e.
REUSED_PART_KG = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class TaskEffect:
    """What a finished task does to one piece: kg CO2e with bounds, and if it gives new life."""

    co2e_kg: Decimal
    co2e_low_kg: Decimal
    co2e_high_kg: Decimal
    renews: bool


def effect(
    kg: Decimal,
    low_kg: Decimal | None,
    high_kg: Decimal | None,
    *,
    renews: bool,
    reused: bool = False,
) -> TaskEffect:
    """The figures of the task; with a ``reused`` part nothing new was made, and nothing is new."""
    if reused:
        return TaskEffect(REUSED_PART_KG, REUSED_PART_KG, REUSED_PART_KG, renews=False)
    return TaskEffect(
        kg, kg if low_kg is None else low_kg, kg if high_kg is None else high_kg, renews=renews
    )


#: What has a seat to be covered anew, and what has a top.
_PADDED = "Kontorstole; Gæste-/mødestol; Sofa og lænestol"
_TABLES = "Borde; Elevbord; Børnebord"


def _task(
    name: str,
    minutes: int,
    parts_kr: int,
    kg: str,
    note: str,
    *,
    renews: bool = False,
    adapt_weeks: int | None = None,
    adapt_for: str = "",
) -> TaskType:
    co2 = Decimal(kg)
    ore = parts_kr * 100
    return TaskType(name, minutes, ore, co2, co2, co2, renews, note, adapt_weeks, adapt_for)


def _upholstery(name: str, minutes: int, parts_kr: int) -> TaskType:
    return TaskType(
        name,
        minutes,
        parts_kr * 100,
        Decimal(9),
        Decimal("3.4"),
        Decimal("13.3"),
        renews=True,
        note="Nyt betræk: brandtesten sættes til ukendt.",
        adapt_weeks=3,
        adapt_for=_PADDED,
    )


DEFAULT_TASKS: tuple[TaskType, ...] = (
    _task("Rengøring", 10, 5, "0.5", "Gøres ved alle møbler."),
    _task("Rens af betræk", 25, 15, "0.5", "Tørretid 24 timer."),
    _task("Skift hjul (5 stk.)", 10, 100, "3", "Vælg hjul til hårdt eller blødt gulv."),
    _task("Skift gaspatron", 20, 175, "3", "Mål 28/50 mm. Brug briller, og åbn aldrig patronen."),
    _task("Skift armlæn / beslag", 15, 150, "3", "Dele fra et andet møbel koster 0 kr."),
    _upholstery("Ompolstring, sæde", 60, 250),
    _upholstery("Ompolstring, sæde og ryg", 100, 450),
    _task("Slibning af bordplade", 60, 40, "0.5", "Kun massivt træ og finér."),
    _task("Lakering / olie", 45, 60, "0.5", "Tørretid. Sørg for udluftning."),
    _task("Maling", 60, 60, "0.5", "Lidt maling sælger.", adapt_weeks=1),
    _task(
        "Skift bordplade",
        30,
        600,
        "6.7",
        "Brug gerne en plade, der er skåret til.",
        renews=True,
        adapt_weeks=2,
        adapt_for=_TABLES,
    ),
    _task(
        "Motor/styring, hæve-sænkebord",
        40,
        800,
        "3",
        "Elektrisk afprøvning bagefter. Kun for sagkyndige.",
    ),
    _task("Efterspænding og justering", 10, 0, "0", "Prøv, om møblet vipper."),
    _task("Lås/nøgle", 15, 75, "3", "Nøglen kan ofte bestilles igen."),
    _task("Limning af stel", 40, 20, "0.5", "Husk tid i tvinger."),
    _task(
        "Afkortning af bordplade",
        45,
        40,
        "0.5",
        "Mål både plade og stel.",
        adapt_weeks=1,
        adapt_for=_TABLES,
    ),
    _task("Ny højde på ben eller stel", 30, 150, "3", "Prøv, om det står fast.", adapt_weeks=1),
)
