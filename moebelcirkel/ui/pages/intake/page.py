"""The page of intake: choose who hands in, fill in one batch after the other, labels come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, ngettext, number, refusal
from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.intake import reading
from moebelcirkel.ui.pages.intake.advice import AdviceColumn
from moebelcirkel.ui.pages.intake.batch import make_batch
from moebelcirkel.ui.pages.intake.batches import BatchPapers
from moebelcirkel.ui.pages.intake.draft import IntakeDraft
from moebelcirkel.ui.pages.intake.footer import Footer
from moebelcirkel.ui.pages.intake.form import IntakeForm, form_for
from moebelcirkel.ui.pages.intake.givers import GiversCard
from moebelcirkel.ui.pages.intake.origin import OriginBar

if TYPE_CHECKING:
    from moebelcirkel.services.articles import ArticleDetail
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.intake import Registered
    from moebelcirkel.ui.kit.shell import Shell

_SIDE, _RIGHT = 230, 226


class IntakePage(Page):
    """Givers to the left, the batch in the middle, suggestions and label to the right."""

    word = "intake"
    title = N_("Intake")
    kinds = frozenset({"unit", "intake", "institution", "place", "article", "category", "pickup"})
    search_hint = N_("Scan a label, or search givers")

    def __init__(self, shell: Shell, form: IntakeForm | None = None) -> None:
        super().__init__(shell)
        self.draft = IntakeDraft(shell.drafts)
        self.papers = BatchPapers(shell, self)
        self.givers = GiversCard()
        self.form = form or form_for(shell)
        self.advice = AdviceColumn()
        self.footer = Footer()
        self.notice = Notice()
        self.origin = OriginBar(self)
        self.today = Label(tone="small")
        self._registers: reading.Registers | None = None
        self._send_when_ready = False
        self._lay_out()
        self._wire()
        self.footer.show_printing(at_once=self.papers.memory.at_once)
        self.form.setEnabled(False)

    def _lay_out(self) -> None:
        self.card = CardFrame(_("Receive furniture"))
        self.card.beside_title(self.today)
        self.card.add(scrolled(self.form, unfolds=True, yields=True), 1)
        self.card.add(self.notice)  # only the end of what scrolls gives way to it
        self.card.add(self.footer)
        self.givers.body.addWidget(self.papers.button)
        beside, before = [(self.advice, _RIGHT)], [(self.givers, _SIDE)]
        panel = self._panel = SidePanel(self.card, beside, before, collapse_below=900)
        # Not at once: it turns while this page is being laid out, which must not lose a part then.
        panel.turned.connect(lambda: QTimer.singleShot(0, self, self._place_footer))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(panel)
        # Where the parts cannot stand beside each other, all of them can still be reached.
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._column.addWidget(self._scroll, 1)

    def _place_footer(self) -> None:
        """Where the parts lie below each other it stands under them all, always in reach."""
        foot = self._column if self._panel.is_narrow() else self.card.body
        foot.addWidget(self.notice)
        foot.addWidget(self.footer)

    def _wire(self) -> None:
        self.givers.giver_chosen.connect(self._giver_chosen)
        self.givers.batch_chosen.connect(self.papers.open_batch)
        self.form.edited.connect(self._edited)
        self.form.type_asked.connect(self._ask_types)
        self.form.type_picked.connect(self._type_picked)
        self.form.pictures.offered.connect(self._prepare)
        self.footer.finished.connect(self.submit)
        self.footer.undo_asked.connect(self.shell.undo)
        self.footer.clear_asked.connect(self.clear)
        self.footer.printing_chosen.connect(self.papers.printing_chosen)
        self.papers.closed.connect(self._to_type)
        keys.add(
            self,
            _("Register the pieces"),
            self.submit,
            "Ctrl+Return",
            "Ctrl+Enter",
            within=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        keys.add(self, _("Clear the form"), self.clear, "Ctrl+R")
        keys.add(self, _("Find a giver"), self.givers.finder.setFocus, "Ctrl+G")
        self.givers.finder.setToolTip("Ctrl+G")

    # --- the window asks ------------------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Begin where the next key belongs."""
        self.origin.point_to(argument)
        if self.draft.giver_chosen or self.givers.none_known():
            self.form.type.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.givers.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read givers, today's batches and all there is to choose from."""
        waiting = tuple(self.papers.memory.waiting)
        self.shell.jobs.read(
            lambda context: reading.read_registers(context, waiting),
            self._show_registers,
            channel="intake",
        )

    def search(self, text: str) -> None:
        """Narrow the givers."""
        self.givers.finder.setText(text)

    def scanned(self, code: str) -> bool:
        """A shelf is the place of this batch; a label opens the passport of its piece."""
        if self.form.place.scanned(code):
            return True

        def find(context: Context) -> int:
            return services.labels.unit_by_number(context, code)

        self.shell.jobs.read(find, lambda unit: self.shell.go("units", unit), owner=self)
        return True

    def header_buttons(self) -> list[QPushButton]:
        """Import, for those who may."""
        if not self.shell.context.allows(Action.IMPORT):
            return []
        button = push_button(_("Import"), lambda: self.shell.go("imports"))
        return [button]

    def save(self) -> None:
        """Ctrl+S finishes the batch like the button."""
        self.submit()

    def print_out(self) -> None:
        """Print the labels that wait."""
        self.papers.print_waiting()

    # --- what is there to choose ----------------------------------------------------------------

    def _show_registers(self, registers: reading.Registers) -> None:
        first = self._registers is None
        self._registers = registers
        self.givers.show_givers(reading.giver_entries(registers.givers, registers.today))
        self.givers.show_batches(reading.batch_entries(registers.batches))
        self.form.offer_choices(
            registers.categories, registers.places, registers.ecolabels, registers.colours
        )
        self.advice.label.set_prefix(registers.prefix)
        self.origin.show_reports(registers.reports)
        self.papers.memory.forget(registers.undone)
        self.papers.show_waiting()
        if first:
            self._restore()
        self._show_giver()

    def _restore(self) -> None:
        """Bring back what was typed before the program was closed, or fell."""
        self.form.setEnabled(True)
        self._fill_in(self.draft.fields, self.draft.pictures)
        if self.draft.sent or self.draft.typed:
            self._ask_whether_saved(self._saved_before, self._not_saved_before)
        self.activate(None)

    def _fill_in(self, fields: Mapping[str, object], pictures: list[dict[str, Any]]) -> None:
        """Show what was typed, as it stood."""
        self.form.restore(fields)
        if pictures:
            from moebelcirkel.services.photos import Picture

            self.form.pictures.take_kept(pictures, Picture)
        if self.form.known() is not None:
            self._type_picked(self.form.known())
        elif self.form.type.line.text():
            self._ask_types(self.form.type.line.text().strip())
        self.footer.show_count(self.form.counts.total())
        self._advise()

    def _show_giver(self) -> None:
        chosen = self.draft.giver_chosen
        self.givers.mark(self.draft.giver, chosen=chosen)
        rows = self._registers.givers if self._registers is not None else ()
        giver = next((each for each in rows if each.id == self.draft.giver), None)
        self.card.heading.setText(
            _("Receive from {name}").format(name=giver.name)
            if giver is not None
            else _("Receive furniture")
        )
        count = giver.pieces_today if giver is not None else 0
        many = ngettext("{count} registered today", "{count} registered today", count)
        self.today.setText(many.format(count=number(count)) if count else "")

    def _giver_chosen(self, giver: int | None) -> None:
        self.draft.choose(giver)
        self.origin.giver_changed(giver)
        self._show_giver()
        self.notice.hide()
        self._to_type()

    def _to_type(self) -> None:
        self.form.type.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.form.type)

    def _edited(self, name: str) -> None:
        self.footer.show_count(self.form.counts.total())
        self.draft.keep(self.form.form.draft(), typed=not self.form.is_empty())
        if name == "pictures":
            self.draft.keep_pictures(self.form.pictures.kept())
            self._send_if_asked()
        if name in ("type", "category_key", "parts", "new_price_ore"):
            self._advise()

    def _ask_types(self, text: str) -> None:
        self.shell.jobs.read(
            lambda context: reading.type_suggestions(services.articles.suggest(context, text)),
            lambda found: self.form.offer_types(text, found),
            channel="intake types",
            owner=self,
        )

    def _type_picked(self, article_id: Any) -> None:
        if article_id is None:
            self.advice.show_picture(None, "")
            self._advise()
            return
        self.shell.jobs.read(
            lambda context: reading.read_article(context, int(article_id)),
            self._show_article,
            self._article_gone,
            channel="intake type",
        )

    def _show_article(self, answer: tuple[ArticleDetail, bytes | None]) -> None:
        article, thumbnail = answer
        if self.form.known() != article.id:
            return
        self.form.type.show_chip(reading.known_chip(article.in_stock))
        self.form.show_article(article)
        self.advice.show_picture(thumbnail, article.values.name)
        self._advise()

    def _article_gone(self, error: Refused) -> None:
        self.form.empty_for_next()
        self.shell.messages.refused(error)

    def _advise(self) -> None:
        name, detail = self.form.type.line.text().strip(), self.form.colour.line.text().strip()
        self.advice.label.say(name, detail if detail not in name else "")
        known, category = self.form.known(), self.form.category.combo.currentData()
        letter = self.form.dominant()
        try:
            price = self.form.price.value() if known is None else None
        except Refused:
            price = None

        self.shell.jobs.read(
            lambda context: services.articles.suggestion(
                context, letter, article_id=known, category_key=category, new_price_ore=price
            ),
            lambda found: self.advice.say(found if name else None, letter),
            channel="intake advice",
            owner=self,
        )

    def _prepare(self, data: bytes, name: str) -> None:
        field = self.form.pictures
        self.shell.jobs.aside(
            lambda _context: services.photos.prepare(data, name),
            field.add,
            lambda error: field.refuse(refusal(error)),
            owner=self,
        )

    # --- finishing a batch ----------------------------------------------------------------------

    def submit(self) -> None:
        """Register what is filled in; errors are shown by their fields."""
        if not self.footer.button.isEnabled() or not self.form.isEnabled():
            return
        self.notice.hide()
        if self.form.pictures.waiting:
            self._send_when_ready = True
            return
        if not self.form.form.check() or not self.origin.check():
            return
        if self.draft.sent:
            # The connection was lost the last time: what is known now decides.
            self._ask_whether_saved(self._saved_before, self._send)
        else:
            self._send()

    def _send_if_asked(self) -> None:
        if self._send_when_ready and not self.form.pictures.waiting:
            self._send_when_ready = False
            if not self.form.pictures.error.text():
                self.submit()

    def _send(self) -> None:
        batch = make_batch(self.form.values(), self.form.counts.targets(), self.draft.giver)
        batch = self.origin.of_batch(batch)
        self.draft.sending()

        def work(context: Context) -> Registered:
            return services.intake.register(context, batch)

        self.shell.jobs.write(
            work,
            self._registered,
            self._refused,
            request_id=self.draft.request,
            hold=[self.form, self.footer.button],
            owner=self,
        )

    def _registered(self, done: Registered) -> None:
        self._begin_anew()
        self.done(done, reading.registered_text(len(done.unit_ids), done.numbers))
        self.papers.registered(done.unit_ids)

    def _begin_anew(self) -> None:
        """The form is empty, and what is sent from it next is another batch."""
        self.draft.answered(saved=True)
        self.form.empty_for_next()
        self.draft.keep(self.form.form.draft(), typed=False)
        self.draft.keep_pictures([])
        self.footer.show_count(0)
        self.advice.show_picture(None, "")
        self._advise()

    def clear(self) -> None:
        """Empty the form; what was typed is brought back by the toast's button."""
        if self.draft.sent:
            # The connection was lost: whether the batch was saved must be known first.
            self._ask_whether_saved(self._saved_before, self._clear)
        elif self.form.isEnabled():
            self._clear()

    def _clear(self) -> None:
        fields, pictures = self.form.form.draft(), self.form.pictures.kept()
        typed = not self.form.is_empty()
        self.notice.hide()
        self._begin_anew()

        def bring_back() -> None:
            self._fill_in(fields, pictures)
            self.draft.keep(fields, typed=typed)
            self.draft.keep_pictures(pictures)

        if typed:
            self.shell.messages.success(_("The form is emptied"), bring_back)

    def _refused(self, error: Refused) -> None:
        self.draft.answered(saved=False)
        rest = self.form.form.show_refusal(error)
        if rest:
            self.notice.say(rest)
        elif not isinstance(error, Invalid):
            self.shell.messages.refused(error)

    def _ask_whether_saved(self, yes: Any, no: Any) -> None:
        request = self.draft.request
        self.shell.jobs.read(
            lambda context: services.intake.registered(context, request),
            lambda done: no() if done is None else yes(done),
            owner=self,
        )

    def _saved_before(self, done: Registered) -> None:
        self.shell.messages.info(
            _("The batch was saved before the program stopped. The form is ready for the next.")
        )
        self._registered(done)

    def _not_saved_before(self) -> None:
        self.draft.answered(saved=False)
        self.shell.messages.info(_("Here is what you had typed. Nothing is saved yet."))
