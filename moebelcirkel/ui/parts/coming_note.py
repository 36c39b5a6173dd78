"""What was reported and still stands with its giver, beside the hits of a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import _, kroner, ngettext, number
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.parts import pickup_words

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.pickups import Coming
    from moebelcirkel.ui.kit.shell import Shell

_MOST = 2


class ComingNote(QWidget):
    """One line, hidden while nothing that fits the words is on its way.

    Who orders can want it: then it is held for them as soon as the warehouse puts it on sale.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._words = ""
        self._institution_id: int | None = None
        self.note = Label(tone="small", wrap=True)
        self.want = push_button(_("Want it…"), self._want)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.note, 1)
        layout.addWidget(self.want)
        allows = shell.context.allows
        # Once it has its place: before that it would be a window of its own.
        self.want.setVisible(allows(Action.ORDER) and not allows(Action.STOCK_VIEW))
        self.hide()

    def come_to(self, institution_id: int | None) -> None:
        """Say from now on when what is coming can be at this institution."""
        if institution_id != self._institution_id:
            self._institution_id = institution_id
            self.look_for(self._words)

    def look_for(self, typed: str) -> None:
        """Say what is coming of what is searched for; a number of pieces is no word."""
        self._words = words = " ".join(word for word in typed.split() if not word.isdigit())
        if not words:
            self.hide()
            return

        institution_id = self._institution_id

        def find(context: Context) -> list[Coming]:
            return services.pickups.coming(context, words, institution_id)

        self._shell.jobs.read(
            find, lambda found: self._show(words, found), channel="coming", owner=self
        )

    def _show(self, words: str, found: Sequence[Coming]) -> None:
        if words != self._words:
            return
        lines = [_line(each) for each in found[:_MOST]]
        rest = len(found) - len(lines)
        if rest:
            more = ngettext("and {count} more report", "and {count} more reports", rest)
            lines.append(more.format(count=number(rest)))
        text = _("Stands with its giver, cannot be ordered yet: {lines}")
        self.note.setText(text.format(lines=" · ".join(lines)) if lines else "")
        self.setVisible(bool(lines))

    def _want(self) -> None:
        self._shell.go("wants", Seed(None, self._words))


def _line(each: Coming) -> str:
    what = _("{count} × {name} with {giver}, about {price} each").format(
        count=number(each.pieces), name=each.name, giver=each.giver, price=kroner(each.price_ore)
    )
    return what + pickup_words.in_brackets(each)
