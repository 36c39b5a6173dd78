"""What a piece's passport says of the lines booked of it before the one it shows."""

import datetime as dt

from moebelcirkel.services import units
from tests.clock import Clock
from tests.services import reporting
from tests.world import World


def test_low_and_high_that_are_the_same_are_told_once(world: World, clock: Clock) -> None:
    (unit_id,), _change = reporting.deliver(world, clock, dt.date(2026, 8, 10), answer="no")
    rows = units.passport(world.person("lager"), unit_id).figures.co2
    (shown,) = [row.value for row in rows if row.label == "Lav–høj"]
    assert shown == "−0,5\u00a0kg"


def test_a_piece_that_came_back_tells_its_hand_over_and_what_the_return_took_back(
    world: World, clock: Clock
) -> None:
    (unit_id,), _change = reporting.deliver(world, clock, dt.date(2026, 8, 10))
    note = units.passport(world.person("lager"), unit_id).figures.note
    assert "Andre linjer" not in note
    reporting.take_back(world, clock, dt.date(2026, 10, 22), [unit_id])
    note = units.passport(world.person("lager"), unit_id).figures.note
    # The figures of the school's chair in test_reports.
    assert note.replace("\u00a0", " ").endswith(
        "Andre linjer: 10.08.2026 udlevering 3.250 kr., 43,7 kg;"
        " 22.10.2026 returnering −3.305,33 kr., −43,2 kg."
    )
