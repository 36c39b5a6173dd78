"""Afregning: the batches to the left; beside them what waits, or the batch that is chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel import services
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.language import N_, _, kroner, ngettext, number
from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.forms.period import PeriodChip
from moebelcirkel.ui.kit.list_page import ListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.longwork import save_file
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.settlement import extract
from moebelcirkel.ui.pages.settlement.card import SettlementCard
from moebelcirkel.ui.pages.settlement.columns import columns
from moebelcirkel.ui.pages.settlement.dialogs import BookDialog, ChargesDialog, MakeDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.settlement import (
        BatchCharge,
        Compared,
        FileSaved,
        Made,
        Overview,
        Preview,
        SettlementBatchDetail,
        SettlementBatchRow,
        SettlementScope,
        Stepped,
    )
    from moebelcirkel.ui.kit.shell import Shell


class SettlementPage(ListPage["SettlementBatchRow", "SettlementBatchDetail"]):
    """A list of batches and one card; the header chooses the period that is to be settled."""

    word = "settlement"
    title = N_("Settlement")
    kinds = frozenset(
        {
            "settlement_batch",
            "settlement_step",
            "settlement_check",
            "charge",
            "delivery",
            "parameter",
            "institution",
        }
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._preview: tuple[SettlementScope, Preview] | None = None
        self.period = PeriodChip(shell.context.today())
        self._legal = Legal.OWN
        self.period.changed.connect(self._read_preview)
        self.model: TableModel[SettlementBatchRow] = TableModel(
            columns(), lambda row: row.id, parent=self
        )
        self.empty = EmptyState(
            _("Nothing has been settled yet"),
            _("Choose a period. What its settlement would come to stands beside this."),
            icon="money",
        )
        self.waiting = push_button(_("What waits"), self.show_waiting)
        self.extract = push_button(_("Extract of finance…"), self._ask_extract)
        self.card = SettlementCard()
        self._connect()
        self.lay(self.model, self.empty, self.card, self.card.buttons(), name=_("Settlements"))

    def _connect(self) -> None:
        for button, act in (
            (self.card.lines, self._read_charges),
            (self.card.others, self.show_others),
            (self.card.make, self._ask_make),
            (self.card.release, self.with_shown(self._ask_where)),
            (self.card.again, self.with_shown(self._save_again)),
            (self.card.vouchers, self.with_shown(self._save_vouchers)),
            (self.card.book, self.with_shown(self._ask_voucher)),
            (self.card.withdraw, self.with_shown(self._withdraw)),
            (self.card.reverse, self.with_shown(self._ask_reverse)),
        ):
            button.clicked.connect(act)

    # --- the window ---------------------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """The period."""
        return [self.period]

    def header_buttons(self) -> list[QPushButton]:
        """Back to what waits, and what finance has booked."""
        return [self.waiting, self.extract]

    def reload(self) -> None:
        """Read the batches, and the card anew."""
        self.shell.jobs.read(
            lambda context: services.settlement.overview(context),  # noqa: PLW0108 - loaded there
            self._show,
            channel=self.word,
        )

    def _show(self, overview: Overview) -> None:
        self.model.set_rows(overview.batches)
        if self.chosen is None:
            self._read_preview()
        else:
            self.settle_on(self.chosen)

    # --- the card -----------------------------------------------------------------------------

    def show_waiting(self) -> None:
        """What a batch of the period would come to."""
        self._legal = Legal.OWN
        self._read_preview()

    def show_others(self) -> None:
        """What the invoice basis for other receivers would come to."""
        self._legal = Legal.OTHER
        self._read_preview()

    def _read_preview(self) -> None:
        self.chosen = None
        self.table.clearSelection()
        asked = self._asked()
        self.shell.jobs.read(
            lambda context: services.settlement.preview(context, asked),
            lambda preview: self._show_preview(asked, preview),
            channel="settlement card",
        )

    def _asked(self) -> SettlementScope:
        from moebelcirkel.services.settlement import (
            SettlementScope,  # not needed for the first picture
        )

        period, today = self.period.period, self.shell.context.today()
        end = min(period.end, today)
        return SettlementScope(min(period.start, end), end, self._legal)

    def _show_preview(self, asked: SettlementScope, preview: Preview) -> None:
        if self.chosen is not None:
            return
        self._preview = asked, preview
        self.card.show_preview(asked, preview)

    def detail_of(self, context: Context, key: int) -> SettlementBatchDetail:
        """One batch."""
        return services.settlement.detail(context, key)

    def show_nothing(self) -> None:
        """No batch is chosen: what waits."""
        self.show_waiting()

    def show_detail(self, detail: SettlementBatchDetail) -> None:
        """The batch, and what can be done with it."""
        mine = detail.row.by_id == self.shell.context.actor.user_id
        self.card.show_batch(detail, mine=mine)

    def _read_charges(self) -> None:
        """What the sums of the card are made of."""
        of: SettlementScope | int | None = self.chosen
        if of is None and self._preview is not None:
            of = self._preview[0]
        if of is not None:
            asked, title = of, self.card.heading.text()
            self.shell.jobs.read(
                lambda context: services.settlement.charges(context, asked),
                lambda lines: self._show_charges(title, lines),
                self.said_no,
                channel="settlement charges",
            )

    def _show_charges(self, title: str, lines: list[BatchCharge]) -> None:
        dialog = ChargesDialog(self, _("Charges: {what}").format(what=title), lines)
        dialog.opened.connect(lambda order: self.shell.go("orders", order))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- making -------------------------------------------------------------------------------

    def _ask_make(self) -> None:
        if self._preview is None or self.chosen is not None:
            return
        asked, preview = self._preview
        dialog = MakeDialog(self, asked)
        self.ask(
            dialog,
            lambda: (dialog.asked_for(),),
            lambda context, asked: services.settlement.make(context, asked, preview.seen),
            self._made,
        )

    def _made(self, done: Made) -> None:
        self.table.clearSelection()  # what is chosen is the new one, which the list has not yet
        self.chosen, self._legal = done.id, Legal.OWN
        text = _("Settlement {number} is made: {amount}. Somebody else must release it.")
        self.done(done, text.format(number=done.number, amount=kroner(done.net_ore, exact=True)))

    # --- what becomes of a batch --------------------------------------------------------------

    def _ask_where(self, detail: SettlementBatchDetail) -> None:
        title = _("Release and save the file")
        file_dialogs.ask_where(
            self.window(),
            title,
            detail.file_name,
            lambda path: self.release(detail.row.id, Path(path)),
            "CSV",
        )

    def release(self, batch_id: int, path: Path) -> None:
        """Save the posting file there, and lock the batch once it is safe."""
        self.shell.jobs.write(
            lambda context: services.settlement.save_and_release(context, batch_id, path),
            self._released,
            self.said_no,
            hold=[self.card.release],
        )

    def _released(self, saved: FileSaved) -> None:
        text = _("Settlement {number} is released and saved as {name}.")
        said = text.format(number=saved.released.number, name=saved.path.name)
        self.done(saved.released, said, final=True)

    def _save_again(self, detail: SettlementBatchDetail) -> None:
        save_file(
            self,
            _("Save the file again"),
            detail.file_name,
            lambda context, _progress: services.settlement.posting_file(context, detail.row.id),
        )

    def _save_vouchers(self, detail: SettlementBatchDetail) -> None:
        save_file(
            self,
            _("Vouchers as PDF"),
            f"underbilag-{detail.row.number}.pdf",
            lambda context, _progress: services.settlement.vouchers_pdf(context, detail.row.id),
        )

    def _ask_voucher(self, detail: SettlementBatchDetail) -> None:
        row = detail.row
        told = row.voucher or (detail.checked.voucher if detail.checked else "")
        dialog = BookDialog(self, row.number, told, corrects=bool(row.voucher))
        self.ask(
            dialog,
            lambda: (dialog.voucher.value(),),
            lambda context, voucher: services.settlement.book(
                context, row.id, voucher, row.voucher
            ),
            self._booked,
        )

    def _booked(self, done: Stepped) -> None:
        text = _("Settlement {number} is noted as booked.")
        self.done(done, text.format(number=done.number), final=True)

    def _withdraw(self, detail: SettlementBatchDetail) -> None:
        self.shell.jobs.write(
            lambda context: services.settlement.withdraw(context, detail.row.id),
            self._withdrawn,
            self.said_no,
            hold=[self.card.withdraw],
        )

    def _withdrawn(self, done: Stepped) -> None:
        text = _("Settlement {number} is withdrawn. Its charges wait again.")
        self.done(done, text.format(number=done.number), final=True)

    def _ask_reverse(self, detail: SettlementBatchDetail) -> None:
        asked = replace(self._asked(), posting_on=self.shell.context.today())
        dialog = MakeDialog(self, asked, detail.row.number)
        self.ask(
            dialog,
            lambda: (dialog.asked_for(),),
            lambda context, asked: services.settlement.reverse(
                context, detail.row.id, asked.posted, asked.fiscal_year
            ),
            self._made,
        )

    # --- what finance has booked --------------------------------------------------------------

    def _ask_extract(self) -> None:
        tables = _("Tables (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        file_dialogs.ask_file(self, _("Choose a file"), tables, self.open_extract)

    def open_extract(self, path: str) -> None:
        """Read an extract of the finance system, and hold it against what was sent."""
        file = Path(path)
        self.shell.jobs.long(
            lambda context: extract.open_file(context, file),
            self._show_extract,
            self.said_no,
            channel="settlement extract",
            hold=[self.extract],
        )

    def _show_extract(self, read: extract.ReadExtract) -> None:
        dialog = extract.ExtractDialog(self, self.shell, read)
        dialog.kept.connect(self._compared)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _compared(self, done: Compared) -> None:
        text = ngettext(
            "The result is kept with {count} settlement; {agreeing} agree.",
            "The result is kept with {count} settlements; {agreeing} agree.",
            done.batches,
        )
        said = text.format(count=number(done.batches), agreeing=number(done.agreeing))
        self.done(done, said, final=True)
