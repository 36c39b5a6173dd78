"""What finance cannot take, or a drive or colleague says no to: said plainly, with nothing lost."""

import dataclasses
import functools
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, deliveries, institutions, parameters, settlement
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.tables.institutions import Institution
from tests import full_drive, trade
from tests.services import ordering, settling, shopping
from tests.services.sound import assert_whole
from tests.services.test_orders_race import together
from tests.world import World


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world)
    return world


def change(world: World, **values: object) -> None:
    """The school is changed in its register; ``bearers`` says whether its accounts are in use."""
    row = institutions.get(world.person("admin"), world.school)
    assert row is not None
    if "bearers" in values:
        values["bearers"] = tuple(
            dataclasses.replace(each, active=bool(values["bearers"])) for each in row.form.bearers
        )
    form = dataclasses.replace(row.form, **values)  # type: ignore[arg-type]
    institutions.save(world.person("admin"), form, world.school, row.version)


def hand_over_ordered(world: World) -> int:
    """Two pieces that a leader ordered, so that an account pays; answers the change."""
    order = ordering.send(world.person("leader"), world)
    lines = [line.id for line in ordering.lines_of(world, order)]
    deliveries.pick(world.person("lager"), lines)
    return deliveries.hand_over(world.person("lager"), line_ids=lines).change_id or 0


def warned(world: World) -> list[str]:
    shown = settlement.preview(world.person("controller"), settling.NOVEMBER)
    return [refusal(each) for each in (*shown.faults, *shown.warnings)]


def said_no(world: World, act: object, *args: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args)  # type: ignore[operator]
    return refusal(refused.value)


def lines_of(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()[1:]


def test_an_account_closed_before_the_file_is_told_and_the_file_stays_as_it_was_made(
    ready: World, tmp_path: Path
) -> None:
    hand_over_ordered(ready)
    assert warned(ready) == []
    done = settling.made(ready)
    before = settlement.posting_file(ready.person("controller"), done.id)
    assert ';"4300";' in lines_of(before)[0]
    change(ready, bearers=False)
    assert settling.released(ready, settling.second(ready), done.id, tmp_path) == before
    hand_over_ordered(ready)
    assert "Søndervangskolen: en bestilling har intet betalingssted." in warned(ready)
    assert_whole(ready)


def test_an_account_closed_after_the_order_is_named_and_still_pays(ready: World) -> None:
    hand_over_ordered(ready)
    change(ready, bearers=False)
    assert warned(ready) == ["Søndervangskolen: betalingsstedet 4300 er lukket."]
    data = settlement.posting_file(ready.person("controller"), settling.made(ready).id)
    assert ';"4300";' in lines_of(data)[0]
    assert_whole(ready)


def test_an_institution_that_went_into_another_is_named_and_pays_what_it_owes(
    ready: World, tmp_path: Path
) -> None:
    hand_over_ordered(ready)
    change(ready, active=False, name="Søndervangskolen (nu Østerskolen)")
    assert warned(ready) == ["Søndervangskolen (nu Østerskolen) er lukket."]
    done = settling.made(ready)
    settling.released(ready, settling.second(ready), done.id, tmp_path)
    (part,) = settlement.detail(ready.person("controller"), done.id).parts
    assert (part.name, part.net_ore) == ("Søndervangskolen (nu Østerskolen)", 2 * trade.PRICE)
    back = settlement.reverse(ready.person("controller"), done.id)
    assert back.net_ore == -2 * trade.PRICE
    assert_whole(ready)


def test_a_batch_of_which_more_is_given_back_turns_its_sides_and_writes_no_minus(
    ready: World, tmp_path: Path
) -> None:
    given = hand_over_ordered(ready)
    settling.released(ready, settling.second(ready), settling.made(ready).id, tmp_path)
    changes.undo(ready.person("lager"), given)
    settling.hand_over(ready, 1, price_ore=50_005)
    done = settling.made(ready)
    assert done.net_ore == 50_005 - 2 * trade.PRICE
    lines = lines_of(settlement.posting_file(ready.person("controller"), done.id))
    assert [line.count(';"K";2680,00;') for line in lines] == [0, 0, 1, 0]
    assert [line.count(';"D";2680,00;') for line in lines] == [0, 0, 0, 1]
    assert [line.count(';"D";500,05;') for line in lines] == [1, 0, 0, 0]
    assert not any(";-" in line for line in lines)
    assert_whole(ready)


def test_a_wrong_digit_of_an_ean_number_is_named_in_plain_words(ready: World) -> None:

    def spoil(work: Work) -> None:
        work.get(Institution, ready.school).ean = "5799999000019"

    settling.hand_over(ready)
    ready.context.write("institution.save", None, spoil)
    text = "Søndervangskolen: EAN-nummeret 5799999000019 er forkert. Ret det under Indstillinger."
    assert text in warned(ready)
    assert said_no(ready, settling.made, ready) == text
    change(ready, ean="5799999000010")
    assert settling.made(ready).charges == 2


@full_drive.needs_limits
def test_a_drive_without_room_says_so_and_releases_nothing(ready: World, tmp_path: Path) -> None:
    settling.hand_over(ready)
    done, other = settling.made(ready), settling.second(ready)
    there = tmp_path / "november.csv"
    there.write_text("oktober")
    with full_drive.files_no_larger_than(100):
        said = said_no(ready, settlement.save_and_release, other, done.id, there)
    assert said == (
        "november.csv kunne ikke gemmes, og intet blev frigivet. Luk den, hvor den er åben, se"
        " efter plads på drevet, eller vælg en anden mappe eller et andet navn."
    )
    assert there.read_text() == "oktober"
    assert [path.name for path in tmp_path.glob("november*")] == ["november.csv"]
    assert settlement.detail(other, done.id).row.state is SettlementState.READY
    settlement.save_and_release(other, done.id, there)
    assert there.read_bytes() == settlement.posting_file(other, done.id)


def test_of_two_who_release_at_once_one_does_and_the_other_is_told_who(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready)
    done = settling.made(ready)
    third = shopping.person(ready, "regnskab", (Role.CONTROLLER, None))
    people = [settling.second(ready), third]
    paths = [tmp_path / f"{number}.csv" for number in range(2)]

    def let_go(who: Context, path: Path) -> settlement.Stepped:
        return settlement.save_and_release(who, done.id, path).released

    answers = together(lambda: let_go(people[0], paths[0]), lambda: let_go(people[1], paths[1]))
    (refused,) = [each for each in answers if isinstance(each, Refused)]
    lost = answers.index(refused)
    name = people[1 - lost].actor.name
    assert refusal(refused) == (
        f"Afregning A-2026-001 er allerede frigivet af {name}. Gem dens fil igen i stedet."
    )
    assert not paths[lost].exists()
    assert paths[1 - lost].read_bytes() == settlement.posting_file(people[0], done.id)
    assert_whole(ready)


def test_twenty_thousand_charges_are_one_batch_to_the_ore(ready: World, tmp_path: Path) -> None:
    settling.hand_over(ready, 3, price_ore=33_333)
    settling.hand_over(ready, 2, price_ore=1)
    settling.charged_again(ready.context, 20_000)
    whole = sum(charge.amount_ore for charge in settling.charges(ready))
    done = settling.made(ready)
    assert (done.charges, done.net_ore) == (20_005, whole)
    assert whole == 12_003 * 33_333 + 8_002
    lines = lines_of(settling.released(ready, settling.second(ready), done.id, tmp_path))
    assert [line.count(";4000959,99;") + line.count(";80,02;") for line in lines] == [1] * 4


def test_of_two_who_release_into_one_file_nobody_takes_it_away(
    ready: World, tmp_path: Path
) -> None:
    third = shopping.person(ready, "regnskab", (Role.CONTROLLER, None))
    people = [settling.second(ready), third]
    for _again in range(5):
        settling.hand_over(ready, 1)
        done = settling.made(ready)
        path = tmp_path / f"{done.number}.csv"

        def let_go(who: Context, batch_id: int = done.id, there: Path = path) -> settlement.Stepped:
            return settlement.save_and_release(who, batch_id, there).released

        answers = together(*(functools.partial(let_go, who) for who in people))
        (refused,) = [each for each in answers if isinstance(each, Refused)]
        assert "er allerede frigivet af" in refusal(refused)
        assert path.read_bytes() == settlement.posting_file(third, done.id)
    assert list(tmp_path.glob("*.part")) == []


def test_a_file_with_a_number_that_was_corrected_since_is_not_released(
    ready: World, tmp_path: Path
) -> None:
    settling.hand_over(ready, 1)
    made, second = settling.made(ready), settling.second(ready)
    change(ready, ean="5799999000034")
    with pytest.raises(Refused, match="was corrected after settlement A-2026-001"):
        settling.released(ready, second, made.id, tmp_path)
    assert list(tmp_path.glob("*.csv")) == []
    settlement.withdraw(second, made.id)
    again = settling.made(ready)
    assert b"5799999000034" in settling.released(ready, second, again.id, tmp_path)


@pytest.mark.parametrize("changed", [{"cvr": "41849983"}, {"legal": "own"}])
def test_an_invoice_basis_is_not_released_to_whom_it_is_not_for_any_more(
    ready: World, tmp_path: Path, changed: dict[str, str]
) -> None:
    parameters.save(ready.person("admin"), {"settlement_invoices": True})
    change(ready, legal=Legal.OTHER, cvr="99999985")
    settling.hand_over(ready, 1)
    controller, basis = ready.person("controller"), settling.INVOICES
    shown = settlement.preview(controller, basis)
    change(ready, cvr="29189846")
    with pytest.raises(Refused, match="have changed since you looked"):
        settlement.make(controller, basis, shown.seen)
    made, second = settling.made(ready, basis), settling.second(ready)
    change(ready, **changed)
    with pytest.raises(Refused, match="The CVR number .* was corrected after settlement"):
        settling.released(ready, second, made.id, tmp_path)
    assert list(tmp_path.glob("*.csv")) == []
    settlement.withdraw(second, made.id)
