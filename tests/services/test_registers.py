"""A day's work on all registers, with undo, one-time passwords and log-ins: rows equal events."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    changes,
    check,
    factors,
    institutions,
    parameters,
    places,
    tasks,
    users,
)
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.institutions import CostBearerForm, InstitutionForm
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.services.start import login
from moebelcirkel.services.tasks import RateForm
from moebelcirkel.services.users import UserForm
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.places import Place
from tests import trade, world


def _work(admin: Context, town: world.World) -> None:
    """Everything an administrator does, some of it taken back."""
    made = institutions.save(admin, InstitutionForm("Skolen", bearers=(CostBearerForm("4300"),)))
    detail = institutions.get(admin, made.id)
    assert detail is not None
    more = replace(detail.form, bearers=(CostBearerForm("99"),))
    changed = institutions.save(admin, more, detail.id, detail.version)
    changes.undo(admin, changed.change_id or 0)
    places.create_series(admin, "Hal 3, Reol 1-3")
    places.save(admin, PlaceForm("X-1", "Y"))
    fewer_roles = frozenset({Grant(Role.WAREHOUSE)})
    roles = frozenset({Grant(Role.LEADER, town.home), Grant(Role.WAREHOUSE)})
    person = users.save(admin, UserForm("bodil", "Bodil", grants=roles)).id
    row = users.get(admin, person)
    assert row is not None
    fewer = users.save(admin, UserForm("bodil", "Bodil B", grants=fewer_roles), person, row.version)
    changes.undo(admin, fewer.change_id or 0)
    users.set_password(admin, person, "blå stol i hallen")
    rate = tasks.hour_rates(admin)[0]
    tasks.save_rate(admin, RateForm("Personale", 32_500), rate.id, rate.version)
    tasks.confirm_rates(admin)
    parameters.save(admin, {"municipality": "Åby", "hold_minutes": 45})
    shipped = factors.sets(admin)[0]
    draft = factors.copy(admin, shipped.id, "2027.1", dt.date(2027, 1, 1)).id
    factor = factors.factors(admin, draft)[0]
    better = replace(factor.figures, source="EPD 2026")
    factors.save(admin, factor.id, factor.version, better)


def test_rows_equal_their_events_after_a_day_of_work(context: Context) -> None:
    town = world.build(context)
    _work(town.person("admin"), town)
    once = login.reset_password(context, "bodil")
    login.log_in(context, "bodil", once, new_password="rød sofa i gangen")
    report = check.run(town.person("admin"))
    assert [check.text(each) for each in report.findings] == []


def test_what_collides_with_other_rows_is_refused_and_a_fault_is_not(context: Context) -> None:
    def twice(work: Work) -> None:
        work.session.add_all([Place(code="1-01-A"), Place(code="1-01-A")])

    def nowhere(work: Work) -> None:
        work.session.add(CostBearer(institution_id=99, code="4300"))

    def nonsense(work: Work) -> None:
        work.session.add(Institution(name="Skolen", legal="nobody's"))

    for body in (twice, nowhere):
        with pytest.raises(Stale, match="collides with this"):
            context.write("place.save", None, body)
    with pytest.raises(IntegrityError):
        context.write("institution.save", None, nonsense)
    assert trade.rows(context, select(Place)) == []


def test_a_number_that_comes_again_is_nobody_elses_doing(context: Context) -> None:
    """The counter was taken out of the database by hand."""
    town = world.build(context)
    trade.put_on_sale(town, 1)
    with context.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM counter WHERE name = 'unit'"))
    with pytest.raises(Refused, match="part of the history is gone"):
        trade.put_on_sale(town, 1)
