"""Før du køber nyt: a planned purchase line by line, reuse to the left and new to the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query, SoughtSet
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import file_dialogs, page_layout
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.forms.picker import PickChip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.purchases import words
from moebelcirkel.ui.pages.purchases.answer_dialog import AnswerDialog
from moebelcirkel.ui.pages.purchases.gather_dialog import GatherDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.purchases import (
        Answered,
        KeptPlan,
        Looked,
        PlanKept,
        PlanRow,
        PurchasePlan,
        SetTaken,
    )
    from moebelcirkel.services.shop import InstitutionChoice as Institution
    from moebelcirkel.services.wants import WantChoices
    from moebelcirkel.ui.kit.shell import Shell

#: Ten thousand pasted lines are taken in whole, so that their number can be told.
_MOST_TYPED = 2_000_000


class PurchasesPage(Page):
    """What is typed above is looked for below; a plan that is kept is chosen in the header."""

    word = "purchases"
    title = N_("Before buying new")
    kinds = frozenset({"unit", "hold", "pickup", "pickup_line", "parameter", "factor_set"})
    kinds |= {"purchase", "purchase_line"}

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self._within: Query | None = None
        self._taken: dict[int, str] = {}
        self.kept: KeptPlan | None = None
        self.plans = PickChip(_("Planned purchase"), _("New plan"))
        self.plans.chosen.connect(lambda _key: self._turn())
        self.field = TextField(
            _("What are you about to buy?"),
            helper=_("A line each, or pasted from a mail or a spreadsheet: 12 chairs 3,350 kr."),
            lines=5,
            most=_MOST_TYPED,
        )
        self.field.restore((shell.drafts.load(self.word) or {}).get("lines"))
        self.field.changed.connect(
            lambda: shell.drafts.save(self.word, {"lines": self.field.draft()})
        )
        self.look = push_button(_("See what there is"), self._look, role="primary")
        self.from_file = push_button(_("From a file…"), self._ask_file)
        self.keep = push_button(_("Keep the plan"), self._keep)
        self.place = ChoiceField(_("Institution"))
        self.model: TableModel[Looked] = TableModel(
            words.columns(), lambda line: line.number, parent=self
        )
        self.table = TableView(_("Planned purchase"))
        self.table.show_model(self.model)
        self.empty = EmptyState(_("Nothing is planned yet"), icon="shop")
        self.empty.say(
            _("Nothing is planned yet"),
            _("Write what is missing. Each line shows what is there before it is bought new."),
        )
        self.gathered = Label(tone="small", wrap=True)
        self.answer = push_button(_("What becomes of it…"), self._answer, role="primary")
        self.reopen = push_button(_("Take the answer back"), self._reopen)
        self.gather = push_button(_("Gather the set…"), self._ask_gather)
        self.to_shop = push_button(_("Find in the shop"), self._find)
        self.want = push_button(_("Want furniture…"), self._want)
        self.drop = push_button(_("Give the plan up…"), self._ask_drop, role="danger")
        self._lay_out()
        self.setFocusProxy(self.field.edit)
        self.table.selection_changed.connect(self._picked)
        self.table.opened.connect(lambda _line: self._open())
        self._show(None, None)

    # --- the window ---------------------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """The plans that are kept."""
        return [self.plans]

    def activate(self, argument: object | None) -> None:
        """A plan is pointed to by its id; lines are looked for as if they had been pasted."""
        if isinstance(argument, int):
            self.plans.show_later(argument)
            self.reload()
        elif isinstance(argument, SoughtSet):
            self.plans.show_key(None)
            self._turn()
            self.field.set_value(argument.text)
            self._look_within(argument.within)

    def reload(self) -> None:
        """Read the plans, and look again for what was looked for."""
        self.shell.jobs.read(_known, self._show_known, channel="purchases.known")
        self._read()

    # --- reading ------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Another plan, or a new one."""
        self._text, self._within, self._taken = "", None, {}
        self._show(None, None)
        self._read()

    def _look(self) -> None:
        self._look_within(None)

    def _look_within(self, within: Query | None) -> None:
        """Look for what is typed, in all there is or in what filters of the shop let through."""
        self._within, self._taken = within, {}
        try:
            self._text = self.field.value()
        except Refused as error:
            self.shell.messages.refused(error)
            return
        self._read()

    def _ask_file(self) -> None:
        tables = _("Tables (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        file_dialogs.ask_file(self, _("Choose a file"), tables, self.open_file)

    def open_file(self, path: str) -> None:
        """What stands in a file is shown as if it had been pasted, and looked for."""
        file = Path(path)
        self.shell.jobs.read(
            lambda context: _lines_of(context, file),
            self._filled,
            self.shell.messages.refused,
            channel="purchases.file",
        )

    def _filled(self, text: str) -> None:
        self.field.set_value(text)
        self._look()

    def _read(self) -> None:
        text, within, plan_id = self._text, self._within, self.plans.key
        if isinstance(plan_id, int):
            self.shell.jobs.read(
                lambda context: services.purchases.kept(context, plan_id),
                lambda found: self._show(found.plan, found),
                self._gone,
                channel=self.word,
            )
        elif text or self.model.rowCount():
            self.shell.jobs.read(
                lambda context: services.purchases.look(context, text, within),
                lambda plan: self._show(plan, None),
                self._refused,
                channel=self.word,
            )

    def _refused(self, error: Refused) -> None:
        self._text = ""
        self.shell.messages.refused(error)

    def _gone(self, error: Refused) -> None:
        """The plan was given up, or its keeping undone."""
        self.plans.show_key(None)
        self._turn()

    # --- what is shown ------------------------------------------------------------------------

    def _show_known(self, known: tuple[tuple[PlanRow, ...], list[Institution]]) -> None:
        plans, places = known
        many = len({row.institution_id for row in plans}) > 1
        self.plans.set_choices([Choice(row.id, words.plan(row, many=many)) for row in plans])
        self.plans.setVisible(bool(plans))
        self.place.set_choices([Choice(each.id, each.name) for each in places])
        if self.place.value() is None and places:
            self.place.set_value(places[0].id)
        self.place.setVisible(len(places) > 1)

    def _show(self, plan: PurchasePlan | None, kept: KeptPlan | None) -> None:
        chosen = self._line()
        self.kept = kept
        lines = () if plan is None else plan.lines
        self.model.set_rows(lines)
        self.top.setVisible(self.plans.key is None)
        title = _("What there is") if kept is None else words.title(kept)
        self.card.show_title(title, words.summary(plan) if plan is not None and lines else "")
        self.keep.setEnabled(bool(lines))
        if lines and not (chosen and self.table.select_key(chosen.number)):
            self.table.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        line = self._line()
        kept = None if line is None else line.kept
        for button in (self.to_shop, self.want, self.answer):
            button.setEnabled(line is not None)
        self.answer.setVisible(self.kept is not None)
        self.drop.setVisible(self.kept is not None)
        self.reopen.setVisible(kept is not None and kept.ending is not None)
        self.decision.shown()
        open_still = kept is None or kept.ending is None
        found = None if line is None else line.gathered
        # What is not kept knows nothing of its sets; until it is looked for anew the page does.
        taken = "" if line is None or self.kept else self._taken.get(line.number, "")
        self.gather.setEnabled(found is not None and open_still and not taken)
        told = [] if line is None else [taken or words.told(line)]
        if told and self._within is not None and self.kept is None:
            told.append(_("Only what the shop's filters let through; look again for all of it."))
        self.gathered.setText("\n".join(filter(None, told)))

    def _subject(self) -> tuple[object, ...]:
        line = self._line()
        kept = None if line is None else line.kept
        return (
            self.plans.key,
            None if line is None else (line.number, line.planned),
            None if kept is None else (kept.id, kept.version),
        )

    def _line(self) -> Looked | None:
        return next(iter(self.table.selected_rows()), None)

    # --- what is done with a line -------------------------------------------------------------

    def _open(self) -> None:
        if self.kept is None:
            self._find()
        else:
            self._answer()

    def _find(self) -> None:
        line = self._line()
        if line is not None:
            self.shell.go("shop")
            self.shell.search_for(line.planned.words)

    def _want(self) -> None:
        line = self._line()
        place = None if self.kept is None else self.kept.row.institution_id
        if line is not None:
            self.shell.go("wants", Seed(place, line.planned.words, line.planned.pieces))

    def _place(self) -> int:
        if self.kept is not None:
            return self.kept.row.institution_id
        return int(self.place.value() or 0)

    def _ask_gather(self) -> None:
        place = self._place()
        self.shell.jobs.read(
            lambda context: services.wants.choices(context, place),
            self._gather,
            channel="purchases.set",
        )

    def _gather(self, asked: WantChoices) -> None:
        line = self._line()
        if line is None or line.gathered is None:
            return
        today = self.shell.context.today()
        within = self._within if self.kept is None else None
        dialog = GatherDialog(self, line, line.gathered, asked, today, within)
        self.ask(
            dialog,
            lambda: (self._place(), dialog.form_of()),
            services.purchases.gather,
            lambda done: self._was_gathered(line.number, done),
        )

    def _was_gathered(self, number: int, done: SetTaken) -> None:
        self._taken[number] = words.taken(done)
        self.done(done, self._taken[number])
        self._picked()

    def _answer(self) -> None:
        line = self._line()
        if line is None or line.kept is None:
            return
        kept = line.kept
        dialog = AnswerDialog(self, kept)
        self.ask(
            dialog,
            lambda: (dialog.answer(),),
            lambda context, form: services.purchases.answer(context, kept.id, form, kept.version),
            self._answered,
        )

    def _answered(self, done: Answered) -> None:
        self.done(done, words.answered(done))

    def _reopen(self) -> None:
        line = self._line()
        if line is None or line.kept is None:
            return
        key, version = line.kept.id, line.kept.version
        self.shell.jobs.write(
            lambda context: services.purchases.reopen(context, key, version),
            lambda done: self.done(done, _("Nobody has answered for this line now.")),
            self._said_no,
            hold=(self.reopen,),
        )

    # --- the plan -----------------------------------------------------------------------------

    def _keep(self) -> None:
        try:
            text, place = self.field.value(), self._place()
        except Refused as error:
            self.shell.messages.refused(error)
            return
        self.shell.jobs.write(
            lambda context: services.purchases.keep(context, place, text),
            self._was_kept,
            self.shell.messages.refused,
            hold=(self.keep,),
        )

    def _was_kept(self, done: PlanKept) -> None:
        self.shell.drafts.clear(self.word)
        self.field.set_value("")
        self._text = ""
        self.plans.show_later(done.id)
        self.done(done, _("{number} is kept.").format(number=done.number))

    def _ask_drop(self) -> None:
        if self.kept is None:
            return
        found = self.kept.row
        self.shell.messages.ask(
            _("Give {number} up?").format(number=found.number),
            _("Its answers count no more."),
            _("Give it up"),
            lambda: self.shell.jobs.write(
                lambda context: services.purchases.drop(context, found.id, found.version),
                self._dropped,
                self._said_no,
            ),
            danger=True,
            no=_("Keep it"),
        )

    def _dropped(self, done: PlanKept) -> None:
        self.plans.show_key(None)
        self._turn()
        self.done(done, _("{number} is given up.").format(number=done.number))

    def _said_no(self, error: Refused) -> None:
        self.shell.messages.refused(error)
        self.reload()

    def _lay_out(self) -> None:
        self.top = CardFrame()
        self.top.add(self.field)
        self.top.body.addLayout(row(self.look, self.from_file, self.keep, None))
        self.top.add(self.place)
        self.place.hide()
        self.plans.hide()
        self.card = CardFrame(_("What there is"))
        self.card.add(ListOrEmpty(self.table, self.empty, at_once=True), 1)
        self.card.add(self.gathered)
        acts = (self.answer, self.reopen, self.gather, self.to_shop, self.want)
        self.decision = Decision(self._subject, *acts)
        self.table.picked.connect(self.decision.chosen)
        self.card.body.addLayout(row(*acts, None, self.drop, self.table.columns_button()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page_layout.GAP)
        column.addWidget(self.top)
        column.addWidget(self.card, 1)


def _known(context: Context) -> tuple[tuple[PlanRow, ...], list[Institution]]:
    return services.purchases.plans(context), services.shop.institutions(context)


def _lines_of(context: Context, file: Path) -> str:
    return services.purchases.read_file(context, file_dialogs.read_bytes(file), file.name)
