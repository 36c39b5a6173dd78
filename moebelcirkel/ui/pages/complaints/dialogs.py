"""Deciding a complaint: dialogs that stay open until the service has taken it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.language import N_, _, kroner, ngettext
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.fields import CheckField, MoneyField, TextField

if TYPE_CHECKING:
    from moebelcirkel.services.complaints import ComplaintDetail

_VAN, _THEY, _HOME = "van", "they", "home"


class DecideDialog(ActionDialog):
    """Asks whether it goes for those that were made together; others add what else they ask."""

    #: How the piece can come, the usual way first, and the question these answer.
    question: ClassVar[str] = N_("How does it come here?")
    ways: ClassVar[dict[str, str]] = {
        _VAN: N_("The van fetches it"),
        _THEY: N_("They bring it themselves"),
    }

    def __init__(
        self,
        parent: QWidget,
        detail: ComplaintDetail,
        title: str,
        verb: str,
        text: str,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent, title.format(number=detail.row.number), verb, text, danger=danger)
        label = ngettext(
            "Also for the other one that was made with it",
            "Also for the {count} others that were made with it",
            max(1, detail.alike - 1),
        )
        self.alike = CheckField(label.format(count=detail.alike - 1))
        self.alike.setVisible(detail.alike > 1)
        ways = [Choice(key, _(text)) for key, text in self.ways.items()]
        # Not a tick: Return, which opened the dialog, would take it away when pressed again.
        self.fetch = SegmentedField(_(self.question), ways, stacked=len(ways) > 2)
        self.fetch.set_value(_VAN)
        self.fetch.hide()
        self.ask(detail)
        self.form.add("fetch", self.fetch)
        self.form.add("alike", self.alike)

    def ask(self, detail: ComplaintDetail) -> None:
        """Add what else is asked."""

    def is_fetched(self) -> bool:
        """Whether the van is to fetch it."""
        return self.fetch.value() == _VAN

    def is_brought(self) -> bool:
        """Whether the van brings it home, which they bring here themselves."""
        return self.fetch.value() == _HOME

    def all_of_them(self) -> bool:
        """Whether those beside it are decided with it."""
        return bool(self.alike.value())


class RefuseComplaintDialog(DecideDialog):
    """Asks for the ``reason``."""

    def __init__(self, parent: QWidget, detail: ComplaintDetail) -> None:
        title, verb = _("Turn {number} down?"), _("Turn down")
        super().__init__(parent, detail, title, verb, "", danger=True)

    def ask(self, detail: ComplaintDetail) -> None:
        """Why."""
        helper = _("Whoever complained reads it.")
        self.reason = TextField(_("Why?"), helper=helper, required=True, most=limits.NOTE)
        self.form.add("reason", self.reason)
        self.reason.setFocus()


class ComplaintPriceDialog(DecideDialog):
    """Asks for the new ``price``."""

    def __init__(self, parent: QWidget, detail: ComplaintDetail) -> None:
        text = _("{price} is charged now. The difference is given back with the next settlement.")
        super().__init__(
            parent,
            detail,
            _("A new price for {number}"),
            _("Lower the price"),
            text.format(price=kroner(detail.row.charged_ore)),
        )

    def ask(self, detail: ComplaintDetail) -> None:
        """How much."""
        self.price = self.form.add(
            "price", MoneyField(_("Price after the complaint"), required=True)
        )
        self.price.setFocus()


class ReturnDialog(DecideDialog):
    """Asks whether the van fetches it."""

    def __init__(self, parent: QWidget, detail: ComplaintDetail) -> None:
        text = _("What was paid is given back as soon as the piece is taken back.")
        if not detail.row.there:
            text = _("The piece is not there any more: what was paid is given back at once.")
        super().__init__(
            parent, detail, _("Take back what {number} is about?"), _("Agree to it"), text
        )

    def ask(self, detail: ComplaintDetail) -> None:
        """Whether it is driven."""
        self.fetch.setVisible(detail.row.there)


class RepairDialog(DecideDialog):
    """Asks whether the van fetches it and brings it home, or only that."""

    question: ClassVar[str] = N_("How does it come here and home again?")
    ways: ClassVar[dict[str, str]] = {
        _VAN: N_("The van fetches it and brings it home"),
        _HOME: N_("They bring it, and the van brings it home"),
        _THEY: N_("They bring it and fetch it themselves"),
    }

    def __init__(self, parent: QWidget, detail: ComplaintDetail) -> None:
        super().__init__(
            parent,
            detail,
            _("Repair what {number} is about?"),
            _("Take it to the workshop"),
            _("A case is opened in the workshop. The piece stays theirs and costs them nothing."),
        )

    def ask(self, detail: ComplaintDetail) -> None:
        """Whether it is driven."""
        self.fetch.show()
