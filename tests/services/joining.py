"""What tests of merging institutions do: merge, take back, and hear why it is refused."""

from dataclasses import replace
from typing import Any

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, institutions
from moebelcirkel.services.context import Context
from moebelcirkel.services.institutions import InstitutionMerged
from moebelcirkel.services.start import login
from tests.services.reported import said_by
from tests.world import World


def merge(world: World, one: int | None = None, into: int | None = None) -> InstitutionMerged:
    """The school becomes the home, unless others are named."""
    return institutions.merge(world.person("admin"), one or world.school, into or world.home)


def refused(world: World, one: int | None = None, into: int | None = None) -> str:
    """Why they cannot be merged, which the preview says as well."""
    with pytest.raises(Refused) as caught:
        merge(world, one, into)
    seen = institutions.preview(world.person("admin"), one or world.school, into or world.home)
    assert said_by(caught) in [str(settled(each)) for each in seen.faults]
    return said_by(caught)


def settled(fault: Refused) -> str:
    return refusal(fault)


def now(world: World, name: str) -> Context:
    """Somebody with the roles of this moment."""
    key = world.people[name].user_id or 0
    return world.context.as_actor(login.actor_of(world.context, key))


def save(world: World, key: int, **changed: Any) -> None:
    admin = world.person("admin")
    found = institutions.get(admin, key)
    assert found is not None
    institutions.save(admin, replace(found.form, **changed), key, found.version)


def undo_last(world: World, done: InstitutionMerged) -> None:
    changes.undo(world.person("admin"), done.change_id or 0)
