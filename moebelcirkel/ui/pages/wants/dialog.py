"""The form of a want: what, how many, how good, at most for how much, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.categories import guess_category
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import SHOP_FACTS, PieceFact
from moebelcirkel.domain.wants import MOST_PIECES, Seed
from moebelcirkel.language import _, current_language
from moebelcirkel.services.wants import WantForm
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DateField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)

if TYPE_CHECKING:
    from moebelcirkel.services.wants import WantDetail
    from moebelcirkel.ui.pages.wants.asks import WantFormData


#: So wide that it is no higher than a small screen.
_WIDTH = 900


class WantDialog(ActionDialog):
    """Makes a want, or corrects one; stays open until the service has taken it."""

    def __init__(
        self, parent: QWidget, asked: WantFormData, seed: Seed, detail: WantDetail | None = None
    ) -> None:
        new = detail is None
        title = (
            _("What do you need?")
            if new
            else _("Correct {number}").format(number=detail.row.number if detail else "")
        )
        text = _(
            "As soon as something that fits is free, it is held for you. The first to ask is the "
            "first to get it."
        )
        super().__init__(parent, title, _("Want it") if new else _("Save"), text, columns=4)
        self.setMinimumWidth(theme.current().px(_WIDTH))
        self._article_id = seed.article_id if detail is None else detail.article_id
        self._categories, self._of_type = asked.choices.categories, asked.choices.of_type
        self._add_what(asked, seed.name if detail is None else detail.row.what, new=new)
        self._add_terms(asked)
        if detail is None:
            self._begin(seed)
        else:
            self._fill(detail)
        self._ask_known()

    def institution_id(self) -> int:
        """For whom."""
        return int(self.place.value() or 0)

    def want(self) -> WantForm:
        """What is filled in; asked for after ``check``."""
        answer, payer = self.answer.value(), self.payer.value()
        category = self.category.value()
        return WantForm(
            use_by=self.latest.value(),
            answer=None if answer is None else Answer(str(answer)),
            words=self.words.value() if self._article_id is None else "",
            category_key=None if category is None or self._article_id else str(category),
            article_id=self._article_id,
            condition=str(self.condition.value() or ""),
            pieces=self.pieces.value() or 0,
            ceiling_ore=self.ceiling.value(),
            cost_bearer_id=payer if isinstance(payer, int) else None,
            note=self.note.value(),
            within=self._within if self.within.value() else None,
            **self._known(),
        )

    def _known(self) -> dict[str, Any]:
        """What is asked of single pieces, as a piece keeps it."""
        said = {column: field.value() for column, field in self.facts.items()}
        return {
            column: SHOP_FACTS[column].kept(str(key))
            for column, key in said.items()
            if key is not None
        }

    def _add_what(self, asked: WantFormData, name: str, *, new: bool) -> None:
        add = self.form.add
        known = [Choice(each.id, each.name) for each in asked.institutions]
        self.place = add("institution", ChoiceField(_("Institution"), known), 4)
        self.place.set_value(asked.institution_id)
        example = _("For example: chairs, height 80-82")
        self.words = add("words", LineField(_("What do you need?"), placeholder=example), 2)
        self.pieces = add(
            "pieces", NumberField(_("How many?"), required=True, minimum=1, maximum=MOST_PIECES)
        )
        self.category = add(
            "category_key", ChoiceField(_("Category"), _categories(asked), nothing=_("any"))
        )
        grades = [Choice(each.value, f"{each.value} · {_(each.label)}") for each in Condition]
        self.within = add("within", CheckField(_("Only what the shop's filters let through")), 4)
        self.condition = add(
            "condition", SegmentedField(_("At least in condition"), grades, required=True), 2
        )
        self.facts = {
            column: add(column, ChoiceField(_(fact.name), _answers(fact), nothing=_("any")))
            for column, fact in SHOP_FACTS.items()
        }
        self._within: str | None = None
        self._absent = {"within"} | ({"institution"} if len(known) < 2 or not new else set())
        if self._article_id is not None:
            self._absent |= {"words", "category_key"}
            self.text.setText(f"{name}. {self.text.text()}")
        self.category.changed.connect(self._ask_known)
        self.words.line.textChanged.connect(self._ask_known)

    def _ask_known(self) -> None:
        """What is known of single pieces is asked with the categories of which it is.

        Where none is chosen, it is that of the type, or what the words mean.
        """
        category = self._of_type or self.category.value()
        if category is None:
            category = guess_category(self.words.line.text(), self._categories)
        other = {name for name, fact in SHOP_FACTS.items() if category not in fact.categories}
        self.form.leave_out(self._absent | other)

    def _add_terms(self, asked: WantFormData) -> None:
        add = self.form.add
        self.ceiling = add(
            "ceiling_ore", MoneyField(_("At most, per piece"), helper=_("Empty: any price."))
        )
        self.latest = add("use_by", DateField(_("Can be used until"), required=True, lies="ahead"))
        self.payer = add("cost_bearer_id", ChoiceField(_("Paid from")))
        self.show_payers(asked)
        answers = [
            Choice(Answer.YES.value, _("Yes")),
            Choice(Answer.SOME.value, _("Some")),
            Choice(Answer.NO.value, _("No")),
            Choice(Answer.UNKNOWN.value, _("Don't know")),
        ]
        self.answer = add("answer", SegmentedField(_(QUESTION), answers, required=True), 4)
        self.note = add(
            "note",
            TextField(_("Message to the warehouse (optional)"), lines=2, most=limits.NOTE),
            4,
        )

    def show_payers(self, asked: WantFormData) -> None:
        """The accounts of the institution that is chosen now, the first of them chosen."""
        payers = asked.choices.payers
        self.payer.set_choices(
            [Choice(each.id, f"{each.code} {each.name}".strip()) for each in payers]
        )
        self.payer.set_value(payers[0].id if payers else None)

    def _begin(self, seed: Seed) -> None:
        self.form.set_values(
            {"words": seed.words, "pieces": seed.pieces, "condition": Condition.C.value}
        )

    def _fill(self, detail: WantDetail) -> None:
        row = detail.row
        self._within = detail.within
        self.within.warn("", detail.kept_to)
        self._absent -= {"within"} if detail.within else set()
        self.form.set_values(
            {
                "words": detail.words,
                "category_key": detail.category_key,
                "pieces": row.pieces,
                "condition": row.condition,
                "ceiling_ore": row.ceiling_ore,
                "use_by": row.use_by,
                "cost_bearer_id": detail.cost_bearer_id,
                "answer": detail.answer.value,
                "note": detail.note,
                "within": detail.within is not None,
                **{
                    column: None if kept is None else SHOP_FACTS[column].key(kept)
                    for column in SHOP_FACTS
                    for kept in [getattr(detail, column)]
                },
            }
        )


def _answers(fact: PieceFact) -> list[Choice]:
    known = ((key, label) for key, (kept, label) in fact.answers.items() if kept is not None)
    return [Choice(key, _(label)) for key, label in known]


def _categories(asked: WantFormData) -> list[Choice]:
    english = current_language() == "en"
    return [
        Choice(each.key, each.name_en if english else each.name_da)
        for each in asked.choices.categories
    ]
