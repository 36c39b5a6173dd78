"""Several furniture types become one: which one stays, and what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.articles.merging import Merging
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell


class _Value(NamedTuple):
    """What the pieces of one type will be said to be instead."""

    article_id: int
    name: str
    label: str
    before: str
    after: str


class MergeDialog(ActionDialog):
    """The types as they are now; the one with the most furniture is proposed to stay."""

    def __init__(self, parent: QWidget, shell: Shell, types: Sequence[Merging]) -> None:
        count = len(types)
        title = ngettext("Merge {count} furniture type?", "Merge {count} furniture types?", count)
        super().__init__(
            parent,
            title.format(count=number(count)),
            _("Merge"),
            _(
                "Furniture and everything else that speaks of the others follows to the one that"
                " stays. Figures that are booked do not change. You can undo it afterwards."
            ),
        )
        self._shell = shell
        self._types = list(types)
        self.kept = self.form.add(
            "kept", ChoiceField(_("The type that stays"), _choices(types), required=True)
        )
        self.kept.set_value(types[0].id)
        self.follows = Label(tone="small")
        self.follows.setWordWrap(True)
        self.model: TableModel[_Value] = TableModel(
            _columns(), lambda each: (each.article_id, each.label)
        )
        self.table = TableView(_("What their furniture is said to be"))
        self.table.show_model(self.model)
        none = EmptyState(_("They say the same"), _("Nothing about the furniture changes."))
        card = CardFrame(padded=False)
        card.body.setContentsMargins(8, 6, 8, 6)
        card.add(ListOrEmpty(self.table, none), 1)
        px = theme.current().px
        card.setMinimumHeight(px(220))
        self.setMinimumWidth(px(680))
        at = self.column.indexOf(self.form) + 1
        self.column.insertWidget(at, card, 1)
        self.column.insertWidget(at, self.follows)
        self.kept.changed.connect(self._read)
        self._show(types)

    def _show(self, types: Sequence[Merging]) -> None:
        self._types = list(types)
        kept, *others = types
        self.follows.setText("\n".join([_follows(others), *_found_by(kept, others)]))
        self.model.set_rows(
            [
                _Value(each.id, each.name, value.label, value.before, value.after)
                for each in others
                for value in each.instead
            ]
        )

    def _read(self) -> None:
        kept, keys = self.kept.draft(), [each.id for each in self._types]
        if not isinstance(kept, int):
            return
        self.verb.setEnabled(False)

        def read(context: Context) -> list[Merging]:
            from moebelcirkel.services.articles import merging

            return merging.preview(context, keys, kept)

        self._shell.jobs.read(read, self._read_again, self._gone, channel="merge", owner=self)

    def _read_again(self, types: list[Merging]) -> None:
        self.verb.setEnabled(True)
        self._show(types)

    def _gone(self, error: Refused) -> None:
        self.refuse(error)

    def versions(self) -> tuple[int, dict[int, int]]:
        """The type that stays, and all of them with the version that is shown."""
        return self._types[0].id, {each.id: each.version for each in self._types}


def _choices(types: Sequence[Merging]) -> list[Choice]:
    return [Choice(each.id, _called(each)) for each in sorted(types, key=lambda each: each.name)]


def _called(each: Merging) -> str:
    """The name, with its number where it has one and how much furniture there is."""
    count = each.speaking.pieces
    pieces = ngettext("{count} piece", "{count} pieces", count).format(count=number(count))
    return " · ".join(part for part in (each.name, each.key, pieces) if part)


def _follows(others: Sequence[Merging]) -> str:
    """What follows to the one that stays, and how many of each."""
    counts = {
        _("Furniture"): sum(each.speaking.pieces for each in others),
        _("with a price that stays as it is"): sum(each.speaking.priced for each in others),
        _("on open orders"): sum(each.speaking.ordered for each in others),
        _("in baskets"): sum(each.speaking.held for each in others),
        _("Pictures"): sum(each.speaking.pictures for each in others),
        _("Wants"): sum(each.speaking.wants for each in others),
        _("Reported"): sum(each.speaking.reported for each in others),
    }
    told = [f"{name}: {number(count)}" for name, count in counts.items() if count]
    return _("Follows: {what}").format(what=" · ".join(told) or _("nothing"))


def _found_by(kept: Merging, others: Sequence[Merging]) -> list[str]:
    """What the one that stays is found by as well."""
    names = [f"{each.name} ({each.key})" if each.key else each.name for each in others]
    text = _("{name} is found by these names as well: {names}")
    return [text.format(name=kept.name, names=", ".join(names))]


def _columns() -> list[Column[_Value]]:
    return [
        Column(
            "name",
            _("Furniture of"),
            lambda each: each.name,
            keeps_end=True,
            tip=lambda each: each.name,
        ),
        Column("label", _("Value"), lambda each: each.label, width=140),
        Column(
            "before",
            _("Now"),
            lambda each: each.before or "–",
            width=140,
            tip=lambda each: each.before,
        ),
        Column(
            "after",
            _("Then"),
            lambda each: each.after or "–",
            width=140,
            strong=True,
            tip=lambda each: each.after,
        ),
    ]
