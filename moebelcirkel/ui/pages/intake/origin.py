"""The report that furniture is received for: who gave it, what was said to come, how much has."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.language import _, day, number, zone
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.forms.suggest import Picked

if TYPE_CHECKING:
    from moebelcirkel.services.intake import Batch
    from moebelcirkel.services.pickups import LineDetail, Receivable
    from moebelcirkel.ui.pages.intake.page import IntakePage

_DRAFT = "intake-report"
_UNREPORTED = 0


class OriginBar(QWidget):
    """Two lists above the form: the report, and which of its lines a batch is of.

    A line fills the form with what the giver said of it; it is there only while something is
    expected, and what was chosen survives a crash as the rest of the form does.
    """

    def __init__(self, page: IntakePage) -> None:
        super().__init__()
        self._page = page
        self._reports: dict[int, Receivable] = {}
        kept = page.shell.drafts.load(_DRAFT) or {}
        self._report: int | None = kept.get("report")
        self._line: int | None = kept.get("line")
        self._wanted: int | None = None
        self.form = Form(columns=2)
        self.report = self.form.add(
            "report", ChoiceField(_("Reported furniture"), nothing=_("Without a report"))
        )
        self.line = self.form.add("line", ChoiceField(_("Which of it?"), required=True))
        self.at_giver = self.form.add(
            "at_giver",
            CheckField(
                _("It still stands with the giver"),
                helper=_("It can be sold from there, and is driven straight to whoever orders it."),
            ),
            2,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 12)
        layout.addWidget(self.form)
        # With the form, so that a small window shows as much of it as before.
        page.form.begin_with(self)
        self.report.changed.connect(self._report_chosen)
        self.line.changed.connect(self._line_chosen)
        self.at_giver.changed.connect(self._show_place)
        self.hide()

    def point_to(self, argument: object | None) -> None:
        """Another page asks to receive for a report: ("pickup", its id)."""
        if isinstance(argument, tuple) and len(argument) == 2 and argument[0] == "pickup":
            self._wanted = int(argument[1])
            self._take_wanted()

    def show_reports(self, reports: Sequence[Receivable]) -> None:
        """Offer what is expected, with how much of it has come by now."""
        self._reports = {each.row.id: each for each in reports}
        self.report.set_choices([Choice(each.row.id, _words(each)) for each in reports])
        if self._report is not None and self._report not in self._reports:
            self._page.notice.say(
                _("The report is closed. Choose another one, or receive without a report.")
            )
            self._keep(None, None)
        self.report.set_value(self._report)
        self._show_lines()
        self.setVisible(bool(reports))
        self._take_wanted()

    def giver_changed(self, giver: int | None) -> None:
        """Somebody chose a giver by hand: a report of another one is not meant."""
        chosen = self._reports.get(self._report or 0)
        if chosen is not None and chosen.institution_id != giver:
            self._keep(None, None)
            self.report.set_value(None)
            self._show_lines()

    def check(self) -> bool:
        """Whether it is said which line the furniture is of, where there is a report."""
        return self._report is None or self.line.check()

    def of_batch(self, batch: Batch) -> Batch:
        """The batch, tied to what is chosen."""
        if self._report is None:
            return batch
        from moebelcirkel.services.intake import ReportOrigin

        origin = ReportOrigin(self._report, self._line or None)
        return dataclasses.replace(batch, origin=origin, at_giver=self.at_giver.value())

    def _take_wanted(self) -> None:
        if self._wanted in self._reports:
            self.report.set_value(self._wanted)
            self._wanted = None
            self._report_chosen()

    def _report_chosen(self) -> None:
        key = self.report.combo.currentData()
        self._keep(key if isinstance(key, int) else None, None)
        self.at_giver.set_value(False)
        self._show_lines()
        chosen = self._reports.get(self._report or 0)
        if chosen is not None:
            self._page.givers.giver_chosen.emit(chosen.institution_id)
            self.line.setFocus()

    def _line_chosen(self) -> None:
        key = self.line.combo.currentData()
        self._keep(self._report, key if isinstance(key, int) else None)
        chosen = self._reports.get(self._report or 0)
        lines = chosen.lines if chosen is not None else ()
        line = next((each for each in lines if each.id == key), None)
        if line is not None:
            self._fill_in(line)

    def _fill_in(self, line: LineDetail) -> None:
        """What the giver said, and how many are still to come; looking at them corrects it."""
        form = self._page.form
        form.empty_for_next()
        left = line.left
        form.form.set_values(
            {
                "type": Picked(line.article_id, line.name),
                "category_key": line.category_key,
                "parts": {line.condition: left} if left else {},
            }
        )
        form.edited.emit("parts")
        if line.article_id is not None:
            form.type_picked.emit(line.article_id)
        form.counts.setFocus()

    def _show_lines(self) -> None:
        chosen = self._reports.get(self._report or 0)
        choices = [Choice(each.id, _line_words(each)) for each in chosen.lines] if chosen else []
        self.line.set_choices([*choices, Choice(_UNREPORTED, _("Was not reported"))])
        self.line.set_value(self._line)
        self.form.leave_out(() if chosen is not None else ("line", "at_giver"))
        if chosen is None:
            self.at_giver.set_value(False)
        self._show_place()

    def _show_place(self) -> None:
        """What stands with its giver has no place to choose."""
        self._page.form.place.setEnabled(not self.at_giver.value())

    def _keep(self, report: int | None, line: int | None) -> None:
        self._report, self._line = report, line
        self._page.shell.drafts.save(_DRAFT, {"report": report, "line": line})


def _words(report: Receivable) -> str:
    row = report.row
    on = day(row.reported_at.astimezone(zone()).date())
    came, told = _came(row.received + row.offered, row.pieces), _("reported {day}").format(day=on)
    # What tells them apart first: the end is cut in a small window.
    return f"{row.giver} · {came} · {told} · {row.number}"


def _line_words(line: LineDetail) -> str:
    return f"{line.name} · {line.condition} · {_came(line.received + line.offered, line.pieces)}"


def _came(received: int, pieces: int) -> str:
    return _("{left} of {all}").format(left=number(received), all=number(pieces))
