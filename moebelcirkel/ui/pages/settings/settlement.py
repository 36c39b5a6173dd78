"""Afregning: how the finance system wants its postings, with the file as it would be."""

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _, refusal
from moebelcirkel.services import settlement
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.settings.parameters import ParametersSection


class SettlementSection(ParametersSection):
    """Accounts, texts and columns of the posting file."""

    title = N_("Settlement")
    group = "settlement"
    columns = 3
    scrolls = True
    intro = N_("How your finance system reads its postings. Ask finance, and try one file first.")

    def below(self) -> QWidget:
        """The first lines of a file, as they would be."""
        self.sample = QPlainTextEdit()
        self.sample.setReadOnly(True)
        self.sample.setAccessibleName(_("Example of the file"))
        self.sample.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.sample.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.sample.setMinimumHeight(96)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(_("Example of the file"), tone="small"))
        column.addWidget(self.sample, 1)
        return whole

    def show_effect(self) -> None:
        """Write the example again, or say why there can be none."""
        values = self.values()
        if values is None:
            return
        try:
            self.sample.setPlainText(settlement.sample(values))
        except Refused as error:
            self.sample.setPlainText(refusal(error))
