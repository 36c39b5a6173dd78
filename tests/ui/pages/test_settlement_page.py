"""Settling in the real window: what waits, a batch made by one and released by another, booked."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.services import institutions, parameters, settlement
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.settlement.dialogs import BookDialog, ChargesDialog, MakeDialog
from moebelcirkel.ui.pages.settlement.extract import COLUMNS, RESULT, ExtractDialog
from moebelcirkel.ui.pages.settlement.page import SettlementPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.services import settling
from tests.ui.pages.conftest import OpenWindow
from tests.world import World


@templates.begun
def delivered(town: World, _clock: Clock) -> None:
    """Two chairs handed over, and a second controller."""
    settling.ready(town)
    town.people["kasse"] = settling.second(town).actor
    settling.hand_over(town)


def opened(open_window: OpenWindow, town: World, who: str) -> tuple[MainWindow, SettlementPage]:
    known = entries.items_for(town.person(who))
    window = open_window(who, [item for item in known if item.word == "settlement"])
    page = window.page
    assert isinstance(page, SettlementPage)
    return window, page


def facts(page: SettlementPage) -> dict[str, str]:
    return {label: value.replace("\u00a0", " ") for label, value in page.card.facts.facts()}


def test_what_waits_stands_there_with_a_difference_of_nothing(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    _window, page = opened(open_window, delivered, "controller")
    qtbot.waitUntil(lambda: "Søndervangskolen" in facts(page))
    shown = facts(page)
    assert (shown["Opkrævninger"], shown["Forskel"]) == ("2", "0,00 kr.")
    assert shown["Debet"] == shown["Kredit"] == shown["Søndervangskolen"] == "2.680,00 kr."
    assert "intet betalingssted" in page.card.note.text()
    inside = page.card.facts.parentWidget()
    assert inside is not None
    assert inside.width() - page.card.facts.geometry().right() > 8, "air to the scroll bar"


def test_the_charges_behind_the_sums_are_shown_and_open_their_order(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    _window, page = opened(open_window, delivered, "controller")
    for of in ("waiting", "batch"):
        if of == "batch":
            settling.made(delivered)
            page.reload()
            qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
            page.table.selectRow(0)
        qtbot.waitUntil(page.card.lines.isVisible)
        page.card.lines.click()
        qtbot.waitUntil(lambda: bool(page.findChildren(ChargesDialog)))
        dialog = page.findChildren(ChargesDialog)[-1]
        rows = dialog.model.rows
        assert [row.charged_ore for row in rows] == [trade.PRICE] * 2
        assert {row.institution for row in rows} == {"Søndervangskolen"}
        with qtbot.waitSignal(dialog.opened) as asked:
            dialog.open_order.click()
        assert asked.args == [rows[0].order_id]
        qtbot.waitUntil(lambda: not page.findChildren(ChargesDialog))


def test_the_invoice_basis_is_looked_at_before_it_is_made(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    admin = delivered.person("admin")
    settling.hand_over_units(delivered, trade.put_on_sale(delivered, 1), delivered.home)
    found = institutions.get(admin, delivered.school)
    assert found is not None
    form = replace(found.form, legal="other")
    institutions.save(admin, form, found.id, found.version)
    parameters.save(admin, {"settlement_invoices": True})
    _window, page = opened(open_window, delivered, "controller")
    qtbot.waitUntil(page.card.others.isVisible)
    assert facts(page)["Debet"] == "1.340,00 kr."
    page.card.others.click()
    qtbot.waitUntil(lambda: facts(page)["Debet"] == "2.680,00 kr.")
    assert page.card.heading.text() == "Fakturagrundlag"
    assert "har intet CVR-nummer" in page.card.note.text()
    page.reload()
    assert page.shell.jobs.wait_idle()
    assert page.card.heading.text() == "Fakturagrundlag"
    page.card.make.click()
    dialog = page.asking
    assert isinstance(dialog, MakeDialog)
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.card.heading.text() == "A-2026-001")
    assert facts(page)["Fakturagrundlag"] == "andre modtagere"


def ways_back(window: MainWindow) -> list[bool]:
    """Whether each toast offers to undo what it tells."""
    found = [each.findChildren(QPushButton) for each in window.findChildren(Toast)]
    return [any(button.text() == "Fortryd" for button in each) for each in found]


def test_made_by_one_it_is_released_by_another_and_booked(
    delivered: World, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page = opened(open_window, delivered, "controller")
    qtbot.waitUntil(page.card.make.isEnabled)
    page.card.make.click()
    dialog = page.asking
    assert isinstance(dialog, MakeDialog)
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.card.heading.text() == "A-2026-001")
    assert ways_back(window) == [True]
    assert not page.card.release.isEnabled()
    assert "En anden" in page.card.note.text()
    (row,) = settlement.overview(delivered.person("controller")).batches
    assert row.net_ore == 2 * trade.PRICE

    other, there = opened(open_window, delivered, "kasse")
    qtbot.waitUntil(lambda: there.model.rowCount() == 1)
    there.table.selectRow(0)
    qtbot.waitUntil(lambda: there.card.release.isVisible() and there.card.release.isEnabled())
    there.release(row.id, tmp_path / "afregning.csv")
    qtbot.waitUntil(there.card.again.isVisible)
    data = (tmp_path / "afregning.csv").read_bytes()
    assert data == settlement.posting_file(delivered.person("kasse"), row.id)
    there.card.book.click()
    book = there.asking
    assert isinstance(book, BookDialog)
    book.voucher.set_value("8100004711")
    book.verb.click()
    qtbot.waitUntil(lambda: "Bogført" in facts(there))
    (row,) = settlement.overview(delivered.person("kasse")).batches
    assert (row.voucher, there.card.book.text()) == ("8100004711", "Ret bilagsnummeret …")
    there.card.book.click()
    wrong = there.asking
    assert isinstance(wrong, BookDialog)
    assert wrong.voucher.value() == "8100004711"
    wrong.voucher.set_value("8100004712")
    wrong.verb.click()

    def noted() -> set[str]:
        labels = there.card.facts.findChildren(QLabel)
        return {label.text()[-10:] for label in labels if " · bilag " in label.text()}

    qtbot.waitUntil(lambda: noted() == {"8100004711", "8100004712"})
    (row,) = settlement.overview(delivered.person("kasse")).batches
    assert row.voucher == "8100004712"
    # What cannot be undone offers no way back, and the key says which way there is.
    assert ways_back(other) == [False, False, False]
    other.undo()  # Ctrl+Z
    qtbot.waitUntil(lambda: "er låst og kan ikke fortrydes" in other.messages.notice.text())


def test_what_reverses_a_batch_is_posted_on_the_day_and_in_the_year_that_is_chosen(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    done = settling.made(delivered)
    settlement.release(delivered.person("kasse"), done.id, done.file_sha256)
    _window, page = opened(open_window, delivered, "controller")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    page.table.selectRow(0)
    qtbot.waitUntil(page.card.reverse.isVisible)
    page.card.reverse.click()
    dialog = page.asking
    assert isinstance(dialog, MakeDialog)
    assert set(dialog.form.values()) == {"posting_on", "fiscal_year"}
    dialog.form.set_values({"posting_on": dt.date(2027, 1, 4), "fiscal_year": 2025})
    dialog.verb.click()
    assert page.shell.jobs.wait_idle()
    assert "2027, 2026" in shown(dialog)
    dialog.form.set_values({"posting_on": dt.date(2027, 1, 4), "fiscal_year": 2026})
    dialog.verb.click()
    assert page.shell.jobs.wait_idle()
    qtbot.waitUntil(lambda: page.card.heading.text() == "A-2026-002")
    assert page.table.current_row().number == "A-2026-002"
    row = settlement.overview(delivered.person("controller")).batches[0]
    assert (row.posting_on, row.fiscal_year) == (dt.date(2027, 1, 4), 2026)


def shown(widget: QWidget) -> str:
    texts = (each.text() for each in widget.findChildren(QLabel) if each.isVisible())
    return "\n".join(texts)


def test_a_batch_is_withdrawn_and_its_charges_wait_again(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    done = settling.made(delivered)
    window, page = opened(open_window, delivered, "controller")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.selectRow(0)
    qtbot.waitUntil(page.card.withdraw.isVisible)
    page.card.withdraw.click()
    qtbot.waitUntil(lambda: page.card.subtitle.text() == "trukket tilbage")
    page.waiting.click()
    qtbot.waitUntil(lambda: facts(page).get("Opkrævninger") == "2")
    assert done.number == "A-2026-001"
    assert ways_back(window) == [False]


def test_without_accounts_the_page_says_what_is_missing(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    settling.hand_over(town)
    _window, page = opened(open_window, town, "controller")
    qtbot.waitUntil(lambda: "Artskontoen for den, der betaler, mangler" in page.card.note.text())
    assert not page.card.make.isEnabled()


def test_the_warehouse_has_no_such_page(town: World) -> None:
    for name in ("lager", "leader", "bench"):
        words = {item.word for item in entries.items_for(town.person(name))}
        assert "settlement" not in words


@pytest.fixture
def sent(delivered: World, tmp_path: Path) -> None:
    """A batch that was made and released with its file."""
    done = settling.made(delivered)
    settling.released(delivered, delivered.person("kasse"), done.id, tmp_path)


def extract_of(page: SettlementPage, qtbot: QtBot, tmp_path: Path, text: str) -> ExtractDialog:
    """The dialog over a file of finance with this text."""
    file = tmp_path / "udtræk.csv"
    file.write_text(text, encoding="cp1252")
    page.open_extract(str(file))
    qtbot.waitUntil(lambda: bool(page.findChildren(ExtractDialog)))
    (dialog,) = page.findChildren(ExtractDialog)
    return dialog


@pytest.mark.usefixtures("sent")
def test_an_extract_is_held_against_what_was_sent_and_its_number_books_the_batch(
    delivered: World, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page = opened(open_window, delivered, "controller")
    dialog = extract_of(
        page,
        qtbot,
        tmp_path,
        "Bilagsnummer;Reference;Artskonto;Beløb\r\n"
        "8100004711;A-2026-001-1;22901010;2.680,00\r\n"
        "8100004711;A-2026-001-1;97001010;-2.679,00\r\n",
    )
    assert dialog.steps.value() == RESULT
    assert [row.state for row in dialog.model.rows] == ["different"]
    qtbot.waitUntil(dialog.open_order.isEnabled)
    dialog.shown.set_value("matched")
    dialog.shown.changed.emit()
    assert [row.state for row in dialog.model.rows] == ["matched"]
    dialog.form.field("amount").set_value(None)
    dialog.steps.set_value(RESULT)
    dialog.steps.changed.emit()
    qtbot.waitUntil(lambda: dialog.steps.value() == COLUMNS)
    assert not dialog.keep.isEnabled()
    dialog.form.field("amount").set_value("Beløb")
    dialog.steps.set_value(RESULT)
    dialog.steps.changed.emit()
    qtbot.waitUntil(dialog.keep.isEnabled)
    dialog.keep.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1 and window.jobs.idle())
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: facts(page).get("Ifølge udtræk") == "1 stemmer ikke")
    page.card.book.click()
    book = page.asking
    assert isinstance(book, BookDialog)
    assert book.voucher.value() == "8100004711"
    book.reject()


@pytest.mark.usefixtures("sent")
def test_an_extract_with_debit_and_credit_apart_is_read_and_encodings_have_names(
    delivered: World, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _window, page = opened(open_window, delivered, "controller")
    dialog = extract_of(
        page,
        qtbot,
        tmp_path,
        "Reference;Artskonto;Tekst;Debet;Kredit\r\n"
        "A-2026-001-1;22901010;Søndervang;2.680,00;\r\n"
        "A-2026-001-1;97001010;Søndervang;;2.680,00\r\n",
    )
    assert [row.state for row in dialog.model.rows] == ["matched"] * 2
    held = {name: dialog.form.field(name).value() for name in ("amount", "debit", "credit")}
    assert held == {"amount": None, "debit": "Debet", "credit": "Kredit"}
    encoding = dialog.form.field("encoding")
    assert isinstance(encoding, ChoiceField)
    names = [encoding.combo.itemText(place) for place in range(encoding.combo.count())]
    assert encoding.value() == "cp1252"
    assert "Windows-1252: A-2026-001-1;22901010;Søndervang;2.680,00;" in names
    assert not any(name.startswith(("cp", "mac_")) for name in names)
    dialog.reject()


@pytest.mark.usefixtures("sent")
def test_an_extract_whose_columns_are_not_known_has_no_order_to_open(
    delivered: World, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _window, page = opened(open_window, delivered, "controller")
    dialog = extract_of(page, qtbot, tmp_path, "Noget;Andet\r\nx;y\r\n")
    assert dialog.steps.value() == COLUMNS
    assert not dialog.open_order.isEnabled()


def test_who_undoes_what_is_settled_is_told_which_way_it_is_put_right(
    delivered: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    done = settling.made(delivered)
    given = settling.charges(delivered)[0].change_id
    known = entries.items_for(delivered.person("lager"))
    window = open_window("lager", [item for item in known if item.word == "deliveries"])
    window.undo(given)
    qtbot.waitUntil(lambda: bool(window.findChildren(Toast)))
    said = window.findChildren(Toast)[-1].accessibleName()
    assert said.endswith(f"Det er afregnet i {done.number} og rettes med den næste afregning.")
