"""What is kept about a person, shown as paper: of an account, or of a name that stands in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.services import persons
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import LineField

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell


def show_account(shell: Shell, user_id: int, name: str, button: QWidget, parent: QWidget) -> None:
    """The paper of somebody with an account."""
    shell.jobs.long(
        lambda context: persons.paper(context, user_id),
        lambda data: _show(parent, name, data),
        hold=[button],
        owner=parent,
    )


def _show(parent: QWidget, name: str, data: bytes) -> None:
    from moebelcirkel.ui.parts.paper_dialog import PaperDialog

    dialog = PaperDialog(parent, _("What is kept about {name}").format(name=name))
    dialog.show_paper(data, _("person.pdf"))
    dialog.open()


class NameDialog(ActionDialog):
    """Asks for the name of somebody who has no account."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(
            parent,
            _("What is kept about a name"),
            _("Show the paper"),
            _(
                "All texts that people write are searched: notes, contacts, receivers, reasons, "
                "and the history. Somebody who logs in has a paper of their own, on their card."
            ),
        )
        self._shell, self._window = shell, parent
        self.name = self.form.add("name", LineField(_("Name"), required=True))
        self.asked.connect(self._draw)

    def _draw(self) -> None:
        name = str(self.form.values()["name"])

        def show(data: bytes) -> None:
            self.accept()
            _show(self._window, name, data)

        self._shell.jobs.long(
            lambda context: persons.paper_of_name(context, name),
            show,
            self.refuse,
            hold=[self.verb],
            owner=self,
        )
