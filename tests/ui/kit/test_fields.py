"""Fields and forms: what is typed is parsed, what is wrong is said by the field."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.days import Lies
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
    PasswordField,
    TextField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.forms.suggest import SuggestField
from moebelcirkel.ui.kit.page_layout import scrolled

LEFT = Qt.MouseButton.LeftButton
#: Popups are raised and grab the keyboard, which only real screens can do.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("typed", "ore"),
    [("1.450", 145_000), ("1450,50", 145_050), ("850 kr.", 85_000), ("0", 0), ("", None)],
)
def test_amounts(qtbot: QtBot, typed: str, ore: int | None) -> None:
    field = MoneyField("Pris")
    qtbot.addWidget(field)
    field.restore(typed)
    assert field.value() == ore


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (lambda: NumberField("Antal"), "1.200", 1200),
        (lambda: DecimalField("Vægt"), "12,5", Decimal("12.5")),
        (lambda: DateField("Dato"), "20-11-2026", date(2026, 11, 20)),
        (lambda: DateField("Dato"), "201126", date(2026, 11, 20)),
        (lambda: DateField("Dato"), "2026-11-20", date(2026, 11, 20)),
        (lambda: DateField("Dato"), "1.2.2026", date(2026, 2, 1)),
        (lambda: LineField("Navn"), "  to   ord ", "to ord"),
        (lambda: PasswordField("Kode"), " a b ", " a b "),
        (lambda: TextField("Note"), " to\nlinjer ", "to\nlinjer"),
    ],
)
def test_what_is_typed_is_read(qtbot: QtBot, field: object, typed: str, value: object) -> None:
    made = field()  # type: ignore[operator]
    assert isinstance(made, Field)
    qtbot.addWidget(made)
    made.restore(typed)
    assert made.value() == value


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (lambda: MoneyField("Pris"), "abc", "ikke et beløb"),
        (lambda: MoneyField("Pris"), "-5", "Skriv et beløb fra 0"),
        (lambda: MoneyField("Pris", maximum=10_000), "101", "fra 0 kr. til 100 kr. her."),
        (lambda: NumberField("Antal", minimum=1, maximum=9), "10", "helt tal fra 1 til 9"),
        (lambda: NumberField("Antal"), "1,5", "helt tal"),
        (lambda: DecimalField("Vægt", maximum=Decimal(9)), "9,1", "fra 0 til 9"),
        (lambda: DecimalField("Vægt", places=1), "1,25", "højst én decimal"),
        (lambda: MoneyField("Nypris"), "1,450", "Skriv ”1450” eller ”1,45”"),
        (lambda: DecimalField("Vægt"), "0.500", "Skriv ”0,500” med ”,”"),
        (lambda: DecimalField("Kurs"), "7.460", "Skriv ”7460” eller ”7,46”"),
        (lambda: DateField("Dato"), "31.2.2026", "findes ikke"),
        (lambda: LineField("Navn", required=True), "  ", "skal udfyldes"),
        (lambda: PasswordField("Kode", required=True), "", "skal udfyldes"),
        (lambda: TextField("Note", required=True), "", "skal udfyldes"),
        (lambda: TextField("Note", most=3), "fire", "Du har skrevet 4"),
    ],
)
def test_what_is_wrong_is_said_by_the_field(
    qtbot: QtBot, field: object, typed: str, message: str
) -> None:
    made = field()  # type: ignore[operator]
    assert isinstance(made, Field)
    qtbot.addWidget(made)
    made.restore(typed)
    assert not made.check()
    assert message in made.error.text().replace("\u00a0", " ")
    assert made.editor.property("invalid") is True
    assert made.editor.accessibleDescription() == made.error.text()


def test_a_large_number_is_shown_as_it_may_be_typed(qtbot: QtBot) -> None:
    field = DecimalField("Vægt")
    qtbot.addWidget(field)
    field.set_value(Decimal("1250"))
    assert (field.line.text(), field.value()) == ("1250", Decimal("1250"))


def test_an_error_goes_as_soon_as_it_is_mended_and_help_comes_back(qtbot: QtBot) -> None:
    field = MoneyField("Pris", helper="uden moms")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.line, "x")
    assert not field.check()
    assert field.error.isVisible()
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    QTest.keyClicks(field.line, "1450,5")
    assert field.error.isHidden()
    assert not field.helper.isHidden()
    field.line.editingFinished.emit()
    assert field.line.text().replace("\u00a0", " ") == "1.450,50 kr."


def test_letters_do_not_get_into_number_fields(qtbot: QtBot) -> None:
    field = NumberField("Antal")
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "1a2")
    assert field.value() == 12


def test_what_is_no_amount_is_written_without_a_sign_between_its_thousands(qtbot: QtBot) -> None:
    for grouped, shown in ((True, "2.525"), (False, "2525")):
        field = NumberField("Port", grouped=grouped)
        qtbot.addWidget(field)
        field.set_value(2525)
        assert field.line.text() == shown
        assert field.value() == 2525


def test_setting_a_value_is_silent_and_typing_is_not(qtbot: QtBot) -> None:
    made: list[tuple[Field[Any], object]] = [
        (LineField("a"), "x"),
        (TextField("b"), "x"),
        (CheckField("c"), True),
        (MoneyField("d"), 100),
        (ChoiceField("e", [Choice("x", "X"), Choice("y", "Y")]), "y"),
    ]
    for field, value in made:
        qtbot.addWidget(field)
        with qtbot.assertNotEmitted(field.changed):
            field.set_value(value)
        assert field.value() == value
        kept = field.draft()
        field.restore(None)
        field.restore(kept)
        assert field.value() == value


@POPUP
def test_a_day_is_chosen_in_a_calendar(qtbot: QtBot) -> None:
    field = DateField("Dato")
    qtbot.addWidget(field)
    field.set_value(date(2026, 11, 20))
    field.show()
    button = field.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert button.accessibleName() == "Dato: Vælg i en kalender"
    button.click()
    calendar = field.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 20)
    with qtbot.waitSignal(field.changed):
        calendar.clicked.emit(QDate(2026, 12, 1))
    assert field.value() == date(2026, 12, 1)


@POPUP
def test_tab_goes_past_the_calendar_which_has_a_key_of_its_own(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, then = DateField("Dato"), LineField("Kilde")
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(then)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.line.setFocus()
    QTest.keyClick(first.line, Qt.Key.Key_Tab)
    assert then.line.hasFocus()
    QTest.keyClick(then.line, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert first.line.hasFocus()
    QTest.keyClick(first.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = first.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.isVisible()


# --- forms ---------------------------------------------------------------------------------------


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(3)
    qtbot.addWidget(made)
    made.add("name", LineField("Navn", required=True), span=2)
    made.add("price", MoneyField("Pris"))
    made.add("note", TextField("Note"), span=3)
    made.resize(700, 300)
    made.show()
    return made


def test_values_go_in_and_out(form: Form) -> None:
    form.set_values({"name": "Stol", "price": 85_000})
    assert form.values() == {"name": "Stol", "price": 85_000, "note": ""}
    kept = form.draft()
    form.set_values({"name": "", "price": None})
    form.restore({**kept, "gone": 1})
    assert form.values()["name"] == "Stol"


def test_every_wrong_field_is_said_and_the_first_gets_the_keyboard(form: Form) -> None:
    form.restore({"name": "", "price": "x"})
    with pytest.raises(Invalid) as refused:
        form.values()
    assert set(refused.value.errors) == {"name", "price"}
    assert not form.check()
    assert form.field("name").error.text() == "Feltet skal udfyldes."
    assert form.field("price").error.text()
    assert QApplication.focusWidget() is form.field("name").editor


def test_refusals_of_services_land_by_their_fields(form: Form) -> None:
    rest = form.show_refusal(Refused("Fill in this field.", field="price"))
    assert rest == ""
    assert form.field("price").error.text() == "Feltet skal udfyldes."
    both = Invalid({"name": Refused("Choose one."), "elsewhere": Refused("Choose")})
    assert form.show_refusal(both) == "Vælg"
    assert form.field("name").error.text() == "Vælg en."
    assert form.field("price").error.text() == ""
    assert form.show_refusal(Refused("Choose")) == "Vælg"
    form.show_errors({})
    assert form.check() is False


def test_changes_name_their_field(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed) as changed:
        QTest.keyClicks(form.field("name").editor, "S")
    assert changed.args == ["name"]


def test_fields_go_below_each_other_where_it_is_narrow(form: Form, qtbot: QtBot) -> None:
    def tops() -> list[int]:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        return [form.field(name).mapTo(form, QPoint()).y() for name in form.names()]

    wide = tops()
    assert wide[0] == wide[1]
    form.resize(360, 500)
    narrow = tops()
    assert narrow[0] < narrow[1] < narrow[2]


def test_the_keyboard_walks_in_order_and_fields_have_names(form: Form) -> None:
    form.field("name").setFocus()
    seen = []
    for _time in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(QAccessible.queryAccessibleInterface(focused).text(QAccessible.Text.Name))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == ["Navn", "Pris", "Note"]


def test_fields_side_by_side_give_way_before_one_is_cut(qtbot: QtBot) -> None:
    form = Form(columns=2)
    long = LineField("Grænse uden godkendelse, kr., for institutioner uden egen grænse")
    form.add("long", long)
    form.add("other", LineField("Hvor længe møbler er reserveret til en kurv, minutter"))
    outer = scrolled(form)
    qtbot.addWidget(outer)
    least = long.minimumSizeHint().width()
    outer.resize(least + 60, 300)
    outer.show()
    other = form.field("other")
    qtbot.waitUntil(lambda: other.y() > long.y())
    assert form.width() <= outer.viewport().width()
    outer.resize(2 * least + 200, 300)
    qtbot.waitUntil(lambda: other.y() == long.y())


@pytest.mark.parametrize(
    "make",
    [lambda most: LineField("Navn", most=most), lambda most: SuggestField("Møbeltype", most=most)],
    ids=["line", "suggest"],
)
def test_what_is_too_long_is_said_as_it_is_pasted_and_kept_whole(
    qtbot: QtBot, make: Callable[[int], LineField | SuggestField]
) -> None:
    field = make(200)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    pasted = "a" * 299 + "b"
    QApplication.clipboard().setText(pasted)
    QTest.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.line.text() == pasted
    assert field.error.text() == "Teksten må fylde 200 tegn. Du har skrevet 300."
    with pytest.raises(Refused):
        field.value()
    field.line.setSelection(150, 150)
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    assert field.error.text() == ""
    assert field.line.text() == "a" * 150


def test_a_field_takes_as_much_as_is_kept_and_no_less(qtbot: QtBot) -> None:
    field = LineField("Fejl", most=1_000)
    qtbot.addWidget(field)
    field.set_value("x" * 1_000)
    assert field.value() == "x" * 1_000


def test_a_long_text_is_shown_from_its_beginning_and_written_on_at_its_end(qtbot: QtBot) -> None:
    field = LineField("E-mail")
    qtbot.addWidget(field)
    field.resize(120, 80)
    field.show()
    field.set_value("anna.marie.nielsen@vuggestuen-solsikken.kommune.dk")
    assert field.line.cursorPosition() == 0
    field.activateWindow()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(field.line.hasFocus)
    QTest.keyClicks(field.line, "!")
    assert field.value() == "anna.marie.nielsen@vuggestuen-solsikken.kommune.dk!"


def test_a_label_keeps_its_ampersand(qtbot: QtBot) -> None:
    field = NumberField("Borde & stole: behold af 3")
    qtbot.addWidget(field)
    assert QLabel.text(field.label) == "Borde && stole: behold af 3"
    assert field.label.text() == "Borde & stole: behold af 3"
    assert field.editor.accessibleName() == "Borde & stole: behold af 3"


@pytest.mark.parametrize("lies", ["ahead", "past"])
def test_a_day_without_a_year_shows_which_year_is_meant(qtbot: QtBot, lies: Lies) -> None:
    field = DateField("Dato", lies=lies)
    qtbot.addWidget(field)
    today = date.today()  # noqa: DTZ011 - as the field asks
    meant = today + timedelta(days=3 if lies == "ahead" else -3)
    QTest.keyClicks(field.line, f"{meant.day}/{meant.month}")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == meant
    assert str(meant.year) in field.line.text()


def test_the_wheel_is_the_pages_until_the_list_has_the_keyboard(qtbot: QtBot) -> None:
    def taken() -> bool:
        point = field.combo.rect().center()
        at = QPointF(point), QPointF(field.combo.mapToGlobal(point))
        no_button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(*at, QPoint(), QPoint(0, -120), no_button, NO_KEYS, phase, False)
        QApplication.sendEvent(field.combo, event)
        return event.isAccepted()

    field = ChoiceField("Kategori", [Choice(number, f"Stol {number}") for number in range(5)])
    page, button = QWidget(), QPushButton("Gem")
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addWidget(button)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    button.setFocus()
    field.set_value(1)
    assert (taken(), field.value()) == (False, 1)
    field.combo.setFocus()
    assert (taken(), field.value()) == (True, 2)
