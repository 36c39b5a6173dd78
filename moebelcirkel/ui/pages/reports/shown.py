"""One report on screen: its paper, and beside it what it is and where it goes from here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.services.reports import Paper
from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.pictures.preview import PdfPreview
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.reports import words

_PANEL = 300


class ShownReport(QWidget):
    """The preview of a draft or a recorded report."""

    left = Signal()
    asked_again = Signal()
    """With all lines, or without them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self.back = QPushButton(_("All reports"))
        self.back.setProperty("role", "quiet")
        icons.put(self.back, "arrow-left", "accent_text")
        keys.leads_back(self.back)
        self.back.clicked.connect(self.left)
        self.state = ChipLabel(Chip("", "warning"))
        self.facts = FactList()
        self.advice = Label(tone="small", wrap=True)
        self.about = CardFrame(_("Savings report"))
        self.about.beside_title(self.state)
        self.lines = QCheckBox(_("With all lines"))
        self.lines.setToolTip(_("Prints appendix C as well: every line behind the totals"))
        self.lines.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.lines.clicked.connect(self.asked_again)
        self.about.add(self.facts)
        self.about.add(self.lines)
        self.about.add(self.advice)
        self.about.body.addStretch(1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.about, 1)
        self.preview = PdfPreview()
        # The header's button prints, and a draft only once it is recorded.
        self.preview.print_button.hide()
        main = CardFrame()
        main.add(self.preview, 1)
        self.panel = SidePanel(main, (), before=[(side, _PANEL)], collapse_below=760)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)

    def show_paper(self, paper: Paper) -> None:
        """Show a report; a draft is printed and saved only by recording it."""
        self.paper = paper
        recorded = paper.number is not None
        self.state.show_chip(
            Chip(_("No. {number}").format(number=paper.number), "accent")
            if recorded
            else Chip(_("Draft"), "warning")
        )
        self.about.show_title(_("Savings report"), words.of_what(paper))
        self.facts.show_facts(words.facts(paper))
        self.lines.setVisible(paper.can_be_short)
        self.advice.setText(words.advice(paper))
        self.preview.load(paper.data, paper.name)
        self.preview.save_button.setVisible(recorded)
        self.setAccessibleName(
            _("Savings report no. {number}").format(number=paper.number)
            if recorded
            else _("Savings report, draft")
        )
