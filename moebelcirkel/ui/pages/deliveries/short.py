"""What to do about a piece that is not where it should be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.orders import Party, Why, reasons
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import MissingLine, TookAlike
    from moebelcirkel.services.orders import Cancelled

_WAIT = "wait"


class ShortDialog(ActionDialog):
    """Offers an alike piece, the rest alone, or giving the piece up with the reason why."""

    def __init__(self, parent: QWidget, found: MissingLine, name: str) -> None:
        super().__init__(
            parent,
            _("{number} is missing").format(number=found.number),
            _("Go on"),
            _("{name}, ordered in {order}.").format(name=name, order=found.order),
        )
        self._found = found
        self.what = ChoiceField(_("What now?"), _choices(found), required=True)
        self.what.set_value(str(found.alike[0].unit_id) if found.alike else _WAIT)
        self.form.add("what", self.what)

    def work(self) -> tuple[Callable[[Context], TookAlike | Cancelled]] | None:
        """What is written; nothing where the piece just stays on order."""
        found, chosen = self._found, str(self.what.value())
        if chosen == _WAIT:
            return None
        return (partial(_answer, found, chosen),)


def _answer(found: MissingLine, chosen: str, context: Context) -> TookAlike | Cancelled:
    """Take the chosen piece instead, or give the missing one up."""
    if chosen.isdigit():
        return services.deliveries.take_alike(context, found.line_id, int(chosen))
    return services.orders.call_off(context, found.order_id, Why(chosen), [found.line_id])


def _choices(found: MissingLine) -> list[Choice]:
    take = [
        Choice(
            str(piece.unit_id),
            _("Take {number} from {place}").format(
                number=piece.number, place=piece.place or _("no place")
            ),
        )
        for piece in found.alike
    ]
    give_up = [
        Choice(why.value, _("Give it up: {reason}").format(reason=_(why.label)))
        for why in reasons(Party.EXCHANGE)
    ]
    return [*take, Choice(_WAIT, _("Deliver the rest; it stays on order")), *give_up]
