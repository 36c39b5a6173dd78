"""Reports of furniture for tests: made, accepted, and what is registered for them."""

import dataclasses

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import pickups
from moebelcirkel.services.context import Context
from moebelcirkel.services.intake import Batch, Part, ReportOrigin
from moebelcirkel.services.pickups import Report, ReportedLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.world import World

CHAIRS = ReportedLine(
    category_key="office_task_chair", name="Kontorstole, blå", pieces=62, condition="B"
)
TABLE = ReportedLine(category_key="desk_fixed", name="Skrivebord", pieces=4, condition="C")


def report(world: World, **changed: object) -> Report:
    said = Report(
        institution_id=world.school,
        lines=(CHAIRS,),
        building="Bygning B, lokale 12",
        access="stairs",
        contact="Teknisk service",
        note="Står i depotet.",
    )
    return dataclasses.replace(said, **changed)  # type: ignore[arg-type]


def reported(world: World, **changed: object) -> int:
    return pickups.report(world.person("leader"), report(world, **changed)).pickup_id


def gift(world: World) -> int:
    """The same with a firm: it comes to every institution."""
    given = report(world, institution_id=None, firm="Airbag A/S", value_ore=90_000)
    return pickups.report(world.person("lager"), given).pickup_id


def accepted(world: World, **changed: object) -> int:
    key = reported(world, **changed)
    pickups.accept(world.person("lager"), key)
    return key


def line_of(context: Context, pickup_id: int) -> int:
    return pickups.detail(context, pickup_id).lines[0].id


def batch_for(world: World, count: int, pickup_id: int, line_id: int | None) -> Batch:
    part = Part("B", count, "shelf", world.shelf)
    origin = ReportOrigin(pickup_id, line_id)
    return Batch(article_id=world.chair, parts=(part,), origin=origin)


def all_units(world: World) -> list[Unit]:
    found: list[Unit] = trade.rows(world.context, select(Unit))
    return found


def said_by(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refusal(refused.value)


def offered_at_giver(world: World, pieces: int = 3) -> tuple[int, int]:
    """Bookcases that are on sale where they stand: their report and line."""
    shelves = ReportedLine(
        category_key="bookcase_wood", name="Reol, lys", pieces=pieces, condition="B"
    )
    lager, key = world.person("lager"), reported(world, lines=(shelves,))
    line = line_of(lager, key)
    pickups.offer(lager, key, [line])
    return key, line
