"""The finance system's extract held against what was sent to it."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.settlement import MatchOutcome
from moebelcirkel.services import settlement
from moebelcirkel.services.settlement import Comparison
from tests import trade
from tests.services import settling
from tests.world import World


@pytest.fixture
def sent(world: World, tmp_path: Path) -> bytes:
    """Two orders in one released batch; answers its posting file."""
    settling.ready(world)
    settling.hand_over(world)
    settling.hand_over(world, 1, price_ore=50_005)
    batch = settling.made(world)
    return settling.released(world, settling.second(world), batch.id, tmp_path)


def compared(world: World, data: bytes, name: str = "udtræk.csv") -> Comparison:
    who = world.person("controller")
    source, choices = settlement.open_extract(who, data, name)
    return settlement.compare(who, source, choices)


def outcomes(found: Comparison) -> list[str]:
    return [pair.outcome.value for pair in found.pairs]


def erp(*lines: str) -> bytes:
    """An extract as a finance system writes it."""
    head = "Bilagsnummer;Reference;Artskonto;PSP-element;Beløb"
    return "\r\n".join([head, *lines, ""]).encode("cp1252")


ALL = (
    "8100001;A-2026-001-1;22901010;;2.680,00",
    "8100001;A-2026-001-1;97001010;XG430000122100140;2.680,00-",
    "8100002;A-2026-001-2;22901010;;500,05",
    "8100002;A-2026-001-2;97001010;XG-4300001221-00140;-500,05",
)


def test_the_file_we_sent_agrees_with_itself(world: World, sent: bytes) -> None:
    found = compared(world, sent)
    assert outcomes(found) == ["matched"] * 4
    assert found.sums[0].agrees


def test_an_extract_in_the_systems_own_words_agrees(world: World, sent: bytes) -> None:
    found = compared(world, erp(*ALL, "9000001;Løn;22901010;;99,00"))
    assert outcomes(found) == ["matched"] * 4 + ["foreign"]
    (row,) = found.sums
    assert (row.number, row.voucher, row.agrees) == ("A-2026-001", "8100001–8100002", True)


def test_what_is_missing_and_what_differs_is_told_with_why(world: World, sent: bytes) -> None:
    found = compared(
        world,
        erp(
            "8100001;A-2026-001-1;22901010;;2.680,01",
            "8100001;A-2026-001-1;97001011;XG-4300001221-00140;-2.680,00",
            "8100002;A-2026-001-2;97001010;XG-1;-500,05",
            "8100002;A-2026-001-2;97001010;XG-4300001221-00140;-500,05",
        ),
    )
    told = [(pair.outcome, pair.differs) for pair in found.pairs]
    assert told == [
        (MatchOutcome.DIFFERENT, ("amount_ore",)),
        (MatchOutcome.DIFFERENT, ("account",)),
        (MatchOutcome.DIFFERENT, ("amount_ore", "account", "bearer")),
        (MatchOutcome.MATCHED, ()),
    ]
    assert not found.sums[0].agrees
    assert outcomes(compared(world, erp(*ALL[:3]))) == ["matched"] * 3 + ["missing"]


def test_a_posting_booked_twice_is_foreign_and_keeps_the_batch_from_agreeing(
    world: World, sent: bytes
) -> None:
    found = compared(world, erp(*ALL, ALL[2]))
    assert outcomes(found) == ["matched"] * 4 + ["foreign"]
    assert (found.sums[0].foreign, found.sums[0].agrees) == (1, False)


def test_an_extract_of_the_exchanges_own_postings_misses_no_others(
    world: World, sent: bytes
) -> None:
    who = world.person("controller")
    source, choices = settlement.open_extract(who, erp(ALL[1], ALL[3]), "psp.csv")
    only = type(choices)(choices.columns, {settlement.WHICH: settlement.OURS}, choices.basis)
    assert outcomes(settlement.compare(who, source, only)) == ["matched"] * 2


def test_a_workbook_with_sheets_and_sides_agrees(world: World, sent: bytes) -> None:
    book = Workbook()
    for line in (["Rapport", "Dato"], ["Posteringer", "29.11.2026"]):
        book.active.append(line)  # type: ignore[union-attr]
    sheet = book.create_sheet("Posteringer")
    sheet.append(["Reference", "D/K", "Beløb", "Konto"])
    for side, account, amount in (("D", 22901010, 2680), ("K", 97001010, 2680)):
        sheet.append(["A-2026-001-1", side, amount, account])
    for side, code in (("D", "22901010"), ("K", "97001010")):
        sheet.append(["A-2026-001-2", side, 500.05, code])
    data = io.BytesIO()
    book.save(data)
    who = world.person("controller")
    source, _choices = settlement.open_extract(who, data.getvalue(), "udtræk.xlsx")
    source = source.again(sheet="Posteringer")
    found = settlement.compare(who, source, settlement.suggest(who, source))
    assert outcomes(found) == ["matched"] * 4


def sided(head: str, *lines: str) -> bytes:
    """An extract with a column for each side."""
    return "\r\n".join([head, *lines, ""]).encode("cp1252")


@pytest.mark.parametrize(
    ("head", "nothing", "minus"),
    [
        ("Reference;Konto;Debet;Kredit", "", ""),
        ("Reference;Konto;Debetbeløb;Kreditbeløb", "0,00", ""),
        ("Reference;Konto;Beløb debet;Beløb kredit", "", "-"),
    ],
)
def test_columns_of_debit_and_of_credit_agree(
    world: World, sent: bytes, head: str, nothing: str, minus: str
) -> None:
    found = compared(
        world,
        sided(
            head,
            f"A-2026-001-1;22901010;2.680,00;{nothing}",
            f"A-2026-001-1;97001010;{nothing};{minus}2.680,00",
            f"A-2026-001-2;22901010;500,05;{nothing}",
            f"A-2026-001-2;97001010;{nothing};{minus}500,05",
        ),
    )
    assert outcomes(found) == ["matched"] * 4


def test_a_minus_in_a_column_of_credit_that_has_others_gives_back(
    world: World, sent: bytes
) -> None:
    found = compared(
        world,
        sided(
            "Reference;Konto;Debet;Kredit",
            "A-2026-001-1;22901010;;-2.680,00",
            "A-2026-001-1;97001010;-2.680,00;",
            "A-2026-001-2;22901010;500,05;",
            "A-2026-001-2;97001010;;500,05",
            "A-2026-001-2;97001010;1,00;500,05",
            "A-2026-001-2;97001010;;",
        ),
    )
    assert outcomes(found) == ["matched"] * 4
    assert [(error.line, error.column) for error in found.unread] == [(6, "Kredit"), (7, "Debet")]


def test_a_side_in_one_column_is_not_taken_for_a_column_of_each(world: World, sent: bytes) -> None:
    who = world.person("controller")
    data = sided("Reference;Beløb;Debet/kredit kode", "A-2026-001-1;2.680,00;D")
    source, choices = settlement.open_extract(who, data, "udtræk.csv")
    assert (choices.columns["side"], choices.columns["amount"]) == ("Debet/kredit kode", "Beløb")
    for columns in ({"debit": "Beløb"}, {"amount": ""}):
        wrong = type(choices)({**choices.columns, **columns}, {}, choices.basis)
        with pytest.raises(Refused, match="either a column of amounts") as refused:
            settlement.compare(who, source, wrong)
        assert refused.value.field == "amount"


def test_a_line_that_names_only_the_batch_finds_its_posting(world: World, sent: bytes) -> None:
    found = compared(world, erp(*(line.replace("001-1;", "001;") for line in ALL)))
    assert outcomes(found) == ["matched"] * 4


def test_formulas_and_garbage_are_refused_line_by_line(world: World, sent: bytes) -> None:
    found = compared(
        world,
        erp(
            *ALL,
            "=1+1;A-2026-001-1;22901010;;1,00",
            "1;A-2026-001-1;=HYPERLINK(1);;1,00",
            "1;A-2026-001-1;22901010;;=1+2",
            "1;A-2026-001-1;22901010;;1,005",
            "1;A-2026-001-1;22901010;;",
            "1;A-2026-001-1;22901010;;999999999999999999,00",
        ),
    )
    assert outcomes(found) == ["matched"] * 4
    assert [error.line for error in found.unread] == [6, 7, 8, 9, 10, 11]
    who = world.person("controller")
    for data, name in ((b"", "tom.csv"), (b"%PDF-1.4 x", "a.pdf"), (b"\x00\x01;\x02", "a.csv")):
        with pytest.raises(Refused):
            settlement.open_extract(who, data, name)


def test_without_a_column_of_the_reference_nothing_is_compared(world: World, sent: bytes) -> None:
    who = world.person("controller")
    source, choices = settlement.open_extract(who, b"Navn;Antal\r\nStol;4\r\n", "andet.csv")
    with pytest.raises(Refused) as refused:
        settlement.compare(who, source, choices)
    assert refused.value.field == "reference"


def test_the_result_stays_with_the_batch_and_the_columns_are_known_next_time(
    world: World, sent: bytes
) -> None:
    who = world.person("controller")
    source, choices = settlement.open_extract(who, erp(*ALL), "november.csv")
    choices = type(choices)({**choices.columns, "account": ""}, {}, choices.basis)
    done = settlement.keep(who, source, choices)
    assert (done.batches, done.agreeing) == (1, 1)
    assert settlement.keep(who, source, choices).batches == 1
    (batch,) = settling.batches(world)
    checked = settlement.detail(who, batch.id).checked
    assert checked is not None
    assert (checked.file_name, checked.matched, checked.missing) == ("november.csv", 4, 0)
    settlement.book(who, batch.id, checked.voucher)
    assert settlement.detail(who, batch.id).row.voucher == "8100001–8100002"
    _source, again = settlement.open_extract(who, erp(*ALL[:2]), "december.csv")
    assert again.columns["account"] == ""
    with pytest.raises(Refused, match="names none"):
        settlement.keep(who, *settlement.open_extract(who, erp("1;Løn;2;3;4,00"), "andet.csv"))


def test_an_unreleased_batch_is_not_expected_and_its_lines_are_foreign(world: World) -> None:
    settling.ready(world)
    settling.hand_over(world)
    settling.made(world)
    found = compared(world, erp(*ALL[:2]))
    assert outcomes(found) == ["foreign"] * 2
    assert not found.sums


def test_behind_a_posting_stand_its_charges(world: World, sent: bytes) -> None:
    who = world.person("controller")
    pairs = compared(world, erp()[:-2] + b"\r\n1;2;3;4;5,00\r\n").pairs
    posting = pairs[0].sent
    assert posting is not None
    lines = settlement.charges_of(who, posting.batch_id, posting.position)
    assert [line.charged_ore for line in lines] == [trade.PRICE] * 2


def test_extracts_are_for_finance_only(world: World) -> None:
    for who in ("lager", "leader"):
        with pytest.raises(Refused):
            settlement.open_extract(world.person(who), erp(*ALL), "u.csv")
