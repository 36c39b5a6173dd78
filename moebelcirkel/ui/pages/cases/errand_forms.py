"""Forms opened over the case, of an errand, a spare part or giving it up; each is a step of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.repairers import ErrandStage
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.pages.cases import writing
from moebelcirkel.ui.pages.cases.errand_dialogs import (
    BackDialog,
    GiveUpDialog,
    InvoiceDialog,
    SendDialog,
)
from moebelcirkel.ui.pages.cases.part_dialogs import UsePartDialog

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseTaskRow, UsablePart
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.repairers import RepairerChoice
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.pages.cases.dialog import CaseDialog

Told = Callable[[str, "Callable[[], object] | None"], "Callable[[Done], object]"]


class ErrandForms:
    """One form at a time, over the case that is open; what it writes is ``told`` as a step."""

    def __init__(self, page: Page, current: Callable[[], CaseDialog | None], told: Told) -> None:
        self.page, self.shell = page, page.shell
        self._current, self._told = current, told

    def ask(self, way: str) -> None:
        """The next step: nothing is out, all of it is, or the invoice is missing."""
        case, today = self._current(), self.shell.context.today()
        errand = case.outside.errand if case is not None else None
        if case is None or self.page.asking is not None:
            return
        if way == ErrandStage.SETTLED or errand is None:
            self.shell.jobs.read(services.repairers.choices, self._send, owner=case)
        elif way == ErrandStage.OUT:
            back = BackDialog(case, errand, today)
            self._open(
                back,
                lambda: functools.partial(writing.bring_back, errand, back.day.value()),
                _("It is back"),
            )
        else:
            paid = InvoiceDialog(case, errand, today)
            self._open(
                paid,
                lambda: functools.partial(writing.invoice, errand, paid.form.values()),
                _("The invoice is written"),
            )

    def ask_give_up(self) -> None:
        """Why what was ordered cannot be done; the case is over then."""
        dialog = self._current()
        if dialog is None or dialog.case is None or self.page.asking is not None:
            return
        case = dialog.case
        asked = GiveUpDialog(dialog, case)
        self._open(
            asked,
            lambda: functools.partial(writing.give_up, case, asked.reason.value()),
            _("{order} is told why").format(order=case.order),
            dialog.reject,
        )

    def ask_part(self, task: CaseTaskRow | None, code: str = "") -> None:
        """Which spare part was used in a task, which is asked for too where it is not said."""
        dialog = self._current()
        if dialog is None or dialog.case is None or self.page.asking is not None:
            return
        key = dialog.case.id

        def read(context: Context) -> list[UsablePart]:
            return services.cases.usable(context, key)

        def show(parts: list[UsablePart]) -> None:
            self._show_parts(key, task, parts, code)

        self.shell.jobs.read(read, show, owner=dialog)

    def _show_parts(
        self, case_id: int, task: CaseTaskRow | None, parts: list[UsablePart], code: str
    ) -> None:
        dialog = self._current()
        case = dialog.case if dialog is not None else None
        if dialog is None or case is None or case.id != case_id or self.page.asking is not None:
            return
        tasks = [line.task for line in dialog.tasks.lines if line.is_ours]
        if not tasks:
            dialog.notice.say(_("Add the task that the part is used in first."), "money")
            return
        asked = UsePartDialog(dialog, case, tasks, task, parts)
        self._open(
            asked,
            lambda: functools.partial(writing.use_part, asked.said()),
            _("The part is used, and the task is done"),
        )
        if code:
            asked.scanned(code)

    def _send(self, known: list[RepairerChoice]) -> None:
        dialog = self._current()
        if dialog is None or dialog.case is None or self.page.asking is not None:
            return
        if not known:
            dialog.notice.say(_("There are no repairers. An administrator adds them in Settings."))
            return
        case = dialog.case
        out = SendDialog(dialog, case, known, dialog.tasks.kinds(), self.shell.context.today())
        self._open(
            out,
            lambda: functools.partial(writing.send_out, case, out.form.values()),
            _("Sent to a repairer"),
        )

    def _open(
        self,
        dialog: ActionDialog,
        work: Callable[[], Callable[[Context], Done]],
        text: str,
        after: Callable[[], object] | None = None,
    ) -> None:
        self.page.ask(
            dialog,
            lambda: (work(),),
            lambda context, write: write(context),
            self._told(text, after),
        )
