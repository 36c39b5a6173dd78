"""Af sig selv: what the program does without a person, how it went last, and the log of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from moebelcirkel import language
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.services import routines
from moebelcirkel.services.routines import (
    RoutineOutcome,
    RoutineOverview,
    RoutineState,
    RunOfRoutine,
)
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.longwork import LongWork, Progress
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.section import Section

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.page import Page

CHANGED = frozenset({"routine", "copy", "hold"})
#: Who did it, as it stands in the log before the number of the machine.
_WAYS = {"window": N_("open window"), routines.BESIDE: N_("open window"), "command": N_("planned")}
_TITLES = {each.name: each.title for each in routines.ROUTINES}
#: So many rows the upper list shows without scrolling.
_ROWS_HEIGHT = 190


class RoutinesSection(Section):
    """Each routine with its last result, one of them done now, and the log."""

    title = N_("By itself")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.model: TableModel[RoutineState] = TableModel(_columns(), lambda state: state.name)
        self.table = TableView(_("What is done by itself"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.setMinimumHeight(_ROWS_HEIGHT)
        self.table.selection_changed.connect(self._chosen)
        self.log: TableModel[RunOfRoutine] = TableModel(_log_columns(), lambda run: run.id)
        self.log_table = TableView(_("What was done"))
        self.log_table.show_model(self.log)
        self.now_button = push_button(_("Do it now"), self._do_now)
        card = CardFrame(_(self.title))
        card.show_title(
            _(self.title),
            _(
                "Done by whichever window is open, or by a planned task of the system; of two at "
                "once one does it."
            ),
        )
        card.beside_title(self.now_button)
        card.add(self.table, 2)
        card.add(Label(_("What was done"), tone="heading"))
        card.add(self.log_table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self._chosen()

    def reload(self) -> None:
        jobs = self.shell.jobs
        jobs.read(routines.listed, self._show, channel="settings.routines", owner=self)

    def _show(self, told: RoutineOverview) -> None:
        self.model.set_rows(list(told.routines))
        self.log.set_rows(list(told.log))
        self._chosen()

    def _chosen(self) -> None:
        self.now_button.setEnabled(len(self.table.selected_rows()) == 1)

    def _do_now(self) -> None:
        (state,) = self.table.selected_rows()

        def work(context: Context, progress: Progress) -> RoutineOutcome:
            where = routines.place("window", lambda: progress(0, 0))
            return routines.run_asked(context, state.name, where)

        LongWork(self.page, _(state.title)).run("aside", work, self._done)

    def _done(self, outcome: RoutineOutcome) -> None:
        if outcome.failed:
            self.shell.messages.refused(Refused(outcome.said, **outcome.values))
        else:
            self.shell.messages.success(_filled(outcome.said, outcome.values))
        self.shell.broadcast(CHANGED)


def _columns() -> list[Column[RoutineState]]:
    return [
        Column("title", _("What"), lambda state: _(state.title), width=212, strong=True),
        Column("every", _("Looked at every"), lambda state: _span(state.every), width=112),
        Column("state", _("State"), _state_text, width=_state_width(), chip=_state_chip),
        Column("last", _("Last"), _last_time, width=132),
        Column("next", _("Next"), lambda state: language.moment(state.next_at), width=132),
        Column("said", _("What it came to"), _last_said, tip=_last_said),
    ]


def _log_columns() -> list[Column[RunOfRoutine]]:
    return [
        Column(
            "begun",
            _("When"),
            lambda run: language.moment(run.claimed_at),
            lambda run: run.claimed_at,
            width=140,
        ),
        Column(
            "what",
            _("What"),
            lambda run: _(_TITLES.get(run.routine, run.routine)),
            lambda run: run.routine,
            width=170,
            strong=True,
        ),
        Column("by", _("By"), _by, lambda run: run.by, width=160),
        Column(
            "state",
            _("State"),
            _run_text,
            width=110,
            chip=lambda run: Chip(_run_text(run), _tone(run)),
        ),
        Column("said", _("What it came to"), _said, tip=_said),
    ]


def _span(every: dt.timedelta) -> str:
    hours, minutes = divmod(int(every.total_seconds()) // 60, 60)
    if not hours:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=number(minutes))
    return ngettext("{count} hour", "{count} hours", hours).format(count=number(hours))


def _last_time(state: RoutineState) -> str:
    return "" if state.last is None else language.moment(state.last.claimed_at)


def _last_said(state: RoutineState) -> str:
    if state.failing_since is None:
        return _said(state.last)
    since = _("Fails since {moment}.").format(moment=language.moment(state.failing_since))
    return f"{since} {_said(state.last)}"


def _state_width() -> int:
    return column_width(map(_, ("under way", "not yet", "begun", "failed", "done")))


def _state_text(state: RoutineState) -> str:
    if state.held:
        return _("under way")
    return _("not yet") if state.last is None else _run_text(state.last)


def _state_chip(state: RoutineState) -> Chip:
    return Chip(_state_text(state), "" if state.held or not state.last else _tone(state.last))


def _run_text(run: RunOfRoutine) -> str:
    if run.finished_at is None:
        return _("begun")
    return _("failed") if run.failed else _("done")


def _tone(run: RunOfRoutine) -> str:
    if run.finished_at is None:
        return ""
    return "warning" if run.failed else "accent"


def _by(run: RunOfRoutine) -> str:
    way, _space, machine = run.by.partition(" ")
    return f"{_(_WAYS.get(way, way))} {machine}"


def _said(run: RunOfRoutine | None) -> str:
    return "" if run is None or not run.said else _filled(run.said, run.named)


def _filled(said: str, values: dict[str, str]) -> str:
    return language.refusal(Refused(said, **values))
