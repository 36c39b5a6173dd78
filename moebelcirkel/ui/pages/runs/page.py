"""Køreture: a week's runs to the left, the chosen run's stops in order, what waits to the right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.runs import RunState, week_of
from moebelcirkel.language import _, refusal
from moebelcirkel.services import runs
from moebelcirkel.services.runs import RunForm
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.striped import StripedList
from moebelcirkel.ui.kit.messages import Notice, Question
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, row
from moebelcirkel.ui.kit.plain import FoldedText, push_button
from moebelcirkel.ui.pages.runs import words
from moebelcirkel.ui.pages.runs.dialogs import CloseDialog, RunDialog
from moebelcirkel.ui.pages.runs.door import AtDoor, LeadOn
from moebelcirkel.ui.pages.runs.figures import RunFigures
from moebelcirkel.ui.pages.runs.fill import FillBar, show_fills
from moebelcirkel.ui.pages.runs.guards import Guards
from moebelcirkel.ui.pages.runs.order import StopOrder
from moebelcirkel.ui.pages.runs.papers import Papers

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.runs import Planned, PlannedWeek, RunChanged, VehicleRow
    from moebelcirkel.ui.kit.shell import Shell

_WEEK = dt.timedelta(days=7)


class RunsPage(Page):
    """Plan the week: runs, their stops in the order they are driven, and what is on none."""

    word: ClassVar[str] = "runs"
    title: ClassVar[str] = N_("Runs")
    kinds: ClassVar[frozenset[str]] = words.KINDS

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._day = words.coming(shell.context.today())
        self._run: int | None = None
        self._stop: int | None = None  # the one that was scanned, until it is shown
        self._week: PlannedWeek | None = None
        self._vehicles: list[VehicleRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            SidePanel(
                self._run_card(),
                ((self._waiting_card(), 250),),
                before=((self._week_card(), 230),),
                collapse_below=900,
            )
        )

    # --- parts --------------------------------------------------------------------------------

    def header_buttons(self) -> list[QPushButton]:
        """Papers of the run, closing it, and a new one."""
        self.new_button = push_button(_("New run"), self.create_new, role="primary")
        self.new_button.setToolTip("Ctrl+N")
        self.close_button = push_button(_("Close run…"), self._close, icon="check")
        self.papers = Papers(self, self._shown, self._refused)
        self.guards = Guards(self, self._shown)
        return [self.papers.button, self.close_button, self.new_button]

    def chips(self) -> list[QWidget]:
        """The week that is shown."""
        self.week_chip = ChipLabel(("", "accent"))
        return [self.week_chip]

    def _week_card(self) -> CardFrame:
        card = CardFrame(_("This week"))
        self.week_card = card
        self.runs = StripedList(_("Runs"))
        self.runs.chosen.connect(self._choose)
        self.no_runs = EmptyState(
            _("No run is planned"), _("Plan one, and put on it what waits."), icon="truck"
        )
        card.add(ListOrEmpty(self.runs, self.no_runs), 1)
        self.before_button = push_button("", partial(self._turn, -1), icon="arrow-left")
        self.before_button.setAccessibleName(_("The week before"))
        self.before_button.setToolTip(_("The week before"))
        self.today_button = push_button(_("Today"), partial(self._turn, 0))
        self.after_button = push_button("", partial(self._turn, 1), icon="arrow-right")
        self.after_button.setAccessibleName(_("The week after"))
        self.after_button.setToolTip(_("The week after"))
        buttons = row(self.before_button, self.today_button, self.after_button)
        buttons.setStretch(1, 1)
        card.body.addLayout(buttons)
        return card

    def _run_card(self) -> CardFrame:
        self.run_card = card = CardFrame(_("Run"))
        self.said = Notice(closable=True)
        card.speaks_beside_title(self.said)
        self.room, self.load = FillBar(_("Room")), FillBar(_("Weight"))
        bars = row(self.room, self.load, gap=24)
        card.body.addLayout(bars)
        self.notes = FoldedText(tone="small")
        self.figures = RunFigures(self.shell)
        card.add(self.notes)
        self.stops = StripedList(_("Stops in the order they are driven"), sortable=True)
        self.stops.chosen.connect(lambda _key: self._enable())
        self.order = StopOrder(self, self._write, self._done)
        self.stops.reordered.connect(self.order.drag)
        self.no_stops = EmptyState(
            _("Nothing is on this run"), _("Choose what waits, and put it on."), icon="truck"
        )
        card.add(ListOrEmpty(self.stops, self.no_stops), 1)
        self.door = AtDoor(self, self._done)
        card.add(self.figures)
        self.lead = LeadOn(self)
        self.stops.opened.connect(lambda _key: self.lead.go())
        card.body.addLayout(row(None, self.order.last_button, self.door.button, self.lead.button))
        card.body.addLayout(self._stop_buttons())
        return card

    def _stop_buttons(self) -> QHBoxLayout:
        """What moves the chosen stop, and what is done with the whole run."""
        self.up_button = push_button("", partial(self.stops.step, -1), icon="arrow-up")
        self.up_button.setAccessibleName(_("Drive there earlier"))
        self.up_button.setToolTip(_("Drive there earlier (Ctrl+↑)"))
        self.down_button = push_button("", partial(self.stops.step, 1), icon="arrow-down")
        self.down_button.setAccessibleName(_("Drive there later"))
        self.down_button.setToolTip(_("Drive there later (Ctrl+↓)"))
        self.off_button = self.order.off_button
        # A second Return would take the next one off.
        self.off_button.clicked.connect(self.stops.setFocus)
        self.change_button = push_button(_("Change…"), self._change)
        self.cancel_button = push_button(_("Cancel run"), self._cancel)
        stop = (self.up_button, self.down_button, self.off_button)
        return row(*stop, None, self.change_button, self.cancel_button)

    def _waiting_card(self) -> CardFrame:
        card = CardFrame(_("Waits for a run"))
        self.waiting = StripedList(_("Waits for a run"))
        self.waiting.chosen.connect(self._offer_ride)
        self.waiting.opened.connect(lambda _key: self._put_on())
        nothing = EmptyState(
            _("Nothing waits"), _("Approved orders and accepted pickups come here."), icon="check"
        )
        card.add(ListOrEmpty(self.waiting, nothing), 1)
        self.on_button = push_button(_("Put on the run"), self._put_on, icon="plus")
        card.add(self.on_button)
        return card

    # --- reading ------------------------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Opened for one run, where the caller knows it, or for the stop of a scanned code."""
        if isinstance(argument, int):
            self._choose(argument)
        elif isinstance(argument, str):
            self._find(partial(runs.run_of_stop, code=argument))

    def _find(self, find: Callable[[Context], tuple[int, dt.date, int]]) -> None:
        def refused(error: Refused) -> None:
            self.shell.heard(good=False)
            self._refused(error)

        self.shell.jobs.read(find, self._found, refused, owner=self)

    def _found(self, found: tuple[int, dt.date, int]) -> None:
        """Show a stop, whatever week its run is in."""
        self.shell.heard(good=True)
        self._run, self._day, self._stop = found
        self.said.hide()
        self.reload()

    def reload(self) -> None:
        """Read the week again."""
        day = self._day

        def read(context: Context) -> tuple[PlannedWeek, list[VehicleRow]]:
            return runs.planned_week(context, day), runs.vehicles(context)

        self.shell.jobs.read(read, self._show, channel="runs")

    def _show(self, found: tuple[PlannedWeek, list[VehicleRow]]) -> None:
        self._week, self._vehicles = found
        week = week_of(self._week.monday)
        self.week_chip.show_chip((_("Week {number}").format(number=week.number), "accent"))
        here = week == week_of(self.shell.context.today())
        title = _("This week") if here else _("Week {number}").format(number=week.number)
        self.week_card.show_title(title)
        if not self._vehicles:
            self.no_runs.say(
                _("There is no vehicle yet"),
                _("An administrator makes one under Settings, Vehicles."),
            )
        keys = [run.id for run in self._week.runs]
        if self._run not in keys:
            open_ones = (run.id for run in self._week.runs if run.state == RunState.PLANNED)
            self._run = next(open_ones, next(iter(keys), None))
        self.runs.show_entries(words.run_entries(self._week.runs), self._run)
        self.waiting.show_entries(words.waiting_entries(self._week), self.waiting.current_key())
        self._show_run()

    def _show_run(self) -> None:
        run, led = self._shown(), False
        if run is None:
            self.run_card.show_title(_("Run"))
            self.stops.show_entries([], None)
        else:
            title = f"{words.day_title(run.driven_on)} · {run.vehicle}"
            self.run_card.show_title(title, " · ".join(filter(None, (run.number, run.driver))))
            scanned = run.halt_of(self._stop) if self._stop is not None else None
            self._stop = None
            key = scanned.id if scanned is not None else self.stops.current_key()
            self.stops.show_entries(words.stop_entries(run), key)
            led = scanned is not None
            show_fills(self.room, self.load, run)
        for part in (self.room, self.load):
            part.setVisible(run is not None)
        said = words.notes_of(run) if run else ""
        self.notes.setText(said)
        self.notes.setVisible(bool(said))
        self.figures.show_run(run)
        self._enable()
        if led:
            self.guards.lead_on()

    def _shown(self) -> Planned | None:
        found = self._week.runs if self._week else ()
        return next((run for run in found if run.id == self._run), None)

    def print_out(self) -> None:
        """Ctrl+P: the driver's sheet."""
        self.papers.sheet()

    def scanned(self, code: str) -> bool | None:
        """A label is seen to at its stop, whichever is chosen; a note opens the stop it is for."""
        run, label = self._shown(), code.strip().upper()
        if label.startswith("F-"):
            self._find(partial(runs.run_of_note, number=label))
            return None
        for at in words.stops_with(run, label):
            self.stops.setCurrentIndex(self.stops.rows.index(at, 0))
        return self.door.scanned(label)

    def _choose(self, key: object) -> None:
        self._run = cast(int, key)
        self.said.hide()
        self._show_run()

    def _offer_ride(self, _key: object) -> None:
        """What is urgent shows the run that can take it."""
        run = words.ride(self._week, self.waiting.current_key())
        if run is not None and self._week is not None:
            self._run = run
            self.runs.show_entries(words.run_entries(self._week.runs), run)
            self._show_run()
        self._enable()

    def _turn(self, weeks: int, *_clicked: object) -> None:
        """Show another week, or this one."""
        self._day = self._day + weeks * _WEEK if weeks else words.coming(self.shell.context.today())
        self._run = None
        self.said.hide()
        self.reload()

    def _enable(self) -> None:
        run = self._shown()
        open_run = run is not None and run.state == RunState.PLANNED
        on_stop = open_run and self.stops.current_key() is not None
        at = self.stops.currentIndex().row()
        self.up_button.setEnabled(on_stop and at > 0)
        self.down_button.setEnabled(on_stop and at < len(self.stops.rows.entries) - 1)
        halt = run.halts[at] if run is not None and on_stop else None
        self.order.show_halt(run, halt)
        self.door.show_stop(halt)
        self.lead.show_halt(halt)
        self.change_button.setEnabled(open_run)
        self.cancel_button.setEnabled(open_run)
        self.on_button.setEnabled(open_run and self.waiting.current_key() is not None)
        self.new_button.setEnabled(bool(self._vehicles))
        self.close_button.setEnabled(open_run)
        self.papers.button.setEnabled(run is not None)
        self.guards.shown()

    # --- planning -----------------------------------------------------------------------------

    def create_new(self) -> None:
        """Ask for day, vehicle and driver of a new run."""
        if not self._vehicles:
            return
        today = self.shell.context.today()
        monday = self._week.monday if self._week else today
        day = words.day_of_own_run(self._week, self.waiting.current_key()) or max(today, monday)
        form = RunForm(max(today, day), self._vehicles[0].id)
        self._ask(form, new=True)

    def _change(self) -> None:
        run = self._shown()
        if run is not None:
            self._ask(RunForm(run.driven_on, run.vehicle_id, run.driver), new=False)

    def _ask(self, form: RunForm, *, new: bool) -> None:
        run = self._shown()
        self.dialog = dialog = RunDialog(self, self._vehicles, form, new=new)

        def write(context: Context, said: RunForm, again: bool) -> RunChanged:  # noqa: FBT001
            if new or run is None:
                return runs.create(context, said)
            return runs.change(context, run.id, said, run.version, again=again)

        self.ask(
            dialog,
            dialog.values,
            write,
            lambda done: self._planned(done, dialog.values()[0].driven_on),
        )

    def _planned(self, done: RunChanged, day: dt.date) -> None:
        self._run, self._day = done.run_id, day
        text = _("Run {number} is planned for {day}.")
        self._done(done, text.format(number=done.number, day=words.last(day)))

    def _put_on(self) -> None:
        run, key = self._shown(), self.waiting.current_key()
        if run is None or key is None or run.state != RunState.PLANNED:
            return
        kind, of = cast(words.Waiting, key)
        title = self.waiting.rows.entries[self.waiting.currentIndex().row()].title
        said = _("{name} is on run {number}.").format(name=title, number=run.number)
        if kind != words.DELIVERY:
            add = runs.add_pickup if kind == words.PICKUP else runs.add_errands
            self._write(lambda context: add(context, run.id, of), said, self.on_button)
            return

        def deliver(*, again: bool) -> None:
            work = partial(runs.add_delivery, run_id=run.id, institution_id=of, again=again)
            self._write(work, said, self.on_button)

        doubt = words.doubt(self._week, run, key)
        if doubt is None:
            deliver(again=False)
            return
        question = Question(self, *doubt)
        question.accepted.connect(lambda: deliver(again=True))
        question.open()

    def _cancel(self) -> None:
        run = self._shown()
        if run is not None:
            text = _("Run {number} is cancelled. What was on it waits again.")
            self._write(
                lambda context: runs.cancel(context, run.id, run.version),
                text.format(number=run.number),
                self.cancel_button,
            )

    def _close(self) -> None:
        self.said.hide()
        run = self._shown()
        if run is None:
            return
        # Packaging is of what was brought there, where anything was.
        stops = [
            (halt.parts[0].id, words.stop_title(at, halt)) for at, halt in enumerate(run.halts, 1)
        ]
        self.closing = dialog = CloseDialog(self, run.number, run.bearing, stops)
        self.ask(
            dialog,
            lambda: (cast(Decimal, dialog.km.value()), dialog.stops.ticked()),
            lambda context, km, packaging: runs.close(
                context, run.id, km, run.version, packaging=packaging
            ),
            lambda done: self.done(done, words.closed(done)),
        )

    def _write(self, work: Callable[[Context], RunChanged], text: str, *hold: QPushButton) -> None:
        self.shell.jobs.write(
            work, lambda done: self._done(done, text), self._refused, hold=hold, owner=self
        )

    def _done(self, done: RunChanged, text: str) -> None:
        self.said.hide()
        self.done(done, text)

    def _refused(self, error: Refused) -> None:
        self.said.say(refusal(error))
        self.reload()
