"""Pills that name a state."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.chips import ChipLabel, condition_tone


def test_chips_and_their_tones(qtbot: QtBot) -> None:
    chip = ChipLabel(("Bestilt", "warning"))
    assert not chip.isVisible()
    qtbot.addWidget(chip)
    chip.show_chip(("", "accent"))
    assert chip.isHidden()
    assert [condition_tone(grade) for grade in ("A · som ny", "B", "C", "D", "")] == [
        "accent",
        "accent",
        "warning",
        "error",
        "neutral",
    ]


def test_a_pill_that_said_nothing_before_has_its_ends(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    box = QWidget()
    qtbot.addWidget(box)
    theme.dress(box)
    late, other = ChipLabel(("", ""), box), ChipLabel(("Kopi i dag", "accent"), box)
    box.show()
    late.show_chip(("Kopi i dag", "accent"))
    assert late.sizeHint() == other.sizeHint()
    assert late.sizeHint().width() > late.fontMetrics().horizontalAdvance("Kopi i dag") + 10
