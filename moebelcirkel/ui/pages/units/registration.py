"""Mistakes at intake, mended on the piece: another type, condition or place, or never there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from moebelcirkel import services
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, number
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.suggest import Picked, SuggestField, Suggestion
from moebelcirkel.ui.parts.place_field import PlaceField

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.services.articles import ArticleHit
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.intake.corrections import BatchCorrection
    from moebelcirkel.services.places import PlaceChoice
    from moebelcirkel.services.units import Passport
    from moebelcirkel.ui.kit.page import Page


class CorrectionDialog(ActionDialog):
    """Type, condition and place as the piece has them; what is left alone stays as it is."""

    def __init__(self, page: Page, seen: Passport, places: list[PlaceChoice]) -> None:
        title = _("Correct the registration of {number}").format(number=seen.number)
        text = _(
            "With another type or condition the price is the suggested one;"
            " a price of its own stays."
        )
        super().__init__(page, title, _("Save"), text)
        self._seen = seen
        self.type = self.form.add(
            "article_id", SuggestField(_("Furniture type"), required=True, known_only=True)
        )
        self.type.set_value(Picked(seen.article_id, seen.name))
        grades = [Choice(grade.value, f"{grade.value} · {_(grade.label)}") for grade in Condition]
        self.condition = self.form.add(
            "condition", SegmentedField(_("Condition at intake"), grades, required=True)
        )
        self.condition.set_value(seen.condition)
        self.place = self.form.add("place_id", PlaceField(_("Place"), places))
        self.place.set_value(seen.place_id)
        self.place.setVisible(seen.place_id is not None)
        self.type.setFocus()
        self.type.line.selectAll()

    def right(self) -> BatchCorrection:
        """What was changed in the form."""
        from moebelcirkel.services.intake.corrections import BatchCorrection

        seen, key = self._seen, self.type.key
        condition, place = str(self.condition.value()), self.place.value()
        moved = isinstance(place, int) and place != seen.place_id
        return BatchCorrection(
            article_id=key if isinstance(key, int) and key != seen.article_id else None,
            condition=condition if condition != seen.condition else None,
            place_id=place if moved and isinstance(place, int) else None,
        )


class Registration(QObject):
    """The two ways to mend it, as actions of the page's menu."""

    def __init__(self, page: Page, seen: Callable[[], Passport | None]) -> None:
        super().__init__(page)
        self._page = page
        self._seen = seen
        self.correction = QAction(_("Correct the registration"), self)
        self.removal = QAction(_("Undo the registration of this piece"), self)
        self.correction.triggered.connect(self.correct)
        self.removal.triggered.connect(self.remove)

    def add_to(self, menu: QMenu) -> None:
        """Offer them to those who receive furniture."""
        if self._page.shell.context.allows(Action.INTAKE):
            menu.addSeparator()
            menu.addAction(self.correction)
            menu.addAction(self.removal)

    def fit(self, state: State) -> None:
        """What is undone already has no more to mend; what stands in the way else is said."""
        for action in (self.correction, self.removal):
            action.setEnabled(state is not State.VOID)

    def correct(self) -> None:
        """Ask what is right."""
        seen = self._seen()
        if seen is None:
            return

        def read(context: Context) -> list[PlaceChoice]:
            return services.places.choices(context)

        self._page.shell.jobs.read(read, lambda found: self._open(seen, found), owner=self)

    def _open(self, seen: Passport, places: list[PlaceChoice]) -> None:
        dialog = CorrectionDialog(self._page, seen, places)
        dialog.type.asked.connect(lambda text: self._offer(dialog, text))
        said = _("Registration of {number} corrected").format(number=seen.number)
        self._page.ask(
            dialog,
            lambda: (dialog.right(),),
            lambda context, right: _correct(context, seen, right),
            said,
        )

    def _offer(self, dialog: CorrectionDialog, text: str) -> None:
        def find(context: Context) -> list[ArticleHit]:
            return services.articles.suggest(context, text)

        def found(hits: list[ArticleHit]) -> None:
            dialog.type.offer(text, [Suggestion(hit.id, hit.name, _detail(hit)) for hit in hits])

        self._page.shell.jobs.read(find, found, channel="right type", owner=dialog)

    def remove(self) -> None:
        """Ask once more, and say that it was never there."""
        seen = self._seen()
        if seen is None:
            return
        text = _(
            "{number} was counted by mistake and has never been here. The number is not used"
            " again. You can undo it afterwards."
        )
        self._page.shell.messages.ask(
            _("Undo the registration of this piece?"),
            text.format(number=seen.number),
            _("Undo the registration"),
            lambda: self._remove(seen),
            danger=True,
        )

    def _remove(self, seen: Passport) -> None:
        def write(context: Context) -> Done:
            from moebelcirkel.services.intake import corrections as intake_corrections

            return intake_corrections.remove(context, seen.id, seen.version)

        said = _("Registration of {number} undone").format(number=seen.number)
        self._page.shell.jobs.write(
            write, lambda done: self._page.done(done, said), self._refused, owner=self._page
        )

    def _refused(self, error: Refused) -> None:
        self._page.shell.messages.refused(error)


def _detail(hit: ArticleHit) -> str:
    stock = _("{count} in stock").format(count=number(hit.in_stock))
    return f"{stock} · {hit.category}"


def _correct(context: Context, seen: Passport, right: BatchCorrection) -> Done:
    from moebelcirkel.services.intake import corrections as intake_corrections

    return intake_corrections.correct(context, seen.id, right, seen.version)
