"""What somebody may choose: nothing that was made inactive since it was shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import cases, intake, places, stock, tasks
from moebelcirkel.services.context import Context
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.places import PlaceForm
from tests.world import World


def _received(world: World, place_id: int) -> int:
    parts = (Part("C", 1, "shelf", place_id),)
    batch = Batch(parts=parts, giver_id=world.home, article_id=world.chair)
    return intake.register(world.person("lager"), batch).unit_ids[0]


def test_what_was_made_inactive_meanwhile_is_chosen_nowhere(world: World, bench: Context) -> None:
    admin = world.person("admin")
    case_id = cases.send(bench, [_received(world, world.shelf)]).case_id
    first = tasks.task_types(admin)[0]
    second = tasks.hour_rates(admin)[-1]
    (shelf,) = [row for row in places.find(admin) if row.id == world.shelf]
    task = cases.add_task(bench, case_id, first.id).task_id
    tasks.save_task(admin, replace(first.form, active=False), first.id, first.version)
    tasks.save_rate(admin, replace(second.form, active=False), second.id, second.version)
    places.save(admin, PlaceForm(shelf.code, shelf.name, active=False), shelf.id, shelf.version)
    other = _received(world, world.workshop)

    acts: list[Callable[[], object]] = [
        lambda: cases.add_task(bench, case_id, first.id),
        lambda: cases.set_task(bench, task, hour_rate_id=second.id),
        lambda: cases.send(bench, [other], shelf.id),
        lambda: cases.finish(bench, case_id, "C", place_id=shelf.id),
        lambda: stock.move(world.person("lager"), [other], shelf.id),
    ]
    for act in acts:
        with pytest.raises(Refused, match="no longer in use"):
            act()
    cases.set_task(bench, task, minutes=5)
