"""How an import begins: what the file holds, and choosing it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.pages.imports.flows import ImportFlow


class StartCard(CardFrame):
    """The kinds of file there are, and what is asked of a file of the chosen one."""

    pressed = Signal()
    kind_chosen = Signal(str)

    def __init__(self, flows: Sequence[ImportFlow]) -> None:
        super().__init__()
        self.kind = ChoiceField(
            _("What does the file hold?"), [Choice(flow.key, _(flow.title)) for flow in flows]
        )
        self.kind.changed.connect(lambda: self.kind_chosen.emit(str(self.kind.value())))
        self._begin = EmptyState(icon="import", title=_("Choose a file"))
        self._begin.pressed.connect(self.pressed)
        self.add(self.kind)
        self.add(self._begin, 1)
        self.setMinimumHeight(300)

    def show_flow(self, flow: ImportFlow) -> None:
        """Files of this kind are taken in."""
        self.kind.set_value(flow.key)
        self._begin.say(_("Choose a file"), _(flow.about), _("Choose a file…"))
