"""Two institutions become one: into which, what goes along, what stays, and what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from moebelcirkel.language import _, kroner, number, refusal
from moebelcirkel.services import institutions
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.lists.facts import ROW, Fact, FactList
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.institutions import InstitutionMerge
    from moebelcirkel.ui.kit.shell import Shell

#: A card without its lines.
_HEAD = 72


class MergeInstitutionDialog(ActionDialog):
    """Nothing can be merged before the other one is chosen and what happens was shown."""

    def __init__(
        self, parent: QWidget, shell: Shell, key: int, name: str, others: Sequence[Choice]
    ) -> None:
        super().__init__(
            parent,
            _("Merge {name} with another institution").format(name=name),
            _("Merge the institutions"),
            _(
                "What is open goes on with the one that stays. What was stays as it was written,"
                " and is answered for by the people of the one that stays. You can undo it"
                " while nothing has built on it."
            ),
        )
        self._shell, self._key = shell, key
        self._seen: InstitutionMerge | None = None
        self.into = self.form.add(
            "into", ChoiceField(_("The institution that stays"), others, required=True)
        )
        self.goes, self.stays = FactList(), FactList()
        cards = QHBoxLayout()
        cards.setSpacing(12)
        self._cards = [CardFrame(title) for title in (_("Goes along"), _("Stays"))]
        for card, facts in zip(self._cards, (self.goes, self.stays), strict=True):
            card.setProperty("card", "sunken")
            card.add(facts)
            card.body.addStretch(1)
            cards.addWidget(card, 1)
        self.sent = Label(tone="small", wrap=True)
        at = self.column.indexOf(self.form) + 1
        self.column.insertLayout(at, cards, 1)
        self.column.insertWidget(at + 1, self.sent)
        self.setMinimumWidth(theme.current().px(640))
        self.into.changed.connect(self._read)
        self.verb.setEnabled(False)
        self.sent.hide()
        self._say_nothing()

    @property
    def other(self) -> str:
        """What the one that stays is called."""
        return self._seen.kept.name if self._seen else ""

    def _say_nothing(self) -> None:
        for facts in (self.goes, self.stays):
            facts.show_facts([Fact(_("Choose the institution that stays"), "")])

    def _read(self) -> None:
        key, into = self._key, self.into.draft()
        self.verb.setEnabled(False)
        self.notice.hide()
        if not isinstance(into, int):
            self._say_nothing()
            return
        self._shell.jobs.read(
            lambda context: institutions.preview(context, key, into),
            self._show,
            self.refuse,
            channel="merge",
            owner=self,
        )

    def _show(self, seen: InstitutionMerge) -> None:
        self._seen = seen
        going = _going(seen) or [Fact(_("Nothing is open"), "")]
        staying = _staying(seen) or [Fact(_("Nothing was delivered"), "")]
        self.goes.show_facts(going)
        self.stays.show_facts(staying)
        # Before it is laid out anew nothing else keeps the lines from being pressed together.
        most = max(len(going), len(staying))
        for card in self._cards:
            card.setMinimumHeight(theme.current().px(_HEAD + (ROW + 2) * most))
        self.sent.setText(
            _(
                "What is not settled yet is sent to the EAN number of {name}, with the accounts it"
                " was ordered with."
            ).format(name=seen.kept.name)
            if seen.staying.charges
            else ""
        )
        self.sent.setVisible(bool(self.sent.text()))
        self.verb.setEnabled(not seen.faults)
        if seen.faults:
            self.notice.say("\n".join(map(refusal, seen.faults)))
        need = self.column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), need))

    def versions(self) -> tuple[int, int, int, int] | None:
        """Which one is merged into which, with the versions that are shown."""
        seen = self._seen
        if seen is None:
            return None
        return seen.merged.id, seen.kept.id, seen.merged.version, seen.kept.version


def _counted(*counts: tuple[str, int]) -> list[Fact]:
    return [Fact(label, number(count)) for label, count in counts if count]


def _going(seen: InstitutionMerge) -> list[Fact]:
    moving = seen.moving
    return _counted(
        (_("Open orders"), moving.orders),
        (_("Delivery notes that are not handed over"), moving.notes),
        (_("Stops on planned runs"), moving.stops),
        (_("Open wants"), moving.wants),
        (_("Open pickups"), moving.pickups),
        (_("Planned purchases"), moving.plans),
        (_("People with roles"), moving.people),
        (_("Accounts that the other one has not"), moving.accounts),
    )


def _staying(seen: InstitutionMerge) -> list[Fact]:
    staying = seen.staying
    found = _counted(
        (_("Orders that are over"), staying.orders),
        (_("Furniture that stands there"), staying.pieces),
        (_("of it on loan"), staying.loans),
        (_("Complaints under way"), staying.complaints),
        (_("Budget ceilings"), staying.ceilings),
    )
    if staying.charges:
        found.append(Fact(_("Not settled yet"), kroner(staying.charges_ore)))
    return found
