"""Start: what an institution needs and wants to be rid of, and all that is under way for it."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import N_, _, number
from moebelcirkel.ui.kit import page_layout, theme
from moebelcirkel.ui.kit.forms.find_line import FindLine
from moebelcirkel.ui.kit.lists.keyfigure import KeyFigure
from moebelcirkel.ui.kit.lists.links import LinkList
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.home import words

if TYPE_CHECKING:
    from moebelcirkel.services.home import Home
    from moebelcirkel.ui.kit.shell import Shell

#: Below this width the cards stand below each other.
_WIDE = 760


class HomePage(Page):
    """Two ways in at the top, what they have led to below, and this year's figures."""

    word = "home"
    title = N_("Start")
    kinds = frozenset(
        {
            "shop_order",
            "order_line",
            "delivery",
            "want",
            "hold",
            "pickup",
            "pickup_line",
            "pickup_piece",
            "repair",
            "unit",
            "figure_line",
            "institution",
            "user_role",
        }
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        allows = shell.context.allows
        self._shops = allows(Action.SHOP) and allows(Action.ORDER)
        self._sees_figures = allows(Action.OVERVIEW)
        self.line = FindLine(_("For example “12 chairs, height 80-82” or a barcode"))
        self.line.setAccessibleName(_("I need"))
        self.line.returnPressed.connect(self._search)
        self.look = push_button(_("Find furniture"), self._search, role="primary")
        self.want = push_button(_("Want furniture…"), partial(shell.go, "wants", Seed(None)))
        self.plan = push_button(
            _("Before buying new"), partial(shell.go, "purchases"), role="quiet"
        )
        self.report = push_button(
            _("Report furniture"), self._report, role="" if self._shops else "primary"
        )
        self.waiting = LinkCard(_("Waits for you"), _("Nothing waits for you."))
        self.orders = LinkCard(_("Orders under way"), _("Nothing is on its way."))
        self.wants = LinkCard(_("Found for your wants"), _("Nothing is held for you."))
        self.gifts = LinkCard(_("What you gave"), _("You have reported nothing yet."))
        self.gain = KeyFigure(_("Saved purchases (estimate), before running costs"), "money")
        self.lifetime = KeyFigure(_("Adjusted for life (estimate), before running costs"), "money")
        self.co2 = KeyFigure(_("Avoided CO₂e, net (estimate)"), "co2")
        self.reused = KeyFigure(_("Reused furniture"))
        self.year = Label(tone="heading")
        self.own = push_button(_("Our figures"), partial(shell.go, "overview"), role="quiet")
        self._lay_out()
        self.setFocusProxy(self.line if self._shops else self.report)

    # --- the window ---------------------------------------------------------------------------

    def reload(self) -> None:
        self.shell.jobs.read(services.home.home, self._show, channel=self.word)

    def create_new(self) -> None:
        """Ctrl+N reports furniture."""
        self._report()

    def scanned(self, code: str) -> bool:
        """A label is looked for in the shop."""
        if self._shops:
            self._find(code)
        return self._shops

    # --- acting -------------------------------------------------------------------------------

    def _search(self) -> None:
        self._find(self.line.text().strip())

    def _find(self, text: str) -> None:
        self.shell.go("shop")
        if text:
            self.shell.search_for(text)

    def _report(self) -> None:
        self.shell.go("pickups", "new")

    # --- what is shown ------------------------------------------------------------------------

    def _show(self, found: Home) -> Generator[None]:
        """The figures first, then a card a turn: lines of furniture take long to make."""
        shell = self.shell
        counted = ((self.waiting, found.waiting), (self.orders, found.orders.total))
        for links, total in (*counted, (self.wants, len(found.wants))):
            links.show_count(total)
        self.gifts.show_title(self.gifts.name, words.given(found))
        self.year.setText(_("In {year}").format(year=found.year))
        cards = (self.gain, self.lifetime, self.co2, self.reused)
        for card, figure in zip(cards, words.figures(found), strict=True):
            card.show_figure(*figure)
        yield
        self.waiting.links.show_links(words.waiting(found, shell))
        yield
        self.orders.links.show_links(words.orders(found, shell))
        yield
        self.wants.links.show_links(words.wants(found, shell))
        yield
        self.gifts.links.show_links(words.gifts(found, shell))

    def _lay_out(self) -> None:
        self.need = CardFrame(_("I need"))
        self.need.add(self.line)
        self.need.body.addLayout(row(self.look, self.want, self.plan, None))
        self.give = CardFrame(_("I want to be rid of"))
        self.give.add(
            Label(
                _("Say what should go and where it stands. The warehouse answers here."),
                tone="muted",
                wrap=True,
            )
        )
        self.give.body.addStretch(1)
        self.give.body.addLayout(row(self.report, None))
        self._cards, self._figures = QGridLayout(), QGridLayout()
        for grid in (self._cards, self._figures):
            grid.setSpacing(page_layout.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page_layout.GAP)
        # Without a way to order, what is reported and given stands alone over the whole width.
        alone = () if self._shops else (self.give, self.gifts)
        for card in alone[:1]:
            column.addWidget(card)
        column.addLayout(self._cards)
        for card in alone[1:]:
            column.addWidget(card)
        column.addLayout(row(self.year, None, *[self.own] * self._sees_figures))
        column.addLayout(self._figures)
        column.addStretch(1)
        self._arrange()
        theme.watch().changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two and two where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= theme.current().px(_WIDE)
        every: list[CardFrame] = [self.waiting, self.orders]
        if self._shops:
            every = [self.need, self.give, *every, self.wants, self.gifts]
        page_layout.in_columns(self._cards, every, 2 if wide else 1)
        figures = (self.gain, self.lifetime, self.co2, self.reused)
        page_layout.in_columns(
            self._figures, figures, 4 if self.width() >= theme.current().px(1000) else 2
        )


class LinkCard(CardFrame):
    """A card of lines, with how many there are in all beside its title."""

    def __init__(self, title: str, empty: str) -> None:
        super().__init__(title)
        self.name = title
        self.links = LinkList(empty)
        self.add(self.links)
        self.body.addStretch(1)

    def show_count(self, total: int) -> None:
        """The title with how many there are."""
        self.show_title(f"{self.name} ({number(total)})" if total else self.name)
