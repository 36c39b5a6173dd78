"""Types that nothing speaks of are deleted, many at once; those in use never."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import articles, changes, check, imports, intake
from moebelcirkel.services.articles import lists
from moebelcirkel.services.imports import ColumnMapping, ImportChoices, PriceBasis
from tests.world import World


def priced(world: World, count: int) -> int | None:
    """A price list taken in; answers with its change."""
    lines = [f"K{number};Stol {number};Stole" for number in range(count)]
    source = imports.read("\n".join(["varenr;navn;kategori", *lines]).encode(), "liste.csv")
    mapping = ColumnMapping("varenr", ("navn",), category="kategori")
    choices = ImportChoices(mapping, PriceBasis(), {"Stole": "visitor_chair"})
    return imports.run(world.person("admin"), source, choices).change_id


def test_all_unused_types_go_in_one_change_and_come_back(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    priced(world, 60)
    hit = articles.suggest(lager, "stol 7")[0]
    part = intake.Part("B", 1, "shelf", world.shelf)
    intake.register(lager, intake.Batch(article_id=hit.id, parts=(part,)))

    unused = lists.unused_ids(admin)
    assert hit.id not in unused
    before = lists.find(admin).total
    done = articles.delete(admin, unused)
    assert lists.find(admin).total == before - len(unused)
    assert lists.find(admin, unused=True).total == 0
    assert check.run(world.context).ok
    changes.undo(admin, done.change_id or 0)
    assert lists.unused_ids(admin) == unused
    assert check.run(world.context).ok


def test_a_type_that_came_into_use_meanwhile_keeps_all_of_them(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    priced(world, 3)
    unused = lists.unused_ids(admin)
    part = intake.Part("B", 1, "shelf", world.shelf)
    done = intake.register(lager, intake.Batch(article_id=unused[0], parts=(part,)))
    with pytest.raises(Refused, match="is in use"):
        articles.delete(admin, unused)
    changes.undo(lager, done.change_id or 0)
    with pytest.raises(Refused, match="is in use"):
        articles.delete(admin, unused)


def test_only_who_may_correct_types_deletes_them(world: World) -> None:
    priced(world, 1)
    unused = lists.unused_ids(world.person("admin"))
    for name in ("leader", "bench", "controller"):
        with pytest.raises(Refused, match="do not have the right"):
            articles.delete(world.person(name), unused)
