"""The left card: institutions that furniture goes to, each with how far the picking is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.lists.striped import Striped, StripedList
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.pages.deliveries.words import pieces
from moebelcirkel.ui.parts.order_words import urgently

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import Receiver


def entries(receivers: Sequence[Receiver]) -> list[Striped]:
    """All receivers together, then each of them; the key is the institution, or None for all."""
    if not receivers:
        return []
    many = ngettext("{count} receiver", "{count} receivers", len(receivers))
    total = sum(receiver.pieces for receiver in receivers)
    picked = sum(receiver.picked for receiver in receivers)
    detail = f"{many.format(count=number(len(receivers)))} · {pieces(total)}"
    return [
        _card(None, _("All receivers"), detail, picked, total),
        *(_entry(receiver) for receiver in receivers),
    ]


def _entry(receiver: Receiver) -> Striped:
    words = ngettext("{count} order", "{count} orders together", receiver.orders)
    orders = words.format(count=number(receiver.orders))
    furniture = pieces(receiver.pieces)
    detail = urgently(furniture) if receiver.urgent else f"{orders} · {furniture}"
    return _card(receiver.institution_id, receiver.name, detail, receiver.picked, receiver.pieces)


def _card(key: int | None, title: str, detail: str, picked: int, count: int) -> Striped:
    """A card with "5 af 16 plukket" beside its bar."""
    done = "accent" if picked == count else "warning" if picked else "edge"
    progress = _("{picked} of {count} picked").format(picked=number(picked), count=number(count))
    share = picked / count if count else 0
    tone = "" if key is None else done
    return Striped(key, title, detail, progress=progress, share=share, tone=tone)


class ReceiversCard(CardFrame):
    """The list under its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("To be delivered"), parent)
        self.list = StripedList(_("Receivers"))
        self.add(self.list, 1)
