"""The middle card of intake: one batch of alike pieces, filled in by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.categories import ReferenceCategory, guess_category
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import FACTS, UNKNOWN
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.measures import Measures
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, current_language
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.countcard import CountCard, CountChoice, CountField
from moebelcirkel.ui.kit.forms.fields import DateField, LineField, MoneyField, YearField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.forms.measures import MeasuresField
from moebelcirkel.ui.kit.forms.suggest import Picked, SuggestField, Suggestion
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.parts.fact_fields import fact_fields
from moebelcirkel.ui.parts.pictures_field import PicturesField
from moebelcirkel.ui.parts.place_field import PlaceField, ShownPlace

if TYPE_CHECKING:
    from moebelcirkel.services.articles import ArticleDetail
    from moebelcirkel.ui.kit.shell import Shell

#: Labels that are common on furniture for public buyers; those in use come first.
COLOURS = 8
_OF_THE_TYPE = (
    "category_key",
    "measures",
    "colour",
    "ecolabel",
    "new_price_ore",
    "new_price_source",
    "new_price_on",
)
_STAYS = ("place",)


def _count_choices(*, may_sell: bool) -> list[CountChoice]:
    shelf, sale = Choice("shelf", _("on the shelf")), Choice("sale", _("on sale"))
    bench = Choice("workshop", _("to the workshop"))
    loose = (shelf, sale) if may_sell else (shelf,)
    titles = [(each.value, f"{each.value} · {_(each.label)}") for each in Condition]
    return [
        CountChoice(key, title, (*loose, bench) if key in "AB" else (bench, *loose))
        for key, title in titles
    ]


def form_for(shell: Shell) -> IntakeForm:
    """The form as whoever is at work needs it."""
    return IntakeForm(may_sell=shell.context.allows(Action.SALE))


class IntakeForm(QWidget):
    """The fields. ``edited(name)`` tells of each change, ``type_asked(text)`` wants suggestions."""

    edited = Signal(str)
    type_asked = Signal(str)
    type_picked = Signal(object)
    """The id of a known type, or None when the words are no longer those of one."""

    def __init__(self, *, may_sell: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(columns=6)
        add = self.form.add
        self.type = add(
            "type",
            SuggestField(
                _("Furniture type"),
                required=True,
                most=limits.ARTICLE_NAME,
                placeholder=_("Write, and choose a known one or make a new one"),
            ),
            4,
        )
        self.category = add("category_key", ChoiceField(_("Category"), required=True), 2)
        self.counts = add(
            "parts",
            CountField(
                _("Condition: how many of each?"), _count_choices(may_sell=may_sell), required=True
            ),
            6,
        )
        self.place = add("place", PlaceField(_("Place")), 2)
        self.measures = add("measures", MeasuresField(_("Measures (W × D × H, cm)")), 2)
        self.colour = add("colour", SuggestField(_("Colour"), most=limits.COLOUR), 2)
        self.ecolabel = add("ecolabel", ChoiceField(_("Ecolabel"), nothing=_("None")), 2)
        self.note = add(
            "note", LineField(_("Faults and remarks (not about persons)"), most=limits.UNIT_NOTE), 4
        )
        self.price = add(
            "new_price_ore", MoneyField(_("New price, ex VAT"), maximum=MAX_PRICE_ORE), 2
        )
        self.source = add("new_price_source", LineField(_("Where the price is from")), 2)
        self.price_on = add("new_price_on", DateField(_("Date of the price"), lies="past"), 2)
        self.year = add("acquired_year", YearField(_("Bought in (year)")), 2)
        self.facts = fact_fields(add, FACTS.values(), 2, 4)
        self.pictures = add("pictures", PicturesField(_("Pictures (drag here, Ctrl+V)")), 4)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        self._categories: list[ReferenceCategory] = []
        self._colours: list[str] = []
        self._guessed: str | None = None
        self._shown: ArticleDetail | None = None
        self._wire()

    def _wire(self) -> None:
        self._ask_what_fits()
        self.type.fills = ("article", "name")
        self.form.changed.connect(self._changed)
        self.type.asked.connect(self.type_asked)
        self.type.picked.connect(self._picked)
        self.type.line.returnPressed.connect(self._take_meant)
        self.type.line.editingFinished.connect(self._take_exact)
        self.colour.asked.connect(self._offer_colours)
        for line in self.findChildren(QLineEdit):
            line.installEventFilter(self)

    def begin_with(self, head: QWidget) -> None:
        """Put something above the fields, before the form is shown; Tab goes down from there."""
        self.form.setParent(None)  # Tab goes by when a widget was given to its window
        self._column.insertWidget(0, head)
        self._column.insertWidget(1, self.form)

    # --- what there is to choose ----------------------------------------------------------------

    def offer_choices(
        self,
        categories: Sequence[ReferenceCategory],
        places: Sequence[ShownPlace],
        ecolabels: Sequence[str],
        colours: Sequence[str],
    ) -> None:
        """Take in the registers."""
        self._categories = list(categories)
        self._colours = list(colours)
        danish = current_language() == "da"
        self.category.set_choices(
            [Choice(each.key, each.name_da if danish else each.name_en) for each in categories]
        )
        self.place.offer(places)
        if len(places) == 1:
            self.place.set_value(places[0].id)
        self.ecolabel.set_choices([Choice(each, each) for each in ecolabels])

    def offer_types(self, text: str, suggestions: Sequence[Suggestion]) -> None:
        """Answer ``type_asked``; words that are a known name are taken as it once they stand."""
        self.type.offer(text, suggestions)
        if text != self.type.line.text().strip() or self.type.key is not None:
            return
        if not self.type.line.hasFocus():
            self._take_exact()
        elif text and self._exact() is None:
            self.type.show_chip(Chip(_("new type"), "money"))

    def _exact(self) -> Suggestion | None:
        typed = fold(self.type.line.text())
        return next((each for each in self.type.offered() if fold(each.text) == typed), None)

    def _take_exact(self) -> None:
        exact = self._exact()
        if exact is not None and self.type.key is None:
            self.type.pick(exact)

    def _take_meant(self) -> None:
        """Return takes what has this name, or what alone has these words."""
        self._take_exact()
        only = self.type.only_one()
        if only is not None and self.type.key is None:
            self.type.pick(only)

    def _offer_colours(self, text: str) -> None:
        typed = fold(text)
        found = [each for each in self._colours if typed and fold(each).startswith(typed)]
        shown = [Suggestion(each, each) for each in found[:COLOURS] if fold(each) != typed]
        self.colour.offer(text, shown)

    # --- a known type ---------------------------------------------------------------------------

    def show_article(self, article: ArticleDetail) -> None:
        """Fill in what a known type brings along; it is corrected on its own page."""
        values = article.values
        self._shown = article
        measures = Measures(
            values.width_mm, values.depth_mm, values.height_min_mm, values.height_max_mm
        )
        self.ecolabel.offer_too(values.ecolabel)
        self.form.set_values(
            {
                "category_key": values.category_key,
                "measures": measures,
                "colour": Picked(None, values.colour),
                "ecolabel": values.ecolabel or None,
                "new_price_ore": values.new_price_ore,
                "new_price_source": values.new_price_source,
                "new_price_on": values.new_price_on,
            }
        )
        self._ask_what_fits()
        self._open_type(open_=False)

    def _ask_what_fits(self) -> None:
        """Only what is asked of the category; what is not asked is not known."""
        category = self.category.combo.currentData()
        left_out = [name for name, fact in FACTS.items() if category not in fact.categories]
        for name in left_out:
            self.facts[name].set_value(UNKNOWN)
        self.form.leave_out(left_out)

    def _open_type(self, *, open_: bool) -> None:
        for name in _OF_THE_TYPE:
            editor = self.form.field(name).editor
            editor.setEnabled(open_)
            theme.mark(editor, "known", not open_)

    def _picked(self, suggestion: Suggestion | None) -> None:
        if suggestion is None:
            self._shown = None
            self._open_type(open_=True)
            self.type_picked.emit(None)
            return
        self.type_picked.emit(suggestion.key)
        self.counts.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- editing --------------------------------------------------------------------------------

    def _changed(self, name: str) -> None:
        if name == "type" and self.type.key is None:
            self._guess()
        if name == "category_key":
            self._guessed = None
        self._ask_what_fits()
        self.edited.emit(name)

    def _guess(self) -> None:
        """Follow the name with the category until somebody chooses another one."""
        chosen = self.category.combo.currentData()
        if chosen is not None and chosen != self._guessed:
            return
        found = guess_category(self.type.line.text(), self._categories)
        if found != chosen:
            self._guessed = found
            self.category.set_value(found)
            self.category.show_error("")

    def known(self) -> int | None:
        """The id of the known type that is chosen."""
        key = self.type.key
        return key if isinstance(key, int) else None

    def dominant(self) -> str:
        """The condition most pieces are in; B before any are counted."""
        counts = self.counts.counts()
        return max(counts, key=lambda letter: counts[letter]) if any(counts.values()) else "B"

    def empty_for_next(self) -> None:
        """Empty all but place and destinations, and begin again at the type."""
        for name in self.form.names():
            if name not in _STAYS:
                field = self.form.field(name)
                field.set_value(_EMPTY[name]())
                field.show_error("")
        self._shown, self._guessed = None, None
        self._ask_what_fits()
        self._open_type(open_=True)
        self.type.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_empty(self) -> bool:
        """Tell whether there is nothing worth keeping."""
        typed = self.type.line.text().strip() or self.note.line.text().strip()
        return not (typed or self.counts.total() or self.pictures.value())

    def restore(self, draft: Mapping[str, object]) -> None:
        """Fill in what was kept of the form."""
        self.form.restore(draft)
        self._ask_what_fits()

    def values(self) -> Mapping[str, Any]:
        """All values; raises ``Invalid`` with every wrong field."""
        return self.form.values()

    # --- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On a count card the letters A to D go to the card of that name."""
        letter = event.text().upper()
        focus = self.focusWidget()
        if isinstance(focus, CountCard) and letter in self.counts.cards:
            self.counts.cards[letter].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field without use for a picture on the clipboard leaves Ctrl+V to the strip."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        data = QGuiApplication.clipboard().mimeData()
        picture = data.hasUrls() or (data.hasImage() and not data.hasText())
        if picture:
            event.ignore()
        return picture


_EMPTY: dict[str, Callable[[], Any]] = {
    "type": lambda: Picked(None, ""),
    "category_key": lambda: None,
    "parts": dict,
    "measures": Measures,
    "colour": lambda: Picked(None, ""),
    "ecolabel": lambda: None,
    "note": str,
    "new_price_ore": lambda: None,
    "new_price_source": str,
    "new_price_on": lambda: None,
    "acquired_year": lambda: None,
    **{column: lambda: UNKNOWN for column in FACTS},
    "pictures": tuple,
}
