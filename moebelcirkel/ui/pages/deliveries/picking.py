"""Picking and putting back the chosen rows of the list, by button and by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.plain import push_button, tip
from moebelcirkel.ui.pages.deliveries import words
from moebelcirkel.ui.pages.deliveries.short import ShortDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import LinesChanged, MissingLine, PickRow, TookAlike
    from moebelcirkel.services.orders import Cancelled
    from moebelcirkel.ui.kit.page import Page


class Picking(QObject):
    """The two buttons and their keys; ``changed(answer, text)`` when lines were picked."""

    def __init__(
        self, page: Page, table: TableView, changed: Callable[[LinesChanged, str], object]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._table = table
        self._changed = changed
        self._sent: set[int] = set()
        self._ended: set[int] = set()
        self.pick_button = push_button(_("Pick the chosen"), self.pick, icon="check")
        self.pick_button.setToolTip(tip(_("Enter picks the chosen rows, + picks one piece")))
        self.unpick_button = push_button(_("Put back"), self.unpick, icon="undo")
        self.unpick_button.setToolTip(
            tip(_("Delete puts the chosen rows back, − puts back one piece"))
        )
        keys.leads_back(self.unpick_button)
        self.missing_button = push_button(_("Missing…"), self._missing)
        self.decision = Decision(self._subject, self.pick_button, self.unpick_button)
        table.selection_changed.connect(self.fit)
        table.picked.connect(self.decision.chosen)
        table.opened.connect(lambda _row: self._by_key(self.pick))
        for name, key, act in (
            (_("Pick one piece of the chosen row"), Qt.Key.Key_Plus, partial(self.pick, one=True)),
            (
                _("Put one piece of the chosen row back"),
                Qt.Key.Key_Minus,
                partial(self.unpick, one=True),
            ),
            (_("Put the chosen rows back"), Qt.Key.Key_Delete, self.unpick),
        ):
            act = partial(self._by_key, act)
            keys.add(table, name, act, key, within=Qt.ShortcutContext.WidgetShortcut)

    def fit(self) -> None:
        """Offer what the chosen rows can take."""
        chosen: list[PickRow] = self._table.selected_rows()
        self.pick_button.setEnabled(any(r.open_ids for r in chosen))
        self.unpick_button.setEnabled(any(r.picked_ids for r in chosen))
        self.missing_button.setEnabled(len(chosen) == 1 and bool(chosen[0].open_ids))
        self.decision.shown()

    def read_anew(self) -> None:
        """The list shows what was written until now."""
        self._ended.clear()

    def pick(self, *, one: bool = False) -> None:
        """Pick the chosen rows, or one piece of them."""
        self._change(lambda r: r.open_ids, one=one, picked=True)

    def unpick(self, *, one: bool = False) -> None:
        """Put the chosen rows back, or the last piece of them."""
        self._change(lambda r: r.picked_ids[::-1], one=one, picked=False)

    def _missing(self) -> None:
        """Ask what to do about the last piece of the chosen row."""
        chosen: list[PickRow] = self._table.selected_rows()
        if len(chosen) != 1 or not chosen[0].open_ids:
            return
        line_id, name = chosen[0].open_ids[-1], words.name(chosen[0])
        self._page.shell.jobs.read(
            lambda context: services.deliveries.short(context, line_id),
            lambda found: self._ask_short(found, name),
            owner=self._page,
        )

    def _ask_short(self, found: MissingLine, name: str) -> None:
        dialog = ShortDialog(self._page, found, name)
        self._page.ask(dialog, dialog.work, lambda context, work: work(context), self._answered)

    def _answered(self, done: TookAlike | Cancelled) -> None:
        if isinstance(done, services.deliveries.TookAlike):
            text = _("{number} picked instead of {missing}, which is off sale")
            self._page.done(done, text.format(number=done.number, missing=done.missing))
            return
        text = ngettext(
            "{number}: {count} piece cancelled", "{number}: {count} pieces cancelled", done.pieces
        )
        self._page.done(done, text.format(number=done.number, count=done.pieces))

    def _subject(self) -> frozenset[words.RowKey]:
        return frozenset(words.key(r) for r in self._table.selected_rows())

    def _by_key(self, act: Callable[[], object]) -> None:
        """A key acts at once, but only on rows that have been seen to be chosen."""
        if self.decision.takes_key():
            act()

    def _change(
        self, ids_of: Callable[[PickRow], Sequence[int]], *, one: bool, picked: bool
    ) -> None:
        rows: list[PickRow] = self._table.selected_rows()
        busy = self._sent | self._ended  # pressed again before the list was read anew
        found = [(key, r) for r in rows for key in ids_of(r) if key not in busy]
        found = found[:1] if one else found
        if not found:
            return
        ids = [key for key, _row in found]
        said = _told({words.key(r): r for _key, r in found}.values(), len(ids), picked=picked)

        def work(context: Context) -> LinesChanged:
            act = services.deliveries.pick if picked else services.deliveries.unpick
            return act(context, ids)

        def done(answer: LinesChanged) -> None:
            self._end(ids)
            self._changed(answer, said)

        def refused(error: Refused) -> None:
            """Somebody was first: the list shows what is left."""
            self._end(ids)
            self._page.shell.messages.refused(error)
            self._page.reload()

        self._sent.update(ids)
        hold = () if one else (self.pick_button, self.unpick_button)
        self._page.shell.jobs.write(work, done, refused, hold=hold, owner=self._page)

    def _end(self, ids: Sequence[int]) -> None:
        self._sent.difference_update(ids)
        self._ended.update(ids)


def _told(rows: Iterable[PickRow], count: int, *, picked: bool) -> str:
    """What was picked or put back, for whom, and which where it is of one kind."""
    rows = list(rows)
    said = _("{pieces} picked") if picked else _("{pieces} put back")
    parts = [said.format(pieces=words.pieces(count))]
    kinds = list(dict.fromkeys(words.name(r) for r in rows))
    receivers = dict.fromkeys(r.institution for r in rows)
    return " · ".join([*parts, *(kinds if len(kinds) == 1 else ()), ", ".join(receivers)])
