"""The warehouse's buttons of one report: accept, ask, turn down, plan, receive and finish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from moebelcirkel import services
from moebelcirkel.domain.pickups import PickupStep
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, day, ngettext, number
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.pickups.decide_dialogs import AskDialog, PlanDialog, RefusePickupDialog
from moebelcirkel.ui.pages.pickups.offer_dialogs import BringHomeDialog, OnSaleDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.pickups import PickupDetail
    from moebelcirkel.services.pickups.deciding import Closed
    from moebelcirkel.services.pickups.offering import BroughtHome, OfferedThere
    from moebelcirkel.services.places import PlaceChoice
    from moebelcirkel.ui.pages.pickups.page import PickupsPage


class Deciding(QObject):
    """Shows what the report's state allows, and does it."""

    def __init__(self, page: PickupsPage) -> None:
        super().__init__(page)
        self._page = page
        with_shown = page.with_shown
        self.offer = push_button(
            _("Put on sale at giver…"), with_shown(self._offer), role="primary"
        )
        # One button leads: this until it is accepted, then what has numbers, then receiving.
        self.offer_rest = push_button(_("Put on sale at giver…"), with_shown(self._offer))
        self.bring = push_button(_("They have come…"), self._bring, role="primary")
        self.accept = push_button(_("Accept"), with_shown(self._accept))
        self.plan = push_button(_("Plan…"), with_shown(self._plan))
        self.ask = push_button(_("Ask…"), with_shown(self._ask))
        self.refuse = push_button(_("Turn down…"), with_shown(self._refuse), role="danger")
        self.receive = push_button(_("Receive"), with_shown(self._receive), role="primary")
        self.receive_rest = push_button(_("Receive"), with_shown(self._receive))
        self.close = push_button(_("Finish…"), with_shown(self._close))

    def buttons(self) -> list[QPushButton]:
        """All of them, in their order."""
        first = [self.offer, self.accept, self.bring, self.receive]
        rest = [self.receive_rest, self.offer_rest, self.plan, self.ask, self.close, self.refuse]
        return [*first, *rest]

    def show(self, detail: PickupDetail | None) -> None:
        """Show the buttons of this report, or none."""
        steps = detail.steps if detail is not None and self._page.warehouse else frozenset()
        needed = {
            self.bring: PickupStep.BRING,
            self.accept: PickupStep.ACCEPT,
            self.plan: PickupStep.PLAN,
            self.ask: PickupStep.ASK,
            self.refuse: PickupStep.REFUSE,
            self.close: PickupStep.CLOSE,
        }
        for button, step in needed.items():
            button.setVisible(step in steps)
        self.offer.setVisible({PickupStep.OFFER, PickupStep.ACCEPT} <= steps)
        self.offer_rest.setVisible(PickupStep.OFFER in steps and PickupStep.ACCEPT not in steps)
        leads = PickupStep.BRING not in steps
        self.receive.setVisible(PickupStep.RECEIVE in steps and leads)
        self.receive_rest.setVisible(PickupStep.RECEIVE in steps and not leads)
        if not self._page.shell.context.allows(Action.INTAKE):
            receiving = (self.receive, self.receive_rest)
            for button in (*receiving, self.bring, self.offer, self.offer_rest):
                button.hide()

    def _accept(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        said = _("{number} is accepted").format(number=detail.row.number)
        self._write(lambda context: services.pickups.accept(context, key, version), said)

    def _offer(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        dialog = OnSaleDialog(self._page, detail)
        self._page.ask(
            dialog,
            lambda: (dialog.lines.ticked(),),
            lambda context, lines: services.pickups.offer(context, key, lines, version),
            self._offered,
        )

    def _offered(self, done: OfferedThere) -> None:
        text = ngettext(
            "{count} piece of {number} is on sale where it stands",
            "{count} pieces of {number} are on sale where they stand",
            len(done.unit_ids),
        )
        self._page.done(done, text.format(count=number(len(done.unit_ids)), number=done.number))

    def _bring(self) -> None:
        self._page.shell.jobs.read(
            services.places.choices, self._ask_what_came, channel="pickups.places", owner=self
        )

    def _ask_what_came(self, places: Sequence[PlaceChoice]) -> None:
        detail = self._page.on_card
        if detail is None or self._page.asking is not None:
            return
        key, version = detail.row.id, detail.row.version
        dialog = BringHomeDialog(self._page, detail, places)
        self._page.ask(
            dialog,
            lambda: (dialog.arrival(),),
            lambda context, said: services.pickups.bring_home(context, key, said, version),
            self._brought,
        )

    def _brought(self, done: BroughtHome) -> None:
        text = ngettext(
            "{count} piece of {number} has come",
            "{count} pieces of {number} have come",
            len(done.unit_ids),
        )
        told = [text.format(count=number(len(done.unit_ids)), number=done.number)]
        if done.missing:
            text = ngettext("{count} did not", "{count} did not", done.missing)
            told.append(text.format(count=number(done.missing)))
        self._page.done(done, ", ".join(told))
        if done.unit_ids:
            from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog

            # They had numbers and nobody to stick them on.
            LabelSheetDialog(self._page.shell, done.unit_ids, self._page.window()).open()

    def _ask(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        dialog = AskDialog(self._page, detail.row.number)
        self._page.ask(
            dialog,
            lambda: (dialog.words.value(),),
            lambda context, words: services.pickups.ask(context, key, words, version),
            _("The giver of {number} is asked").format(number=detail.row.number),
        )

    def _refuse(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        dialog = RefusePickupDialog(self._page, detail.row.number)
        self._page.ask(
            dialog,
            lambda: (dialog.words.value(),),
            lambda context, words: services.pickups.refuse(context, key, words, version),
            _("{number} is turned down").format(number=detail.row.number),
        )

    def _plan(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        dialog = PlanDialog(self._page, detail.row.number, self._wishes(detail))
        dialog.day.set_value(detail.row.planned_on or detail.row.earliest_on)
        self._page.ask(
            dialog,
            lambda: (dialog.planned_on(),),
            lambda context, on: services.pickups.plan(context, key, on, version),
            _("The day of {number} is planned").format(number=detail.row.number),
        )

    @staticmethod
    def _wishes(detail: PickupDetail) -> str:
        """When the giver would like it gone."""
        first, last = detail.row.earliest_on, detail.row.latest_on
        found = [_("Can be fetched from {day}.").format(day=day(first))] if first else []
        if last:
            found.append(_("Must be gone by {day}.").format(day=day(last)))
        return " ".join(found)

    def _receive(self, detail: PickupDetail) -> None:
        self._page.shell.go("intake", ("pickup", detail.row.id))

    def _close(self, detail: PickupDetail) -> None:
        key, version = detail.row.id, detail.row.version
        missing = sum(max(0, line.pieces - line.received) for line in detail.lines)
        text = _("Nothing more is expected. The giver sees what came of it.")
        if missing:
            text = _("{left} of {all} have come. {count} did not come, and the giver sees that.")
            text = text.format(
                left=number(detail.row.received - detail.unreported),
                all=number(detail.row.pieces),
                count=number(missing),
            )
        self._page.shell.messages.ask(
            _("Finish {number}?").format(number=detail.row.number),
            text,
            _("Finish"),
            lambda: self._page.shell.jobs.write(
                lambda context: services.pickups.close(context, key, version),
                self._closed,
                self._page.said_no,
                hold=self.buttons(),
            ),
            no=_("Keep it open"),
        )

    def _closed(self, done: Closed) -> None:
        text = _("{number} is finished: {left} of {all} came")
        self._page.done(
            done, text.format(number=done.number, left=number(done.came), all=number(done.pieces))
        )

    def _write(self, work: Callable[[Context], Done], said: str) -> None:
        self._page.shell.jobs.write(
            work, lambda done: self._page.done(done, said), self._page.said_no, hold=self.buttons()
        )
