"""The lists of types that the shop shows to everyone: made, corrected and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.language import N_, _
from moebelcirkel.services.shop import ListForm
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField, TextField
from moebelcirkel.ui.kit.plain import push_button

if TYPE_CHECKING:
    from moebelcirkel.services.shop import ListRow, Lists
    from moebelcirkel.ui.kit.page import Page

LISTS_CHANGED = N_("The shop's lists are changed")


class ListsDialog(ActionDialog):
    """One list at a time; ``names`` are the types that were marked when it was opened."""

    def __init__(self, page: Page, lists: Lists, names: list[str]) -> None:
        super().__init__(
            page,
            _("Lists of the shop"),
            _("Save"),
            _("A list stands above the cards of the shop, before everyone's own."),
        )
        self._page, self._lists, self._names = page, lists, names
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

    def values(self) -> tuple[ListForm, int | None, int | None]:
        """What the list is to be; which it is, and its version, where there is one."""
        row = self.chosen
        kind = str(self.kind.value() or "")
        form = ListForm(self.name.value(), self.types.value(), kind, self.first.value())
        return (form, None, None) if row is None else (form, row.id, row.version)

    def _remove(self) -> None:
        row = self.chosen
        if row is not None:
            self._page.write_in(
                self,
                lambda context: services.shop.delete_list(context, row.id, row.version),
                _(LISTS_CHANGED),
            )
