"""Reports: the recorded ones, a new draft for a period, and what is made of either."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, co2_alike
from moebelcirkel.services import overview, reports
from moebelcirkel.services.overview import OverviewChoice
from moebelcirkel.services.reports import Paper, RatesNotConfirmed, ReportRow
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.forms.choices import Choice
from moebelcirkel.ui.kit.forms.period import PeriodChip
from moebelcirkel.ui.kit.forms.picker import PickChip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.longwork import LongWork, save_file
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, turn_to
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.reports.columns import columns
from moebelcirkel.ui.pages.reports.shown import ShownReport

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.longwork import Progress
    from moebelcirkel.ui.kit.shell import Shell


class ReportsPage(Page):
    """A list of recorded reports, or one report on paper with the chips to choose of what."""

    word = "reports"
    title = N_("Reports")
    kinds = frozenset({"report_record"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.own = shell.context.reach(Action.REPORT) is not None
        self.period = PeriodChip(shell.context.today())
        self.period.changed.connect(self._draft)
        self.place = PickChip(_("Institution"), _("All institutions"))
        self.place.chosen.connect(lambda _key: self._draft())
        self._mass = co2_alike(())
        shown = columns(self._written)
        self.model = TableModel(shown, lambda row: row.id, parent=self)
        self.view = TableView(_("Recorded reports"))
        self.view.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.view.show_model(self.model)
        self.view.opened.connect(lambda row: self.open_report(row.id))
        self.empty = EmptyState(
            _("No report has been recorded yet"),
            _("Make a draft for a period, look at it, and save it with number and seal."),
            _("New report"),
            icon="report",
        )
        self.empty.pressed.connect(self.create_new)
        self.shown = ShownReport()
        self.shown.left.connect(self.show_list)
        self.shown.asked_again.connect(self._again)
        self.csv = push_button("CSV", lambda: self._export(".csv"))
        self.csv.setToolTip(_("The lines behind the totals as CSV"))
        self.excel = push_button(_("To Excel"), lambda: self._export(".xlsx"), icon="excel")
        self.main = push_button(_("New report"), self._main, role="primary")
        self.decision = Decision(self._subject, self.main)
        self._lay_out()
        self.show_list()

    # --- the window ---------------------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """Period and institution of a draft."""
        return [self.period, self.place]

    def header_buttons(self) -> list[QPushButton]:
        """What comes next, and spreadsheets of the report shown.

        What makes a draft stands at the right end, and so what records it for ever may not.
        """
        return [self.main, self.csv, self.excel]

    def activate(self, argument: object | None) -> None:
        """Show the list, or (period, institution) as a draft."""
        if isinstance(argument, tuple):
            period, institution_id = argument
            self.draft(period, institution_id)
        else:
            self.show_list()

    def reload(self) -> None:
        """Read the list and the institutions; a paper on screen stays as it is."""
        self.shell.jobs.read(_read, self._show_rows, channel="reports")

    def create_new(self) -> None:
        """A draft of the chosen period."""
        self._draft()

    def save(self) -> None:
        """Save the PDF of a recorded report."""
        if self._paper() is not None and self.shown.preview.save_button.isVisible():
            self.shown.preview.save_as()

    def print_out(self) -> None:
        """Print what is shown; a draft is recorded first."""
        if self._paper() is not None:
            self._main()

    # --- list and paper -----------------------------------------------------------------------

    def show_list(self) -> None:
        """Back to the recorded reports."""
        turn_to(self.stack, self.list_card)
        self._dress()

    def draft(self, period: Period, institution_id: int | None) -> None:
        """Make and show a draft."""
        self.period.show_period(period)
        self.place.show_later(institution_id)
        self._draft()

    def open_report(self, report_id: int) -> None:
        """Show a recorded report as it was printed."""
        lines = self.shown.lines.isChecked()
        self.shell.jobs.read(
            lambda context: reports.paper_of(context, report_id, all_lines=lines),
            self._show_paper,
            channel="paper",
        )

    def _again(self) -> None:
        """The same with all lines, or without them."""
        paper = self._paper()
        if paper is not None and paper.report_id is not None:
            self.open_report(paper.report_id)
        else:
            self._draft()

    def _draft(self) -> None:
        period, place = self.period.period, self._place_id()
        lines = self.shown.lines.isChecked()

        def work(context: Context, progress: Progress) -> Paper:
            return reports.draft(
                context, period.start, period.end, place, progress, all_lines=lines
            )

        LongWork(self, _("The report is being made")).run("long", work, self._show_paper)

    def _show_paper(self, paper: Paper) -> None:
        self.shown.show_paper(paper)
        turn_to(self.stack, self.shown)
        self._dress()

    def _written(self, grams: int) -> str:
        return self._mass(grams)

    def _show_rows(self, answer: tuple[list[OverviewChoice], list[ReportRow]]) -> None:
        places, rows = answer
        self.place.set_choices([Choice(place.id, place.name) for place in places])
        if self.own and len(places) == 1:
            self.place.show_key(places[0].id)
        self._mass = co2_alike(row.totals["co2"] for row in rows)
        self.model.set_rows(rows)
        self._dress()

    def _paper(self) -> Paper | None:
        return self.shown.paper if self.stack.currentWidget() is self.shown else None

    def _subject(self) -> tuple[str, int | None]:
        paper = self._paper()
        return self.main.text(), None if paper is None else id(paper)

    def _place_id(self) -> int | None:
        return self.place.key if isinstance(self.place.key, int) else None

    def _dress(self) -> None:
        """Header and buttons fit what is shown."""
        paper = self._paper()
        drafted = paper is not None and paper.number is None
        self.period.setVisible(drafted)
        self.place.setVisible(drafted and not self.own)
        self.csv.setVisible(paper is not None)
        self.excel.setVisible(paper is not None)
        if paper is None:
            self.main.setText(_("New report"))
        elif drafted:
            self.main.setText(_("Save and print"))
        else:
            self.main.setText(_("Print…"))
        self.decision.shown()

    # --- recording ----------------------------------------------------------------------------

    def _main(self) -> None:
        paper = self._paper()
        if paper is None:
            self.create_new()
        elif paper.number is None:
            self.record()
        else:
            self.shown.preview.print_out()

    def record(self) -> None:
        """Record the report of the period and print it."""
        period, place = self.period.period, self._place_id()
        lines = self.shown.lines.isChecked()

        def work(context: Context, progress: Progress) -> tuple[Done, Paper]:
            done = reports.record(context, period.start, period.end, place, progress)
            return done, reports.paper_of(context, done.id, all_lines=lines)

        title = _("The report is being saved")
        LongWork(self, title).run("write", work, self._recorded, self._not_recorded)

    def _recorded(self, answer: tuple[Done, Paper]) -> None:
        done, paper = answer
        self._show_paper(paper)
        self.shell.changed(done, "", self.word)
        self.shell.messages.success(_("Saved as report {number}").format(number=paper.number))
        self.shown.preview.print_out()

    def _not_recorded(self, error: Refused) -> None:
        if not isinstance(error, RatesNotConfirmed) or not self.shell.context.allows(Action.RATES):
            self.shell.messages.refused(error)
            return
        text = _(
            "Work in the workshop is deducted at these rates per hour ({rates}). They are"
            " suggestions until the municipality has confirmed them; an administrator corrects them"
            " under Settings. Are they right?"
        )
        self.shell.messages.ask(
            _("Confirm the hour rates"),
            text.format(rates=error.values["rates"]),
            _("The rates are right"),
            self._confirm,
        )

    def _confirm(self) -> None:
        def confirmed(done: Done) -> None:
            self.shell.changed(done, "", self.word)
            self.record()

        self.shell.jobs.write(reports.confirm_rates, confirmed, owner=self)

    # --- spreadsheets -------------------------------------------------------------------------

    def _export(self, ending: str) -> None:
        paper = self._paper()
        if paper is None:
            return
        title = _("To Excel") if ending == ".xlsx" else "CSV"
        name = paper.name.removesuffix(".pdf") + ending
        save_file(self, title, name, _maker(paper, self._place_id(), ending))

    # --- parts --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.list_card = CardFrame(padded=False)
        self.list_card.body.setContentsMargins(8, 8, 8, 8)
        self.list_card.add(ListOrEmpty(self.view, self.empty), 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list_card)
        self.stack.addWidget(self.shown)
        turn_to(self.stack, self.list_card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)


def _read(context: Context) -> tuple[list[OverviewChoice], list[ReportRow]]:
    return overview.places(context), reports.recorded(context)


def _maker(paper: Paper, place: int | None, ending: str) -> Callable[[Context, Progress], bytes]:
    """What writes the spreadsheet of a report: from its own lines once it is recorded."""
    if paper.report_id is not None:
        report_id = paper.report_id
        make_recorded = report_sheets.workbook_of if ending == ".xlsx" else report_sheets.csv_of
        return lambda context, progress: make_recorded(context, report_id, progress)
    make = report_sheets.workbook if ending == ".xlsx" else report_sheets.csv
    return lambda context, progress: make(context, paper.start, paper.end, place, progress)
