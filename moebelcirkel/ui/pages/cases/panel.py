"""The panel of one case: opened by the board or by a scan, it reads, asks and hands on to write."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.pages.cases import cards, writing
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.errand_forms import ErrandForms

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail, CaseTaskRow, UsedPart
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.kit.shell import Shell

_DRAFT = "cases-place"
Write = Callable[["Callable[[Context], Done]", str, "Callable[[Done], object] | None"], None]


class CasePanel(QObject):
    """One dialog at a time; ``closed(case id)`` when it is gone.

    ``sale_asked(case id)`` when the pieces of a finished case are to be put on sale.
    """

    closed = Signal(object)
    sale_asked = Signal(int)

    def __init__(self, shell: Shell, page: Page, write: Write, scan: Callable[[str], bool]) -> None:
        super().__init__(page)
        self.shell = shell
        self._page = page
        self._write_through = write
        self._scan = scan
        self._place: int | None = (shell.drafts.load(_DRAFT) or {}).get("place")
        self.dialog: CaseDialog | None = None
        self._case_id: int | None = None
        self.errands = ErrandForms(page, self.current, self._told)
        # How many steps of this dialog can be undone, and how many done again; which way one goes.
        self._done, self._undone, self._step = 0, 0, 0
        shell.jobs.refused.connect(self._step_refused)

    # --- one case -------------------------------------------------------------------------------

    def open(self, case_id: int, unit_id: int | None = None, *, finish: bool = False) -> None:
        """Open the panel of a case, at one of its pieces."""
        self._case_id = case_id
        self._read_case(case_id, unit_id, finish=finish, opening=True)

    def _read_case(
        self,
        case_id: int,
        unit_id: int | None = None,
        *,
        finish: bool = False,
        opening: bool = False,
    ) -> None:
        def work(context: Context) -> CaseDetail:
            return services.cases.detail(context, case_id)

        def show(case: CaseDetail) -> None:
            self._show_case(case, unit_id, finish=finish, opening=opening)

        self.shell.jobs.read(work, show, self._case_gone, channel="case", owner=self)

    def _show_case(
        self, case: CaseDetail, unit_id: int | None, *, finish: bool, opening: bool
    ) -> None:
        dialog = self.current()
        known = dialog is not None and dialog.case is not None and dialog.case.id == case.id
        over = case.state == "ready" and known and dialog is not None and not dialog.is_finished
        if over or (dialog is None and not opening):
            self._close_dialog()
            return
        if dialog is None:
            dialog = self._make_dialog()
        new = dialog.case is None or dialog.case.id != case.id
        if new:
            self._done, self._undone, self._step = 0, 0, 0
            dialog.right.setCurrentIndex(0)
        dialog.show_case(case)
        if new:
            self._read_photo(case)
            dialog.begin()
        if unit_id is not None:
            # The first scan finds the case; the next ones choose among its pieces.
            dialog.pieces.mark(unit_id, tick=not new)
        if finish:
            dialog.begin_finish()
        dialog.open()

    def _make_dialog(self) -> CaseDialog:
        may_sell = self.shell.context.allows(Action.SALE)
        dialog = CaseDialog(
            self._page.window(),
            self._scan,
            may_sell=may_sell,
            may_see_orders=self.shell.context.allows(Action.ORDER_VIEW),
        )
        dialog.sale_asked.connect(self._ask_sale)
        dialog.order_asked.connect(self._open_order)
        dialog.give_up_asked.connect(self.errands.ask_give_up)
        dialog.moved.connect(self._dialog_moved)
        dialog.noted.connect(self._dialog_noted)
        dialog.split_asked.connect(self._dialog_split)
        dialog.finish_asked.connect(self._dialog_finish)
        dialog.undo_asked.connect(functools.partial(self._go, -1))
        dialog.redo_asked.connect(functools.partial(self._go, +1))
        dialog.outside.asked.connect(self.errands.ask)
        dialog.tasks.added.connect(self._add_task)
        dialog.tasks.edited.connect(self._set_task)
        dialog.tasks.removed.connect(self._remove_task)
        dialog.tasks.part_asked.connect(self.errands.ask_part)
        dialog.tasks.part_out.connect(self._take_part_out)
        dialog.pieces.opened.connect(self._open_passport)
        dialog.finished.connect(self._dialog_closed)
        self.dialog = dialog
        self.shell.jobs.read(_read_choices, self._choices_read, owner=dialog)
        return dialog

    def _choices_read(self, choices: tuple[Any, Any, Any]) -> None:
        dialog = self.current()
        if dialog is None:
            return
        types, rates, places = choices
        dialog.tasks.offer_types(types, rates)
        dialog.offer_places(places, self._place)
        if dialog.case is not None:
            dialog.tasks.show_tasks(dialog.case.tasks, dialog.case.used)

    def _read_photo(self, case: CaseDetail) -> None:
        first = case.pieces[0]
        shape = shape_for(first.category_key, first.name)
        fingerprint = first.photo
        if fingerprint is None:
            return

        def work(context: Context) -> QImage | None:
            data = services.photos.image(context, fingerprint)
            return decode(data) if data else None

        def show(image: QImage | None) -> None:
            dialog = self.current()
            if dialog is not None and dialog.case is not None and dialog.case.id == case.id:
                dialog.pieces.show_photo(image, shape, first.name)

        self.shell.jobs.aside(work, show, channel="case photo", owner=self)

    def current(self) -> CaseDialog | None:
        """The dialog that is open."""
        if self.dialog is not None and not shiboken6.isValid(self.dialog):
            self.dialog = None
        return self.dialog

    def _close_dialog(self) -> None:
        dialog = self.current()
        if dialog is not None:
            dialog.reject()

    def _dialog_closed(self) -> None:
        self.dialog = None
        case_id, self._case_id = self._case_id, None
        self.closed.emit(case_id)

    def _case_gone(self, error: Refused) -> None:
        """It is told, unless the panel was closed while it was read."""
        if self._case_id is not None:
            self._close_dialog()
            self.shell.messages.refused(error)

    def _open_passport(self, unit_id: int) -> None:
        self._close_dialog()
        self.shell.go("units", unit_id)

    def _open_order(self, order_id: int) -> None:
        self._close_dialog()
        self.shell.go("orders", order_id)

    # --- what is done to it ---------------------------------------------------------------------

    def reload(self) -> None:
        """Show anew what is open."""
        dialog = self.current()
        if dialog is None or self._case_id is None:
            return
        if self._step:
            # What the window says of it lies behind the dialog.
            dialog.notice.say(_("Undone") if self._step < 0 else _("Done again"), "accent")
            self._step = 0
        self._read_case(self._case_id)

    def refused(self, error: Refused) -> bool:
        """Say it in the dialog, if there is one."""
        dialog = self.current()
        if dialog is None or not dialog.isVisible():
            return False
        (self._page.asking or dialog).refuse(error)
        return True

    def _write(
        self,
        work: Callable[[Context], Done],
        text: str = "",
        after: Callable[[Done], object] | None = None,
    ) -> None:
        self._write_through(work, text, self._step_made(text, after))

    def _told(
        self, text: str, after: Callable[[], object] | None = None
    ) -> Callable[[Done], object]:
        """Tells of what a form over the case has written."""
        made = self._step_made(text, lambda _done: after() if after is not None else None)

        def tell(done: Done) -> None:
            self._page.done(done, text)
            made(done)

        return tell

    def _step_made(
        self, text: str, after: Callable[[Done], object] | None
    ) -> Callable[[Done], None]:
        def made(done: Done) -> None:
            dialog = self.current()
            if dialog is not None:
                if done.change_id is not None:
                    self._done, self._undone = self._done + 1, 0
                # The window's toast lies behind the dialog, so the way back is offered in it.
                dialog.tell(text)
            if after is not None:
                after(done)

        return made

    def _go(self, step: int) -> None:
        """Take back the latest step made in the dialog (-1), or do again the latest undone (+1)."""
        dialog = self.current()
        if dialog is None or self._step:
            return
        if step < 0 and not self._done:
            dialog.notice.say(_("There is nothing of yours to undo here."), "money")
        elif step > 0 and not self._undone:
            dialog.notice.say(_("There is nothing undone to do again here."), "money")
        else:
            self._count(step)
            self._step = step
            # What was done last on the page was done in the dialog over it.
            (self.shell.undo if step < 0 else self.shell.redo)()

    def _count(self, step: int) -> None:
        self._done += step
        self._undone -= step

    def _step_refused(self, error: Refused) -> None:
        if self._step:
            self._count(-self._step)
            self._step = 0
            self.refused(error)

    def _ask_sale(self) -> None:
        case = self._shown()
        self._close_dialog()
        self.sale_asked.emit(case.id)

    def _dialog_moved(self, stage: str) -> None:
        case = self._shown()
        if stage != case.state:
            self._write(*move(case.id, case.version, stage))

    def _dialog_noted(self, note: str, day: Any) -> None:
        case = self._shown()
        self._write(
            functools.partial(writing.set_note, case.id, note, day, case.version), _("Noted")
        )

    def _add_task(self, type_id: int) -> None:
        self._write(functools.partial(writing.add_task, self._shown().id, type_id))

    def _set_task(self, task: CaseTaskRow, changes: dict[str, Any]) -> None:
        self._write(functools.partial(writing.set_task, task, changes))

    def _remove_task(self, task: CaseTaskRow) -> None:
        text = _("{task} is removed").format(task=task.name)
        self._write(functools.partial(writing.remove_task, task.id), text)

    def _take_part_out(self, part: UsedPart) -> None:
        text = _("{number} is taken out").format(number=part.number)
        self._write(functools.partial(writing.take_part_out, part.part_id), text)

    def takes_part(self, number: str) -> bool:
        """A spare part was scanned: where a case is open for work, ask which task it is for."""
        dialog = self.current()
        if dialog is None or dialog.is_finished or self._page.asking is not None:
            return False
        self.errands.ask_part(None, number)
        return True

    def _dialog_split(self, unit_ids: list[int]) -> None:
        def after(_done: Done) -> None:
            dialog = self.current()
            if dialog is not None:
                dialog.pieces.clear_ticks()

        work = functools.partial(writing.split, self._shown().id, tuple(unit_ids))
        self._write(work, _("The case is split in two"), after)

    def _dialog_finish(self, conditions: Any, place: int, reason: str | None) -> None:
        case = self._shown()
        asked = self.dialog.finish.asked if self.dialog is not None else ()
        count, rest = len(asked), len(case.pieces) - len(asked)

        def after(_done: Done) -> None:
            self._place = place
            self.shell.drafts.save(_DRAFT, {"place": place})
            dialog = self.current()
            if dialog is not None and rest:
                dialog.place = place
                dialog.pieces.clear_ticks()
                dialog.back()
            else:
                self._close_dialog()

        many = ngettext("{count} piece is ready", "{count} pieces are ready", count)
        work = functools.partial(
            writing.finish, case.id, conditions, place, case.version, reason, asked
        )
        self._write(work, many.format(count=number(count)), after)

    def _shown(self) -> CaseDetail:
        dialog = self.current()
        assert dialog is not None
        assert dialog.case is not None
        return dialog.case


def _read_choices(context: Context) -> tuple[Any, Any, Any]:
    """Task types, hour rates and places."""
    return (
        services.tasks.task_types(context),
        services.tasks.hour_rates(context),
        services.places.choices(context),
    )


def move(case_id: int, version: int, stage: str) -> tuple[Callable[[Context], Done], str]:
    """The write that moves a card, and what is said of it."""
    text = _("Moved to {column}").format(column=dict(cards.titles())[stage])
    return functools.partial(writing.move, case_id, version, stage), text
