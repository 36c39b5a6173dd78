"""The questions before something is done to pieces: where to, at what price, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import BETTER_REASONS, Condition, is_better
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.language import _, kroner, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import LineField, MoneyField, NumberField
from moebelcirkel.ui.parts.place_field import PlaceField

if TYPE_CHECKING:
    from moebelcirkel.services.places import PlaceChoice
    from moebelcirkel.services.stock import Prices, SparePart

#: Room for a part, how many and the price beside each other.
_PARTS_WIDTH = 640


def pieces(count: int) -> str:
    """ "3 møbler"."""
    return ngettext("{count} piece", "{count} pieces", count).format(count=number(count))


def reason_field() -> ChoiceField:
    """Asks why pieces are better than before although the workshop did nothing."""
    choices = [Choice(code, _(words)) for code, words in BETTER_REASONS.items()]
    field = ChoiceField(_("Why is the condition better?"), choices)
    field.combo.setCurrentIndex(-1)
    return field


def code_of(field: ChoiceField) -> str | None:
    """The chosen reason, None while none is."""
    chosen = field.value()
    return chosen if isinstance(chosen, str) else None


class PlaceDialog(ActionDialog):
    """Which place pieces are put in; a scanned place is chosen at once."""

    def __init__(
        self, parent: QWidget, title: str, verb: str, text: str, places: Sequence[PlaceChoice]
    ) -> None:
        super().__init__(parent, title, verb, text)
        self.name = ""
        self._names = {place.id: place.name or place.code for place in places}
        self.place = self.form.add("place", PlaceField(_("Place"), places, required=True))
        self.place.set_value(None)
        if self.place.combo.isEditable():
            self.place.combo.setCurrentIndex(-1)
            self.place.combo.setEditText("")
        self.place.setFocus()

    def chosen(self) -> int:
        """The chosen place, whose name is told when it is done."""
        chosen = self.place.value()
        assert isinstance(chosen, int)
        self.name = self._names[chosen]
        return chosen

    def scanned(self, code: str) -> bool:
        """Take the place whose label was scanned."""
        if not super().scanned(code):
            return False
        self.verb.setFocus()
        return True


class PriceDialog(ActionDialog):
    """The rule's price or one of one's own; 0 is a price."""

    def __init__(
        self, parent: QWidget, title: str, verb: str, text: str, *, rule: str, own_ore: int | None
    ) -> None:
        super().__init__(parent, title, verb, text)
        choices = (Choice("rule", rule), Choice("own", _("Own price")))
        self.way = self.form.add("way", SegmentedField(_("Price"), choices, required=True))
        self.price = self.form.add(
            "price",
            MoneyField(_("Price of each"), helper=_("0 kr. is allowed."), maximum=MAX_PRICE_ORE),
        )
        self.price.set_value(own_ore)
        self.way.set_value("rule")
        self.way.changed.connect(self._show_way)
        self._show_way()

    @property
    def price_ore(self) -> int | None:
        """The own price, or None for the rule's."""
        return self.price.value() if self.way.value() == "own" else None

    def _show_way(self) -> None:
        own = self.way.value() == "own"
        self.price.setVisible(own)
        self.price.required = own
        if own:
            self.price.setFocus()
        self.adjustSize()


def price_words(prices: Prices) -> str:
    """What pieces cost now and what the rule gives, before one decides."""
    now = _("no price yet") if prices.now is None else _range(*prices.now)
    text = _("Price now: {now} · Suggested price: {rule}")
    return text.format(now=now, rule=_range(*prices.rule))


def _range(low: int, high: int) -> str:
    return kroner(low) if low == high else f"{kroner(low)} – {kroner(high)}"


class ConditionDialog(ActionDialog):
    """Which condition pieces are in."""

    def __init__(self, parent: QWidget, title: str, verb: str, now: str) -> None:
        told = _("The price is the suggested one; a price of its own stays.")
        super().__init__(parent, title, verb, told)
        choices = [Choice(grade.value, f"{grade.value} · {_(grade.label)}") for grade in Condition]
        self.condition = self.form.add(
            "condition", SegmentedField(_("Condition"), choices, required=True)
        )
        self.condition.set_value(now or None)
        self._now = now
        self.reason = self.form.add("reason", reason_field())
        self.condition.changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        """A better condition asks why; of several pieces some may become better."""
        letter = self.condition.draft()
        better = isinstance(letter, str) and is_better(letter, self._now or Condition.D.value)
        self.reason.setVisible(better)
        self.reason.required = better and bool(self._now)
        self.adjustSize()

    @property
    def why(self) -> str | None:
        """The reason of a better condition."""
        return None if self.reason.isHidden() else code_of(self.reason)

    @property
    def letter(self) -> str:
        """The chosen condition."""
        return str(self.condition.value())


class ScrapDialog(ActionDialog):
    """Why pieces are scrapped."""

    def __init__(self, parent: QWidget, title: str, verb: str, text: str) -> None:
        from moebelcirkel.services.stock import SCRAP_REASONS

        super().__init__(parent, title, verb, text, danger=True)
        choices = [Choice(code, _(words)) for code, words in SCRAP_REASONS.items()]
        self.reason = self.form.add("reason", ChoiceField(_("Reason"), choices, required=True))
        self.reason.combo.setCurrentIndex(-1)
        self.reason.setFocus()

    @property
    def code(self) -> str:
        """The chosen reason."""
        return str(self.reason.value())


class DismantleDialog(ActionDialog):
    """Which parts of a piece are still good, what they cost, and where they are put."""

    def __init__(
        self, parent: QWidget, title: str, verb: str, places: Sequence[PlaceChoice]
    ) -> None:
        text = _("The parts are on sale with labels of their own. You can undo it afterwards.")
        super().__init__(parent, title, verb, text, columns=4)
        self.setMinimumWidth(theme.current().px(_PARTS_WIDTH))
        names = (_("Part"), _("One more part"), _("One more part"))
        self.rows: list[tuple[LineField, NumberField, MoneyField]] = []
        for at, name in enumerate(names):
            part = LineField(name, required=at == 0, most=limits.ARTICLE_NAME)
            count = NumberField(_("How many"), minimum=1, maximum=50)
            price = MoneyField(_("Price each"), maximum=MAX_PRICE_ORE)
            self.form.add(f"part{at}", part, 2)
            self.form.add(f"count{at}", count)
            self.form.add(f"price{at}", price)
            self.rows.append((part, count, price))
        letters = [Choice(each.value, each.value) for each in Condition]
        self.condition = self.form.add(
            "condition", SegmentedField(_("Condition"), letters, required=True), 2
        )
        self.place = self.form.add("place", PlaceField(_("Place"), places, required=True), 2)
        self.condition.set_value(Condition.B.value)

    def parts(self) -> list[SparePart]:
        """The rows down to the last that is filled in; one of each where nothing else is said."""
        from moebelcirkel.services.stock import SparePart

        found = [
            SparePart(name.value(), count.value() or 1, price.value())
            for name, count, price in self.rows
        ]
        filled = [at for at, row in enumerate(self.rows) if any(field.draft() for field in row)]
        return found[: max(filled, default=0) + 1]

    @property
    def letter(self) -> str:
        """The condition of the parts."""
        return str(self.condition.value())

    @property
    def place_id(self) -> int:
        """Where they are put."""
        chosen = self.place.value()
        assert isinstance(chosen, int)
        return chosen
