"""Postings of any charges balance, and come to what was charged."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.parameters import PARAMETERS
from moebelcirkel.domain.settlement import CREDIT, DEBIT, Due, SettlementState
from moebelcirkel.language import refusal

DUES = st.lists(
    st.builds(
        Due,
        charge_id=st.integers(1, 10**6),
        institution_id=st.integers(1, 4),
        cost_bearer_id=st.none() | st.integers(1, 5),
        order_id=st.integers(1, 6),
        amount_ore=st.integers(-(10**9), 10**9) | st.just(0),
        effective_on=st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)),
    ),
    max_size=40,
)


@given(DUES, st.booleans())
def test_debit_is_credit_and_what_receivers_pay_is_the_sum(dues: list[Due], monthly: bool) -> None:
    found = rules.entries(rules.grouped(dues, monthly=monthly))
    sides = {side: sum(e.amount_ore for e in found if e.side == side) for side in (DEBIT, CREDIT)}
    assert sides[DEBIT] == sides[CREDIT]
    paid = sum(e.amount_ore if e.side == DEBIT else -e.amount_ore for e in found if e.pays)
    assert paid == sum(due.amount_ore for due in dues)
    assert all(entry.amount_ore > 0 for entry in found)
    assert [entry.position for entry in found] == list(range(1, len(found) + 1))
    for voucher in {entry.voucher for entry in found}:
        first, second = (entry for entry in found if entry.voucher == voucher)
        assert (first.pays, second.pays) == (True, False)
        assert first.side == rules.opposite(second.side)


@given(DUES)
def test_the_order_of_the_charges_does_not_matter(dues: list[Due]) -> None:
    assert rules.grouped(dues, monthly=False) == rules.grouped(dues[::-1], monthly=False)


@pytest.mark.parametrize(
    ("steps", "is_reversed", "state"),
    [
        ([], False, SettlementState.READY),
        (["withdrawn"], False, SettlementState.WITHDRAWN),
        (["released"], False, SettlementState.RELEASED),
        (["released", "booked"], False, SettlementState.BOOKED),
        (["released", "booked"], True, SettlementState.REVERSED),
    ],
)
def test_the_state_follows_from_the_steps(
    steps: list[str], is_reversed: bool, state: SettlementState
) -> None:
    assert rules.state_of(steps, is_reversed=is_reversed) is state


def test_only_in_january_a_posting_may_belong_to_the_old_year() -> None:
    assert rules.fiscal_years(dt.date(2027, 1, 31)) == (2027, 2026)
    assert rules.fiscal_years(dt.date(2027, 2, 1)) == (2027,)


def test_every_setting_of_the_profile_is_declared_and_its_default_is_in_order() -> None:
    how = rules.profile_of({key: PARAMETERS[key].default for key in rules.KEYS})
    usual = set(rules.FIELDS) - {"BeløbMedFortegn", "CVR"}
    assert {column.field for column in how.columns} == usual
    assert len(rules.profile_faults(how)) == 3  # what only the municipality knows
    assert rules.check_text(how.text) == how.text


@pytest.mark.parametrize("template", ["{pris}", "{ordre", "ordre}"])
def test_a_text_with_words_nobody_knows_is_refused(template: str) -> None:
    with pytest.raises(Refused):
        rules.check_text(template)


def test_a_text_is_one_line_and_never_too_long() -> None:
    how = rules.profile_of({key: PARAMETERS[key].default for key in rules.KEYS})
    words = {"møbelbørs": "Møbelcirklen\n", "ordre": "B-1", "institution": "S" * 90}
    text = rules.text_of(how, words)
    assert text.startswith("Møbelcirklen B-1 SSS")
    assert len(text) == 50


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(Refused):
        rules.check_pattern("[0-9")


USUAL = {key: PARAMETERS[key].default for key in rules.KEYS}


def with_kinds(text: str) -> rules.Profile:
    accounts = {
        "settlement_account_pays": "22901010",
        "settlement_account_gets": "97001010",
        "settlement_bearer_gets": "XG-1",
    }
    return rules.profile_of({**USUAL, **accounts, "settlement_kinds": text})


@given(DUES, st.booleans(), st.dictionaries(st.integers(1, 10**6), st.sampled_from("ab")))
def test_apart_by_kind_the_postings_are_the_same_sum(
    dues: list[Due], monthly: bool, kinds: dict[int, str]
) -> None:
    chosen = {**kinds, **{due.charge_id: "a" for due in dues[::2]}}
    found = rules.entries(rules.grouped(dues, monthly=monthly, kinds=chosen))
    sides = {side: sum(e.amount_ore for e in found if e.side == side) for side in (DEBIT, CREDIT)}
    assert sides[DEBIT] == sides[CREDIT]
    paid = sum(e.amount_ore if e.side == DEBIT else -e.amount_ore for e in found if e.pays)
    assert paid == sum(due.amount_ore for due in dues)


def test_a_kind_has_what_is_written_of_it_and_else_what_all_have() -> None:
    how = with_kinds("Gebyr = 22901020\n\nreparation = ; 97001030; Reparation {ordre}; nr. 2")
    assert how.of("fee") == rules.KindAccount("fee", "22901020", "97001010", how.text)
    text = "Reparation {ordre}; nr. 2"
    assert how.of("repair") == rules.KindAccount("repair", "22901010", "97001030", text)
    assert how.of("hand_over") == rules.KindAccount("hand_over", "22901010", "97001010", how.text)
    assert rules.text_of(how, {"ordre": "B-1"}, "repair") == "Reparation B-1; nr. 2"
    assert rules.profile_faults(how) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("porto = 1", "Der er ingen opkrævning, der hedder ”porto”."),
        ("gebyr = 1111\nGebyr = 2222", "”Gebyr” står der to gange."),
        ("gebyr", "Skriv ”gebyr” med en konto"),
        ("gebyr = ;; {pris}", "Der er ingen {pris}."),
    ],
)
def test_a_kind_nobody_knows_or_that_says_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_kinds(text)
    assert refusal(refused.value).startswith(said)


def test_an_account_of_a_kind_must_be_of_the_pattern() -> None:
    (fault,) = rules.profile_faults(with_kinds("gebyr = 12; 97001020"))
    assert (
        refusal(fault) == "Artskontoen 12 for gebyr passer ikke til mønsteret under Indstillinger."
    )


def test_what_is_given_back_goes_where_it_was_taken_unless_corrections_have_accounts() -> None:
    assert rules.own_kind(["fee"], ["reversal", "fee"]) == "fee"
    assert rules.own_kind(["fee", "reversal"], ["reversal", "fee"]) == "reversal"
    assert rules.own_kind(["fee"], ["price", "hand_over"]) == ""
