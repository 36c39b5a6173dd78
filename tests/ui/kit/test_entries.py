"""A short list's model: what is shown and heard of an entry, by Qt's own rules for models."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE

ROLES = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with words."""

    title: str
    detail: str


def test_an_entry_is_shown_by_its_title_and_heard_with_its_detail() -> None:
    model = EntryModel[Thing]()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_entries([Thing("Rådhuset", "3. sal"), Thing("Skolen", "")])
    first = model.index(0, 0)
    assert model.rowCount() == 2
    assert model.rowCount(first) == 0
    assert first.data() == "Rådhuset"
    assert first.data(ROLES.AccessibleTextRole) == "Rådhuset"
    assert first.data(ROLES.AccessibleDescriptionRole) == "3. sal"
    assert first.data(ROW_ROLE) == Thing("Rådhuset", "3. sal")
    assert first.data(ROLES.DecorationRole) is None
    assert model.data(model.index(2, 0)) is None
    model.set_entries([])
    assert model.rowCount() == 0
    assert tester.model() is model


def test_what_is_heard_may_differ_from_what_is_shown() -> None:
    model = EntryModel[Thing](
        title=lambda thing: thing.title.upper(),
        detail=lambda thing: f"{thing.detail}, to",
        spoken=lambda thing: f"kort: {thing.title}",
    )
    model.set_entries([Thing("Stol", "en")])
    shown = model.index(0, 0)
    assert shown.data() == "STOL"
    assert shown.data(ROLES.AccessibleTextRole) == "kort: Stol"
    assert shown.data(ROLES.AccessibleDescriptionRole) == "en, to"
