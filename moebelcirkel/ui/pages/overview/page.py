"""Overview: what reuse saved in a period, for the municipality or one institution."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _
from moebelcirkel.services import deliveries, overview, purchases
from moebelcirkel.services.overview import KeyFigures, OverviewChoice
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.ui.kit import page_layout, theme
from moebelcirkel.ui.kit.forms.choices import Choice
from moebelcirkel.ui.kit.forms.period import PeriodChip
from moebelcirkel.ui.kit.forms.picker import PickChip
from moebelcirkel.ui.kit.lists.keyfigure import KeyFigure
from moebelcirkel.ui.kit.longwork import save_file
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.pictures.charts import BarChartView
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.overview import words
from moebelcirkel.ui.pages.overview.deliveries import DeliveriesDialog
from moebelcirkel.ui.pages.overview.funnel import FunnelCard
from moebelcirkel.ui.pages.overview.sums import SumsCard

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import Tally
    from moebelcirkel.services.purchases import Funnel
    from moebelcirkel.ui.kit.shell import Shell

_CHART_HEIGHT = 190
#: Below these widths cards and charts stand two and two, and the charts below each other.
_WIDE, _NARROW = 840, 640


class OverviewPage(Page):
    """Six cards, four charts and a table; the chips in the header choose of what."""

    word = "overview"
    title = N_("Overview")
    kinds = frozenset({"figure_line", "institution", "purchase", "purchase_line"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.own = shell.context.reach(Action.OVERVIEW) is not None
        if self.own:
            self.title = N_("Our figures")  # type: ignore[misc]
        self.figures: KeyFigures | None = None
        self.period = PeriodChip(shell.context.today())
        self.period.changed.connect(self.reload)
        self.place = PickChip(_("Institution"), _("All institutions"))
        self.place.chosen.connect(lambda _key: self.reload())
        self.gain = KeyFigure(_("Saved purchases (estimate), before running costs"), "money")
        self.lifetime = KeyFigure(_("Adjusted for life (estimate), before running costs"), "money")
        self.co2 = KeyFigure(_("Avoided CO₂e, net (estimate)"), "co2")
        self.reused = KeyFigure(_("Reused furniture"))
        self.worth = KeyFigure(_("Value as new of what was reused"), parent=self)
        self.saved = KeyFigure(_("Paid less than the new price"), "money", self)
        self.revenue = KeyFigure(_("Revenue"))
        self.money_chart, self.value_chart = BarChartView(), BarChartView()
        self.revenue_chart, self.co2_chart = BarChartView(), BarChartView()
        self.sums = SumsCard()
        self.funnel = FunnelCard()
        self.sums.narrowed.connect(self.narrow)
        self.sums.widened.connect(partial(self.narrow, None))
        self.kept = push_button(_("Deliveries…"), self.show_deliveries, icon="truck")
        self.excel = push_button(_("To Excel"), self.to_excel, icon="excel")
        self.report = push_button(_("Print report"), self.print_out, role="primary")
        self.saved.hide()
        self._lay_out()

    # --- the window ---------------------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """Period and institution."""
        return [self.period, self.place]

    def header_buttons(self) -> list[QPushButton]:
        """Deliveries, spreadsheet and report of what is shown."""
        if not self.shell.context.allows(Action.REPORT):
            return [self.kept]
        return [self.kept, self.excel, self.report]

    def reload(self) -> None:
        """Read the figures of the period, and the institutions there are."""
        chosen, key = self.period.period, self._place_id()
        self.shell.jobs.long(
            lambda context: _read(context, chosen, key), self._show, channel="overview"
        )

    def print_out(self) -> None:
        """Go to the report of the same period."""
        if self.figures is not None and self.report.isEnabled():
            self.shell.go("reports", (self.period.period, self.figures.institution_id))

    def to_excel(self) -> None:
        """Write the lines behind what is shown to a spreadsheet."""
        if self.figures is None:
            return
        found = self.figures
        save_file(
            self,
            _("To Excel"),
            f"besparelser-{found.start:%Y%m%d}-{found.end:%Y%m%d}.xlsx",
            lambda context, progress: report_sheets.workbook(
                context, found.start, found.end, found.institution_id, progress
            ),
        )

    def show_deliveries(self) -> None:
        """What was promised and kept in the period, with the orders behind each figure."""
        found = self.figures
        if found is not None:
            self.shell.jobs.read(
                lambda context: deliveries.tally(
                    context, found.start, found.end, found.institution_id
                ),
                partial(self._show_deliveries, found.start, found.end),
                channel="overview.deliveries",
                owner=self,
            )

    def _show_deliveries(self, start: dt.date, end: dt.date, found: Tally) -> None:
        self.dialog = DeliveriesDialog(self, self.shell, found, start, end)
        self.dialog.open()

    def narrow(self, institution_id: int | None) -> None:
        """Show one institution, or all again."""
        self.place.show_key(institution_id)
        self.reload()

    # --- what is shown ------------------------------------------------------------------------

    def _place_id(self) -> int | None:
        return self.place.key if isinstance(self.place.key, int) else None

    def _show(self, answer: tuple[list[OverviewChoice], KeyFigures, Funnel]) -> Generator[None]:
        """The key figures, the charts, and what they are made of, a turn each."""
        places, found, planned = answer
        self.figures = found
        self.place.set_choices([Choice(place.id, place.name) for place in places])
        self.place.setVisible(len(places) > 1)
        one = found.institution_id is not None
        self.gain.show_figure(*words.money(found))
        self.lifetime.show_figure(*words.lifetime(found))
        self.co2.show_figure(*words.mass(found))
        self.reused.show_figure(*words.pieces(found))
        self.worth.setVisible(not one)
        self.saved.setVisible(one)
        self._arrange()
        (self.saved if one else self.worth).show_figure(*words.worth(found))
        self.revenue.show_figure(*words.revenue(found))
        yield
        self.money_chart.show_chart(found.money)
        self.value_chart.show_chart(found.value)
        self.revenue_chart.show_chart(found.revenue)
        self.co2_chart.show_chart(found.co2)
        yield
        self.funnel.show_funnel(planned)
        self.sums.show_figures(found, way_back=one and len(places) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put cards and charts below each other where there is no room for them side by side."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._cards, self._drawn = QGridLayout(), QGridLayout()
        drawn = (self.money_chart, self.value_chart, self.revenue_chart, self.co2_chart)
        self._frames = tuple(CardFrame() for _chart in drawn)
        for frame, chart in zip(self._frames, drawn, strict=True):
            frame.add(chart, 1)
        for grid in (self._cards, self._drawn):
            grid.setSpacing(page_layout.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page_layout.GAP)
        column.addLayout(self._cards)
        column.addLayout(self._drawn, 1)
        column.addWidget(self.sums, 2)
        column.addWidget(self.funnel)
        self._arrange()
        theme.watch().changed.connect(self._arrange)

    def _arrange(self) -> None:
        px = theme.current().px
        last = self.saved if self.worth.isHidden() else self.worth
        wide = self.width() >= px(_WIDE)
        cards = (self.gain, self.lifetime, self.co2, self.reused, last, self.revenue)
        page_layout.in_columns(self._cards, cards, 3 if wide else 2)
        page_layout.in_columns(
            self._drawn, self._frames, 4 if wide else 2 if self.width() >= px(_NARROW) else 1
        )
        for frame in self._frames:
            frame.setMaximumHeight(px(_CHART_HEIGHT))


def _read(
    context: Context, period: Period, institution_id: int | None
) -> tuple[list[OverviewChoice], KeyFigures, Funnel]:
    found = overview.key_figures(context, period.start, period.end, institution_id)
    planned = purchases.funnel(context, period.start, period.end, institution_id)
    return overview.places(context), found, planned
