"""How full the van is, and how a run's cost is divided."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.runs import (
    Load,
    driven,
    fullest,
    run_number,
    shares,
    too_full,
    trips_saved,
)
from moebelcirkel.language import percent

VOLUMES = st.dictionaries(st.integers(1, 10**6), st.one_of(st.none(), st.integers(0, 20_000)))


@given(st.integers(0, 10**9), VOLUMES)
def test_shares_come_to_the_total_to_the_last_one(
    total: int, volumes: dict[int, int | None]
) -> None:
    found = shares(total, volumes)
    assert found.keys() == volumes.keys()
    assert sum(found.values()) == (total if volumes else 0)
    if volumes and all(volumes.values()):
        whole = sum(litres or 0 for litres in volumes.values())
        for key, litres in volumes.items():
            assert abs(found[key] - Decimal(total) * (litres or 0) / whole) < 1


def test_pieces_without_a_volume_make_all_bear_alike() -> None:
    assert shares(100, {1: 10, 2: None, 3: 500}) == {1: 34, 2: 33, 3: 33}
    assert shares(100, {1: 300, 2: 100}) == {1: 75, 2: 25}


def test_the_van_is_fullest_between_its_stops() -> None:
    sofa, chairs = Load(1, 1_500, 50_000), Load(10, 2_000, 60_000)
    # The chairs are out before the sofa comes in, so both are never on board together.
    assert fullest([(chairs, Load()), (Load(), sofa)]) == (2_000, 60_000)
    assert fullest([(Load(), sofa), (chairs, Load())]) == (3_500, 110_000)
    assert fullest([]) == (0, 0)


def test_three_orders_and_a_pickup_on_one_run_save_three_trips() -> None:
    assert trips_saved(3, 1) == 3
    assert trips_saved(0, 0) == 0
    assert run_number(7) == "K-00007"


def test_driving_is_rounded_half_even_once() -> None:
    found = driven(Decimal("42.5"), 379, Decimal("0.31689"))
    assert (found.ore, found.grams) == (16_108, 13_468)


@pytest.mark.parametrize("share", [0.5, 1.0, 1.003, 1.008, 1.2])
def test_a_van_that_is_told_to_be_full_is_not_too_full(share: float) -> None:
    assert too_full(share) == (percent(share).replace("\u00a0", " ") not in ("50 %", "100 %"))
