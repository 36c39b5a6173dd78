"""The lists of types that the shop shows to everyone: made, corrected and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.services.shop import ListForm
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField, TextField
from moebelcirkel.ui.kit.plain import push_button

if TYPE_CHECKING:
    from moebelcirkel.services.shop import ListRow, Lists
    from moebelcirkel.ui.kit.shell import Shell


class ListsDialog(ActionDialog):
    """One list at a time; ``names`` are the types that were marked when it was opened."""

    def __init__(self, parent: QWidget, shell: Shell, lists: Lists, names: list[str]) -> None:
        super().__init__(
            parent,
            _("Lists of the shop"),
            _("Save"),
            _("A list stands above the cards of the shop, before everyone's own."),
        )
        self._shell, self._lists, self._names = shell, lists, names
        form = self.form
        self.which = form.add(
            "which",
            ChoiceField(
                _("List"),
                [Choice(row.id, row.form.name) for row in lists.rows],
                nothing=_("New list"),
            ),
        )
        self.name = form.add("name", LineField(_("Name"), required=True))
        self.kind = form.add(
            "kind",
            ChoiceField(
                _("For institutions of kind"),
                [Choice(kind, kind) for kind in lists.kinds],
                nothing=_("All"),
            ),
        )
        self.first = form.add("first", CheckField(_("Their shop opens with this list")))
        helper = _("The number or the name of one furniture type in each line.")
        self.types = form.add(
            "types", TextField(_("Furniture types"), required=True, helper=helper, lines=6)
        )
        self.remove = push_button(_("Delete the list"), self._remove, role="quiet")
        self.column.insertWidget(self.column.indexOf(self.notice), self.remove)
        self.which.changed.connect(self._show)
        self.asked.connect(self._save)
        self._show()

    @property
    def chosen(self) -> ListRow | None:
        """The list that is corrected; none where one is made."""
        key = self.which.value()
        return next((row for row in self._lists.rows if row.id == key), None)

    def _show(self) -> None:
        row = self.chosen
        form = ListForm("", "\n".join(self._names)) if row is None else row.form
        self.name.set_value(form.name)
        self.kind.offer_too(form.kind)
        self.kind.set_value(form.kind or None)
        self.first.set_value(form.first)
        self.types.set_value(form.types)
        self.remove.setVisible(row is not None)

    def _save(self) -> None:
        row = self.chosen
        kind = str(self.kind.value() or "")
        form = ListForm(self.name.value(), self.types.value(), kind, self.first.value())
        key, version = (None, None) if row is None else (row.id, row.version)
        self.write(
            self._shell.jobs, lambda context: services.shop.save_list(context, form, key, version)
        )

    def _remove(self) -> None:
        row = self.chosen
        if row is not None:
            self.write(
                self._shell.jobs,
                lambda context: services.shop.delete_list(context, row.id, row.version),
            )
