"""Møbelpas: one piece with picture and facts, its history, and how its figures come about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.lists.timeline import PERIOD, Timeline, TimelineEntry
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, row
from moebelcirkel.ui.kit.pictures import silhouettes
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.units.edit_dialog import EditDialog
from moebelcirkel.ui.pages.units.figures import FiguresCard
from moebelcirkel.ui.pages.units.registration import Registration
from moebelcirkel.ui.parts.chosen_pieces import Chosen
from moebelcirkel.ui.parts.photo_editor import EditedPhoto, PhotoEditor
from moebelcirkel.ui.parts.piece_actions import PieceActions

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.units import Passport
    from moebelcirkel.ui.kit.shell import Shell

_LEFT, _RIGHT = 372, 330
_NARROW = 960
_LEAST_CODE = 6


class UnitPage(Page):
    """The argument is the piece's id; a scan or a typed number opens another one."""

    word = "units"
    title = N_("Furniture passport")
    kinds = frozenset(
        {
            "unit",
            "article",
            "photo",
            "place",
            "institution",
            "order_line",
            "shop_order",
            "figure_line",
            "unit_cost",
            "case_unit",
            "case_part",
        }
    )
    search_hint = N_("Scan or type a label number")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._unit_id = 0
        self.passport: Passport | None = None
        self.actions_of = PieceActions(
            self, self._choose, lambda: self.passport and self.passport.id
        )
        self.registration = Registration(self, lambda: self.passport)
        self.photos = PhotoEditor(self, for_unit=True)
        self.name, self.subtitle = Label(), Label()
        self.chips_row = QHBoxLayout()
        self.facts = FactList()
        self.history = Timeline(_("History of the piece"))
        self.figures = FiguresCard()
        self.type_button = QPushButton(_("Show the furniture type"))
        self.order_button = QPushButton()
        self.edit_button = QPushButton(_("Correct details"))
        self.pdf = QPushButton(_("Passport as PDF"))
        self.label = QPushButton(_("Print label"))
        self.empty = EmptyState(
            _("Which piece?"),
            _("Scan its label, or choose it in the stock."),
            _("Go to the stock"),
            icon="label",
        )
        self._build()
        self._wire()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Show the piece with this id."""
        if isinstance(argument, int) and argument != self._unit_id:
            self._unit_id = argument
            self.reload()

    def reload(self) -> None:
        """Read the piece again."""
        unit_id = self._unit_id
        if not unit_id:
            return

        def read(context: Context) -> Passport:
            return services.units.passport(context, unit_id)

        self.shell.jobs.read(read, self._show, self._gone, channel="passport")

    def header_buttons(self) -> list[QPushButton]:
        """What can be done with the piece, and its papers."""
        menu = self.actions_of.menu_button(
            _("Actions"),
            "move",
            "workshop",
            "sale",
            "unlist",
            "price",
            "condition",
            "dismantle",
            "scrap",
        )
        buttons = [self.label, self.pdf]
        if isinstance(menu, QPushButton):
            self.menu = menu
            self.registration.add_to(menu.menu())
            buttons.insert(0, menu)
        for button in buttons:
            button.setEnabled(self.passport is not None)
        return buttons

    def search(self, text: str) -> None:
        """A whole number opens its piece; what is still being typed finds nothing yet."""
        if len(text) >= _LEAST_CODE and any(letter.isdigit() for letter in text):
            self._look_up(text, lambda _code: None)

    def scanned(self, code: str) -> bool:
        """A label opens its piece."""
        self._look_up(code, self._unknown)
        return True

    def print_out(self) -> None:
        """Ctrl+P prints the label."""
        self.actions_of.trigger("label")

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        left = CardFrame()
        left.body.setSpacing(10)
        self.name.setProperty("tone", "title")
        self.subtitle.setProperty("tone", "muted")
        for text in (self.name, self.subtitle):
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chips_row.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.name)
        titles.addWidget(self.subtitle)
        left.add(self.photos)
        left.body.addLayout(titles)
        left.body.addLayout(self.chips_row)
        left.add(self.facts)
        for button in (self.edit_button, self.type_button, self.order_button):
            button.setProperty("role", "quiet")
        left.body.addLayout(row(self.type_button, None, self.edit_button, gap=0))
        left.body.addLayout(row(self.order_button, None, gap=0))
        left.body.addStretch(1)
        middle = CardFrame(_("History"))
        middle.add(self.history, 1)
        self.history.setMinimumHeight(theme.current().px(240))
        side = SidePanel(middle, [(self.figures, _RIGHT)], [(left, _LEFT)], collapse_below=_NARROW)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(side)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _wire(self) -> None:
        self.empty.pressed.connect(lambda: self.shell.go("stock"))
        self.edit_button.clicked.connect(self.edit)
        self.type_button.clicked.connect(self._go_to_type)
        self.order_button.clicked.connect(self._go_to_order)
        self.label.clicked.connect(lambda: self.actions_of.trigger("label"))
        self.pdf.clicked.connect(self._make_pdf)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, seen: Passport) -> None:
        self.passport = seen
        today = self.shell.context.today()
        self.name.setText(seen.name)
        self.subtitle.setText(seen.subtitle)
        self._show_marks(seen)
        facts = [Fact(fact.label, fact.value) for fact in seen.facts]
        self.facts.show_facts(facts)
        self.photos.show_photos(
            seen.id,
            [EditedPhoto(each.id, each.sha256, each.own) for each in seen.photos],
            silhouettes.shape_for(seen.category_key, seen.name),
            seen.name,
        )
        entries = [TimelineEntry(each.title, each.when(today), each.tone) for each in seen.history]
        entries += [TimelineEntry(text, tone=PERIOD) for text in seen.periods]
        self.history.show_entries(entries)
        self.figures.show_figures(seen.figures)
        self._show_ways(seen)
        self.actions_of.fit([seen.state])
        self.registration.fit(seen.state)
        self.stack.setCurrentIndex(1)

    def _show_marks(self, seen: Passport) -> None:
        while (item := self.chips_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for mark in seen.marks:
            self.chips_row.addWidget(ChipLabel((mark.text, mark.tone)))
        self.chips_row.addStretch(1)

    def _show_ways(self, seen: Passport) -> None:
        """What leads on from here."""
        context = self.shell.context
        self.edit_button.setVisible(context.allows(Action.STOCK) and seen.state is not State.VOID)
        may = context.allows(Action.ORDER_VIEW)
        self.order_button.setVisible(seen.order is not None and may)
        if seen.order is not None:
            text = _("Show order {number}").format(number=seen.order.number)
            self.order_button.setText(text)
        for button in (self.label, self.pdf, getattr(self, "menu", None)):
            if button is not None:
                button.setEnabled(True)

    def _gone(self, error: Refused) -> None:
        self.shell.messages.refused(error)
        if isinstance(error, Stale):
            self._unit_id = 0
            self.stack.setCurrentIndex(0)

    # --- acting -------------------------------------------------------------------------------

    def _choose(self, act: Callable[[Chosen], None]) -> None:
        seen = self.passport
        if seen is not None:
            act(Chosen((seen.id,), 1, seen.price_ore, seen.condition, seen.number))

    def edit(self) -> None:
        """Ask for note, year and codes."""
        seen = self.passport
        if seen is None:
            return
        from moebelcirkel.services.units import values as unit_values

        dialog = EditDialog(self, seen)
        dialog.outdated.connect(self.reload)
        self.ask(
            dialog,
            lambda: (seen.id, dialog.values(), seen.version),
            unit_values.save,
            _("Details of {number} corrected").format(number=seen.number),
        )

    def _look_up(self, code: str, unknown: Callable[[str], object]) -> None:
        def find(context: Context) -> object:
            from moebelcirkel.services.stock import lists as stock_list

            return stock_list.scan(context, code)

        def found(answer: object) -> None:
            if isinstance(answer, int):
                self.activate(answer)
            else:
                unknown(code)

        self.shell.jobs.read(find, found, channel="passport code", owner=self)

    def _unknown(self, code: str) -> None:
        self.shell.messages.refused(
            Refused(
                N_("No piece carries the code {code}. Check the label, or type its number."),
                code=code,
            )
        )

    def _go_to_type(self) -> None:
        if self.passport is not None:
            self.shell.go("articles", self.passport.article_id)

    def _go_to_order(self) -> None:
        if self.passport is not None and self.passport.order is not None:
            self.shell.go("orders", self.passport.order.order_id)

    def _make_pdf(self) -> None:
        seen = self.passport
        if seen is None:
            return

        def draw(context: Context) -> bytes:
            return services.units.passport_pdf(context, seen.id)

        def show(data: bytes) -> None:
            from moebelcirkel.ui.parts.paper_dialog import PaperDialog

            title = _("Furniture passport {number}").format(number=seen.number)
            dialog = PaperDialog(self.window(), title)
            dialog.show_paper(data, f"{seen.number}.pdf")
            dialog.open()

        self.shell.jobs.aside(draw, show, hold=(self.pdf,), owner=self)
