"""What came of the orders of the run that is shown: each figure is a button to its orders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from moebelcirkel.services import deliveries
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.plain import caption, push_button, tip
from moebelcirkel.ui.parts.delivery_figures import DeliveryFigure, figures
from moebelcirkel.ui.parts.order_words import TheseOrders

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import Tally
    from moebelcirkel.services.runs import Planned
    from moebelcirkel.ui.kit.shell import Shell


class RunFigures(QWidget):
    """Only what there is something of: a run that is planned has kept no week yet."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._run: int | None = None
        self._shown: list[DeliveryFigure] = []
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_run(self, run: Planned | None) -> None:
        """Read those of this run; meanwhile none of another one stand there."""
        key = run.id if run is not None else None
        if key != self._run:
            self._run = key
            self._fill("", [])
        if run is not None:
            self._shell.jobs.read(
                lambda context: deliveries.run_tally(context, run.id),
                partial(self._arrived, run),
                channel="runs.figures",
            )

    def sizeHint(self) -> QSize:
        """As high as it is at its width, and not as it would be at the narrowest."""
        narrow = self._flow.minimumSize().width()
        return QSize(narrow, self._flow.heightForWidth(max(narrow, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _arrived(self, run: Planned, found: Tally) -> None:
        shown = [each for each in figures(found) if each.short and each.behind]
        if run.id == self._run and shown != self._shown:
            self._fill(run.number, shown)

    def _fill(self, number: str, shown: list[DeliveryFigure]) -> None:
        self._shown = shown
        for button in self.buttons:
            button.hide()
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(number, figure) for figure in shown]
        for button in self.buttons:
            self._flow.addWidget(button)
        self.setVisible(bool(shown))
        self.updateGeometry()

    def _button(self, number: str, figure: DeliveryFigure) -> QPushButton:
        these = TheseOrders(f"{number}: {figure.short}", figure.orders)
        button = push_button(
            caption(figure.short), lambda: self._shell.go("orders", these), role="choice"
        )
        button.setToolTip(tip(figure.title))
        button.setEnabled(bool(figure.orders))
        return button
