"""What is wrong with which pieces, and pictures of it: asked at the door and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain import limits
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts.pictures_field import PicturesField, make_ready

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from moebelcirkel.services.deliveries import Going
    from moebelcirkel.services.photos import Picture
    from moebelcirkel.services.receipts import HandedPiece
    from moebelcirkel.ui.kit.forms.form import Form
    from moebelcirkel.ui.kit.shell import Shell


class AsksWrong:
    """For a widget that has a form: the fields ``wrong`` and ``pictures``, and the ``items``."""

    def ask_wrong(self, shell: Shell, form: Form, lines: int = 3) -> None:
        """Make the fields and the list; the widget places the list."""
        self.items = ItemList()
        self.wrong = TextField(
            _("What is wrong?"),
            helper=_("In your own words. Write no names."),
            required=True,
            lines=lines,
            most=limits.NOTE,
        )
        form.add("wrong", self.wrong)
        self.pictures = form.add("pictures", PicturesField(_("Pictures of it")))
        make_ready(shell, self.pictures)

    def show_pieces(
        self, pieces: Iterable[Going | HandedPiece], said: Collection[int] = ()
    ) -> None:
        """Offer these to be ticked, but for those ``said`` already; one alone is ticked."""
        self.items.show_items(
            [
                Item(
                    key=piece.line_id,
                    title=piece.name,
                    detail=f"{piece.number} · {piece.condition}",
                    figure=_("complained of already") if piece.line_id in said else "",
                    shape=shape_for(piece.category_key, piece.name),
                    tick="" if piece.line_id in said else piece.number,
                )
                for piece in pieces
            ]
        )
        left = [row for row in self.items.rows if row.item.tick]
        if len(left) == 1:
            left[0].box.setChecked(True)

    def told(self) -> tuple[list[int], str, tuple[Picture, ...]]:
        """The order lines of the ticked pieces, what is wrong, and the pictures."""
        lines = [int(str(key)) for key in self.items.ticked()]
        return lines, self.wrong.value(), self.pictures.value()
