"""What is broken as it is handed over: folded until somebody has something to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.ui.kit import geometry, theme
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.page_layout import column, holder, row, scrolled
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.parts.complaints.wrong import AsksWrong

if TYPE_CHECKING:
    from typing import Any

    from moebelcirkel.services.deliveries import Damage
    from moebelcirkel.ui.kit.shell import Shell

#: What is unfolded scrolls within so many px, or as few as that on a low screen: the verb stays.
_HEIGHT, _LEAST, _GAP = 270, 150, 10


class DamagePart(AsksWrong, QWidget):
    """Which pieces, what is wrong, and pictures of it; ``what`` is what is handed over."""

    def __init__(self, shell: Shell, what: dict[str, Any]) -> None:
        super().__init__()
        self._shell, self._what = shell, what
        self.button = push_button("", self._turn, icon="camera", default=False)
        self.form = Form()
        self.ask_wrong(shell, self.form, lines=2)
        self.area = scrolled(holder(column(self.form, self.items, None, gap=10)))
        self.setLayout(column(row(self.button, None), self.area, gap=_GAP))
        self._fold(folded=True)

    def check(self) -> bool:
        """Whether all is said that has to be, and no picture is on its way."""
        return self.folded or (self.form.check() and not self.pictures.waiting)

    def value(self) -> Damage | None:
        """What is broken; nothing while it is folded."""
        if self.folded:
            return None
        line_ids, wrong, pictures = self.told()
        return services.deliveries.Damage(line_ids=line_ids, wrong=wrong, pictures=pictures)

    def _turn(self) -> None:
        self._fold(folded=not self.folded)
        if self.folded:
            return
        self.wrong.setFocus()
        what = self._what
        self._shell.jobs.read(
            lambda context: services.deliveries.going(context, **what), self.show_pieces, owner=self
        )

    def _fold(self, *, folded: bool) -> None:
        self.folded = folded
        self.button.setText(_("Report damage…") if folded else _("No damage after all"))
        px, window = theme.current().px, self.window()
        if not folded:
            room = geometry.spare(window) - _GAP
            self.area.setFixedHeight(min(px(_HEIGHT), max(px(_LEAST), room)))
        self.area.setVisible(not folded)
        if window is not self:
            window.adjustSize()
            self.area.setMinimumHeight(px(_LEAST))  # it yields to what is said later
            geometry.fit(window)
