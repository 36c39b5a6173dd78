"""Saml sættet: what is reserved, how its pieces differ, and how the rest is wanted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.shop import Query, alike_in_words
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services.purchases import SetForm
from moebelcirkel.services.shop import CardKey
from moebelcirkel.services.wants import WantForm
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.pages.purchases import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from moebelcirkel.domain.shop import Gathered
    from moebelcirkel.services.purchases import Looked
    from moebelcirkel.services.wants import WantChoices

_WIDTH = 640
#: So long the rest is wanted where nobody says otherwise.
_DAYS = 90


class GatherDialog(ActionDialog):
    """One press reserves what is there and wants the rest; a whole set asks nothing more."""

    def __init__(
        self,
        parent: QWidget,
        line: Looked,
        found: Gathered,
        asked: WantChoices,
        today: dt.date,
        within: Query | None = None,
    ) -> None:
        title = _("Gather {count} × {words}").format(
            count=number(line.planned.pieces), words=line.planned.words
        )
        super().__init__(parent, title, _verb(found), words.gathered(line), columns=3)
        self.setMinimumWidth(theme.current().px(_WIDTH))
        self._line, self._found, self._within = line, found, within
        self._add_rest(found, asked, today)

    def form_of(self) -> SetForm:
        """What is asked for; after ``check``."""
        cards = [
            (CardKey(member.article_id, member.condition, member.price_ore), count)
            for member, count in self._found.members
        ]
        kept = self._line.kept
        return SetForm(
            self._line.planned.pieces,
            cards,
            self._rest() if self._found.missing else None,
            None if kept is None else kept.id,
            self._within,
        )

    def _add_rest(self, found: Gathered, asked: WantChoices, today: dt.date) -> None:
        add = self.form.add
        first = found.members[0][0]
        name, self._alike = first.name, alike_in_words(first)
        same = _("the same type: {name}").format(name=name)
        other = _("all that fits “{words}”").format(words=self._line.planned.words)
        alike = _("near-alike ones: {what}").format(what=self._alike)
        choices = [Choice("same", same), Choice("alike", alike), Choice("words", other)]
        if not self._alike:
            del choices[1]
        self.what = add("what", ChoiceField(_("Wanted is"), choices), 3)
        self.what.set_value("alike" if self._alike and "type" in found.differ else "same")
        self.latest = add("use_by", DateField(_("Can be used until"), required=True, lies="ahead"))
        self.latest.set_value(today + dt.timedelta(days=_DAYS))
        self.payer = add("cost_bearer_id", ChoiceField(_("Paid from")), 2)
        payers = [Choice(each.id, f"{each.code} {each.name}".strip()) for each in asked.payers]
        self.payer.set_choices(payers)
        self.payer.set_value(payers[0].key if payers else None)
        answers = [
            Choice(Answer.YES.value, _("Yes")),
            Choice(Answer.SOME.value, _("Some")),
            Choice(Answer.NO.value, _("No")),
            Choice(Answer.UNKNOWN.value, _("Don't know")),
        ]
        self.question = add("answer", SegmentedField(_(QUESTION), answers, required=True), 3)
        if not found.missing:
            self.latest.required = self.question.required = False
            self.form.leave_out(set(self.form.names()))

    def _rest(self) -> WantForm:
        what = str(self.what.value())
        words = {"same": "", "alike": self._alike, "words": self._line.planned.words}[what]
        payer, first = self.payer.value(), self._found.members[0][0]
        return WantForm(
            use_by=self.latest.value(),
            answer=Answer(str(self.question.value())),
            words=words,
            category_key=first.category_key if what == "alike" else None,
            article_id=first.article_id if what == "same" else None,
            condition=max(Condition.C.value, *(each.condition for each, _n in self._found.members)),
            cost_bearer_id=payer if isinstance(payer, int) else None,
        )


def _verb(found: Gathered) -> str:
    pieces = sum(count for _member, count in found.members)
    text = ngettext("Reserve {count} piece", "Reserve {count} pieces", pieces)
    told = text.format(count=number(pieces))
    if not found.missing:
        return told
    return f"{told} {_('and want {count}').format(count=number(found.missing))}"
