"""Widgets side by side: what is lower than the rest of its line stands in the middle of it."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.flow import FlowLayout


def test_a_low_one_and_a_high_one_have_their_middle_in_common(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    flow = FlowLayout(gap=6)
    sizes = ((40, 20), (60, 36), (50, 20))
    for width, height in sizes:
        part = QWidget()
        part.setFixedSize(width, height)
        flow.addWidget(part)
    ground.setLayout(flow)
    ground.resize(120, flow.heightForWidth(120))
    ground.show()
    found = [
        (box.x(), box.y())
        for box in (flow.itemAt(at).geometry() for at in range(3))  # type: ignore[union-attr]
    ]
    assert found == [(0, 8), (46, 0), (0, 42)]
    assert flow.heightForWidth(120) == 36 + 6 + 20
