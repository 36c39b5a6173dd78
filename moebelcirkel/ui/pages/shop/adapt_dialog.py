"""Ordering with an adaptation: what is to be done, what it costs, and when it comes then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import Needs, ShownPrice
from moebelcirkel.language import _, kroner, ngettext
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import CheckField, NumberField, TextField
from moebelcirkel.ui.kit.page_layout import open_at, scrolled
from moebelcirkel.ui.kit.plain import Label, caption
from moebelcirkel.ui.pages.shop import words
from moebelcirkel.ui.parts.order_words import promised

if TYPE_CHECKING:
    from moebelcirkel.services.orders import Adaptable, AdaptChoices, AdaptWish, Quote
    from moebelcirkel.services.shop import CardDetail


class AdaptDialog(ActionDialog):
    """Asks what is done to how many; ``quote_asked`` where the price may be another one."""

    quote_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        detail: CardDetail,
        choices: AdaptChoices,
        count: int,
        exactly: tuple[int, ...],
    ) -> None:
        title = _("Order {name} with an adaptation").format(name=detail.card.name)
        text = _(
            "The workshop does it before the furniture comes. It is made for you, so it cannot be "
            "given back as regretted."
        )
        super().__init__(parent, title, _("Send the order"), text, columns=2)
        self.detail, self.exactly = detail, exactly
        self.quote: Quote | None = None
        most = max(1, detail.card.free)
        self.count = self.form.add(
            "count", NumberField(_("How many"), required=True, minimum=1, maximum=most)
        )
        self.count.set_value(len(exactly) or count)
        self.payer = self.form.add("cost_bearer_id", ChoiceField(_("Paid from")))
        self._offer_payers(choices)
        self.tasks = {task.id: self._task(task) for task in choices.tasks}
        answers = [
            Choice(Answer.YES.value, _("Yes")),
            Choice(Answer.SOME.value, _("Some")),
            Choice(Answer.NO.value, _("No")),
            Choice(Answer.UNKNOWN.value, _("Don't know")),
        ]
        self.answer = self.form.add(
            "answer", SegmentedField(_(QUESTION), answers, required=True), 2
        )
        self.note = self.form.add(
            "note", TextField(_("Measures, colour or cloth"), lines=2, most=limits.NOTE), 2
        )
        self.price = Label(tone="strong", wrap=True)
        self.column.insertWidget(self.column.indexOf(self.form), scrolled(self.form), 1)
        self.column.insertWidget(self.column.indexOf(self.notice), self.price)
        self.count.setEnabled(not exactly)
        self.count.changed.connect(self._changed)
        self.show_quote(None)
        open_at(self, 780, 600)

    def _offer_payers(self, choices: AdaptChoices) -> None:
        self.payer.set_choices([Choice(*each) for each in choices.payers])
        if choices.payers:
            self.payer.set_value(choices.payers[0][0])

    def _task(self, task: Adaptable) -> CheckField:
        field = CheckField(caption(f"{task.name} · {kroner(task.each_ore)} · {_weeks(task.weeks)}"))
        self.form.add(f"task{task.id}", field)
        field.changed.connect(self._changed)
        return field

    def chosen(self) -> tuple[int, ...]:
        """The tasks that are ticked."""
        return tuple(key for key, field in self.tasks.items() if field.value())

    def pieces(self) -> int:
        """How many are asked for; none while it cannot be read."""
        try:
            return self.count.value() or 0
        except Refused:
            return 0

    def show_quote(self, quote: Quote | None) -> None:
        """What it costs and when it comes; without one nothing can be sent."""
        self.quote = quote
        self.price.setText(_("Tick what is to be done.") if quote is None else self._said(quote))

    def _said(self, quote: Quote) -> str:
        piece = self.detail.card.key.price_ore
        parts = [
            _("{piece} + adaptation {each} = {sum} a piece, {total} in all.").format(
                piece=kroner(piece, exact=True),
                each=kroner(quote.each_ore, exact=True),
                sum=kroner(piece + quote.each_ore, exact=True),
                total=kroner(quote.total_ore, exact=True),
            ),
            _("Comes {promise}.").format(promise=promised(quote.promised_on)),
        ]
        if quote.sending.needs is not Needs.NOTHING:
            parts.append(
                _("{names} approves.").format(names=words.names(quote.sending.approvers))
                if quote.sending.approvers
                else _("Nobody can approve it.")
            )
        return " ".join(parts)

    def wish(self, institution_id: int) -> AdaptWish:
        """All that is filled in, at the price that was shown."""
        from moebelcirkel.services.orders import AdaptWish

        if self.quote is None:
            raise Refused(N_("Choose at least one adaptation."), field="tasks")
        payer = self.payer.value()
        return AdaptWish(
            institution_id=institution_id,
            key=self.detail.card.key,
            count=self.pieces(),
            agreed=ShownPrice(self.chosen(), self.quote.each_ore, self.quote.weeks),
            answer=Answer(str(self.answer.value())),
            exactly=self.exactly,
            cost_bearer_id=payer if isinstance(payer, int) else None,
            note=self.note.value(),
        )

    def _changed(self) -> None:
        self.show_quote(None)
        if self.chosen() and self.pieces():
            self.quote_asked.emit()


def _weeks(count: int) -> str:
    if not count:
        return _("no more time")
    return ngettext("{count} week more", "{count} weeks more", count).format(count=count)
