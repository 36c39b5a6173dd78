"""Ordering with an adaptation: what is to be done, what it costs, and when it comes then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.orders import Needs, ShownPrice
from moebelcirkel.language import _, kroner, ngettext, refusal
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import CheckField, NumberField, TextField
from moebelcirkel.ui.kit.page_layout import column, holder, open_at, row, rule, scrolled
from moebelcirkel.ui.kit.plain import Label, caption
from moebelcirkel.ui.pages.shop import words
from moebelcirkel.ui.pages.shop.pace import PaceField
from moebelcirkel.ui.pages.shop.wishes import WishesBox
from moebelcirkel.ui.parts.ceiling_words import in_the_basket
from moebelcirkel.ui.parts.order_words import promised

if TYPE_CHECKING:
    from moebelcirkel.services.orders import Adaptable, AdaptChoices, AdaptWish, Quote
    from moebelcirkel.services.shop import CardDetail, DeliveryOffer


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
            "The workshop does it before the furniture comes. It is made for you, so it is not "
            "lent, and cannot be given back as regretted."
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
        self.pace, self.wishes = PaceField(made=True), WishesBox()
        self.pace.chosen.connect(self._say)
        more = row(self.wishes.more, None)
        asked = holder(column(self.form, self.pace, self.wishes, more, None, gap=12))
        self.price = Label(tone="strong", wrap=True)
        self.column.insertWidget(self.column.indexOf(self.notice), scrolled(asked, yields=True), 1)
        for below in (rule(), self.price):
            self.column.insertWidget(self.column.indexOf(self.notice), below)
        self.count.setEnabled(not exactly)
        self.count.changed.connect(self._changed)
        self.show_quote(None)
        self.notice.keep_room(on=False)
        open_at(self, 780, 720)

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
        if quote is not None:
            self.pace.show_ways([each.way for each in quote.offers], quote.small)
        self._say()

    def _say(self) -> None:
        quote = self.quote
        said = _("Tick what is to be done.")
        if quote is not None:
            offer = quote.offer(self.pace.pace())
            self.wishes.show_promise(offer.way.promised_on)
            said = self._said(quote, offer)
        self.price.setText(said)

    def _said(self, quote: Quote, offer: DeliveryOffer) -> str:
        piece, fee = self.detail.card.key.price_ore, offer.way.fee_ore
        parts = [
            _("{piece} + adaptation {each} = {sum} a piece, {total} in all.").format(
                piece=kroner(piece),
                each=kroner(quote.each_ore),
                sum=kroner(piece + quote.each_ore),
                total=kroner(quote.total_ore + fee),
            ),
            _("Fee {fee} in it.").format(fee=kroner(fee)) if fee else "",
            _("Comes {promise}.").format(promise=promised(offer.way.promised_on)),
            in_the_basket(offer.ceilings, possible=offer.sending.possible)[0],
        ]
        if offer.sending.needs is not Needs.NOTHING:
            parts.append(
                _("{names} approves.").format(names=words.names(offer.sending.approvers))
                if offer.sending.approvers
                else _("Nobody can approve it.")
            )
        return " ".join(filter(None, parts))

    def refuse(self, error: Refused) -> None:
        """What is wrong with where and when is said there, all else as in every form."""
        errors = error.errors if isinstance(error, Invalid) else {}
        if True not in [self.wishes.refuse(name, refusal(each)) for name, each in errors.items()]:
            super().refuse(error)

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
            wishes=self.wishes.value(),
            pace=self.pace.pace(),
            fee_ore=self.quote.offer(self.pace.pace()).way.fee_ore,
        )

    def _press(self) -> None:
        if self.wishes.check():
            super()._press()

    def _changed(self) -> None:
        self.show_quote(None)
        if self.chosen() and self.pieces():
            self.quote_asked.emit()


def _weeks(count: int) -> str:
    if not count:
        return _("no more time")
    return ngettext("{count} week more", "{count} weeks more", count).format(count=count)
