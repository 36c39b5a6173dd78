"""What was reported and still stands with its giver, beside the hits of a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.language import _, day, ngettext, number
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.pickups import Coming
    from moebelcirkel.ui.kit.shell import Shell

_MOST = 2


class ComingNote(Label):
    """One line, hidden while nothing that fits the words is on its way."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(tone="small", wrap=True)
        self._shell = shell
        self._typed = ""
        self._words = ""
        self.hide()

    def look_for(self, typed: str) -> None:
        """Say what is coming of what is searched for; a number of pieces is no word."""
        self._words = words = " ".join(word for word in typed.split() if not word.isdigit())
        if not words:
            self.hide()
            return

        def find(context: Context) -> list[Coming]:
            return services.pickups.coming(context, words)

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
        text = _("Coming, cannot be ordered yet: {lines}").format(lines=" · ".join(lines))
        self.setText(text if lines else "")
        self.setVisible(bool(lines))


def _line(each: Coming) -> str:
    what = _("{count} × {name} with {giver}").format(
        count=number(each.pieces), name=each.name, giver=each.giver
    )
    if each.planned_on is None:
        return what
    return f"{what} ({_('fetched {day}').format(day=day(each.planned_on))})"
