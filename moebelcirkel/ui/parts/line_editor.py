"""One line of a report while it is written: what, how many, how it looks, and pictures of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel import services
from moebelcirkel.domain import limits
from moebelcirkel.domain.categories import ReferenceCategory, guess_category
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.pickups import MOST_PIECES
from moebelcirkel.language import _, current_language
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import NumberField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.forms.suggest import Picked, SuggestField, Suggestion
from moebelcirkel.ui.kit.page_layout import column, row, rule
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.parts.pictures_field import PicturesField, make_ready

if TYPE_CHECKING:
    from moebelcirkel.services.articles import ArticleHit
    from moebelcirkel.services.photos import Picture
    from moebelcirkel.services.pickups import LineDetail, ReportedLine
    from moebelcirkel.ui.kit.shell import Shell


class LineEditor(QWidget):
    """Fields of one line; ``removed`` when the giver takes it out of the report."""

    removed = Signal()

    def __init__(self, categories: Sequence[ReferenceCategory]) -> None:
        super().__init__()
        self._categories = list(categories)
        self._id: int | None = None
        self._guessed: str | None = None
        self.form = Form(columns=4)
        self.name = self.form.add(
            "name",
            SuggestField(
                _("What is it?"),
                required=True,
                placeholder=_("For example: office chairs, blue"),
                most=limits.ARTICLE_NAME,
            ),
            2,
        )
        danish = current_language() == "da"
        choices = [
            Choice(each.key, each.name_da if danish else each.name_en) for each in categories
        ]
        self.category = self.form.add(
            "category", ChoiceField(_("Category"), choices, required=True)
        )
        self.pieces = self.form.add(
            "pieces", NumberField(_("How many?"), required=True, minimum=1, maximum=MOST_PIECES), 1
        )
        grades = [Choice(each.value, f"{each.value} · {_(each.label)}") for each in Condition]
        self.condition = self.form.add(
            "condition", SegmentedField(_("How does it look?"), grades, required=True), 4
        )
        self.condition.set_value(Condition.B.value)
        self.pictures = self.form.add("pictures", PicturesField(_("Pictures")), 4)
        self.form.leave_out(("pictures",))
        self.photograph = push_button(_("Add pictures"), self._show_pictures, icon="camera")
        self.remove = push_button(_("Remove the line"), self.removed, icon="trash")
        for button in (self.photograph, self.remove):
            button.setAutoDefault(False)
        self.setLayout(column(self.form, row(self.photograph, self.remove, None), rule(), gap=10))
        self.form.changed.connect(self._changed)
        self.name.picked.connect(self._picked)

    def show_line(self, line: LineDetail, pictures: Sequence[Picture]) -> None:
        """Fill in a line that is corrected."""
        self._id = line.id
        self.form.set_values(
            {
                "name": Picked(line.article_id, line.name),
                "category": line.category_key,
                "pieces": line.pieces,
                "condition": line.condition,
                "pictures": pictures,
            }
        )
        if pictures:
            self._show_pictures()

    def line(self) -> ReportedLine:
        """What is filled in; call ``form.check`` first."""
        from moebelcirkel.services.pickups import ReportedLine

        found = self.form.values()
        key = found["name"].key
        return ReportedLine(
            id=self._id,
            name=found["name"].text,
            article_id=key if isinstance(key, int) else None,
            category_key=str(found["category"]),
            pieces=found["pieces"],
            condition=str(found["condition"]),
            pictures=found["pictures"],
        )

    def offer(self, text: str, hits: Sequence[ArticleHit]) -> None:
        """Known types for what is typed."""
        self.name.offer(text, [Suggestion(hit.id, hit.name, hit.category) for hit in hits])

    def _show_pictures(self) -> None:
        self.form.leave_out(())
        self.photograph.hide()

    def _picked(self, suggestion: Suggestion | None) -> None:
        if suggestion is not None:
            self._guess()
            asked = self.pieces.isVisibleTo(self)
            (self.pieces if asked else self.category).setFocus()

    def _changed(self, name: str) -> None:
        if name == "name":
            self._guess()

    def _guess(self) -> None:
        """Follow the name with the category until somebody chooses another one."""
        chosen = self.category.combo.currentData()
        if chosen is None or chosen == self._guessed:
            self._guessed = guess_category(self.name.line.text(), self._categories)
            self.category.set_value(self._guessed)


def serve(shell: Shell, editor: LineEditor) -> None:
    """A line asks for known types, and for pictures to be made ready."""

    def find(text: str) -> None:
        shell.jobs.read(
            lambda context: services.pickups.types(context, text),
            lambda hits: editor.offer(text, hits),
            channel="pickup types",
            owner=editor,
        )

    editor.name.asked.connect(find)
    make_ready(shell, editor.pictures)
