"""What the finance system's extract is read by, and its lines beside what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moebelcirkel import services
from moebelcirkel.domain.settlement import DIFFERENCE_NAMES, MatchOutcome, Pair
from moebelcirkel.language import N_, _, kroner, ngettext, number, refusal
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.parts.file_words import decimal_choices, encoding_choices

if TYPE_CHECKING:
    from moebelcirkel.services.imports import LineError, RecordChoices, Source
    from moebelcirkel.services.settlement import BatchSum, Comparison

UNREAD = "unread"
_UNREAD_NAME = N_("cannot be read")
_TONES = {
    MatchOutcome.MATCHED: "accent",
    MatchOutcome.MISSING: "error",
    MatchOutcome.DIFFERENT: "warning",
}
#: How the file is read, beside its columns.
_FACTS = ("sheet", "encoding", "decimal")


@dataclass(frozen=True, slots=True)
class ExtractEntry:
    """A posting, a line, or both; or a line that cannot be read."""

    key: int
    state: str
    pair: Pair | None
    error: LineError | None = None


def entries(found: Comparison) -> list[ExtractEntry]:
    """All of them, what cannot be read last."""
    pairs = [ExtractEntry(key, pair.outcome, pair) for key, pair in enumerate(found.pairs)]
    errors = [
        ExtractEntry(key, UNREAD, None, error) for key, error in enumerate(found.unread, len(pairs))
    ]
    return [*pairs, *errors]


def state_names() -> dict[str, str]:
    """What becomes of lines, in words."""
    return {**{each.value: _(each.label) for each in MatchOutcome}, UNREAD: _(_UNREAD_NAME)}


def columns() -> list[Column[ExtractEntry]]:
    """What was sent, and what the finance system has."""
    return [
        Column("state", _("State"), _state, _state, chip=_chip, width=_state_width()),
        Column("posting", _("Posting"), _posting, _posting, strong=True, width=130),
        Column("account", _("Ledger account"), _account, _account, width=96),
        Column("bearer", _("Cost bearer"), _bearer, _bearer, keeps_end=True),
        Column("sent", _("Sent"), _sent, _sent_ore, align="right", tone="money", width=112),
        Column("booked", _("Booked"), _booked, _booked_ore, align="right", tone="money", width=112),
        Column("why", _("Difference"), _why, _why, tip=_why),
        Column("line", _("Line"), _line, _line_number, align="right", width=64),
    ]


def _state(entry: ExtractEntry) -> str:
    return state_names()[entry.state]


def _state_width() -> int:
    return column_width(tuple(state_names().values()))


def _chip(entry: ExtractEntry) -> Chip:
    tone = "error" if entry.state == UNREAD else _TONES.get(MatchOutcome(entry.state), "neutral")
    return Chip(_state(entry), tone)


def _posting(entry: ExtractEntry) -> str:
    if entry.pair is None:
        return ""
    sent, told = entry.pair.sent, entry.pair.told
    if sent is not None:
        return f"{sent.batch}-{sent.voucher}"
    return told.reference if told else ""


def _account(entry: ExtractEntry) -> str:
    return _either(entry, "account")


def _bearer(entry: ExtractEntry) -> str:
    return _either(entry, "bearer")


def _either(entry: ExtractEntry, name: str) -> str:
    """As it was sent, or as the extract has it."""
    if entry.pair is None:
        return ""
    return getattr(entry.pair.sent or entry.pair.told, name) or ""


def _sent_ore(entry: ExtractEntry) -> int:
    return entry.pair.sent.amount_ore if entry.pair and entry.pair.sent else 0


def _sent(entry: ExtractEntry) -> str:
    return kroner(_sent_ore(entry), exact=True) if entry.pair and entry.pair.sent else ""


def _booked_ore(entry: ExtractEntry) -> int:
    return entry.pair.told.amount_ore if entry.pair and entry.pair.told else 0


def _booked(entry: ExtractEntry) -> str:
    return kroner(_booked_ore(entry), exact=True) if entry.pair and entry.pair.told else ""


def _why(entry: ExtractEntry) -> str:
    """In words what is otherwise, or why the line cannot be read."""
    if entry.error is not None:
        said = refusal(entry.error.refused())
        return f"{entry.error.column}: {said}" if entry.error.column else said
    pair = entry.pair
    if pair is None or pair.told is None:
        return ""
    told = {
        "amount_ore": kroner(pair.told.amount_ore, exact=True),
        "account": pair.told.account,
        "bearer": pair.told.bearer,
    }
    return ", ".join(f"{_(DIFFERENCE_NAMES[each])}: {told[each] or '–'}" for each in pair.differs)


def _line_number(entry: ExtractEntry) -> int:
    if entry.error is not None:
        return entry.error.line
    return entry.pair.told.line if entry.pair and entry.pair.told else 0


def _line(entry: ExtractEntry) -> str:
    return number(_line_number(entry)) if _line_number(entry) else ""


def sum_words(each: BatchSum) -> str:
    """What the extract has of one batch."""
    if each.agrees:
        return ngettext(
            "{number} agrees: its posting is booked as it was sent.",
            "{number} agrees: all {count} postings are booked as they were sent.",
            each.matched,
        ).format(number=each.number, count=number(each.matched))
    if not (each.matched or each.differing or each.foreign):
        return ngettext(
            "{number} is not in the extract: {count} posting is missing.",
            "{number} is not in the extract: {count} postings are missing.",
            each.missing,
        ).format(number=each.number, count=number(each.missing))
    text = _(
        "{number}: {matched} agree, {missing} are missing, {differing} are different, {more} too"
        " many."
    )
    return text.format(
        number=each.number,
        matched=number(each.matched),
        missing=number(each.missing),
        differing=number(each.differing),
        more=number(each.foreign),
    )


class ExtractForm(Form):
    """How the file is read, which column holds what, and which postings it holds."""

    def __init__(self) -> None:
        super().__init__(4)
        self.add("sheet", ChoiceField(_("Sheet")))
        self.add("encoding", ChoiceField(_("Encoding")))
        self.add("decimal", ChoiceField(_("Decimal sign"), decimal_choices()))
        for each in services.settlement.FIELDS:
            self.add(each.name, ChoiceField(_(each.title), nothing=_("Not in the file")))
        which = [
            Choice(services.settlement.OURS, _("Only the exchange's")),
            Choice(services.settlement.THEIRS, _("Only the institutions'")),
        ]
        self.add("which", ChoiceField(_("Postings in the file"), which, nothing=_("All")))

    def show_source(self, source: Source, choices: RecordChoices) -> None:
        """Offer the file's columns, and choose those that are suggested."""
        table = source.table
        self._offer("sheet", _same(table.sheets))
        self._offer("encoding", encoding_choices(source.readings))
        for each in services.settlement.FIELDS:
            self._offer(each.name, _same(table.columns))
        found: dict[str, Any] = {name: getattr(table, name) for name in _FACTS}
        found |= {each.name: choices.columns.get(each.name) for each in services.settlement.FIELDS}
        found["which"] = choices.fixed.get(services.settlement.WHICH)
        self.set_values(found)
        out = {"encoding"} if table.kind == "xlsx" else {"sheet"}
        self.leave_out(out if len(table.sheets) > 1 else out | {"sheet"})

    def _offer(self, name: str, offered: list[Choice]) -> None:
        field = self.field(name)
        assert isinstance(field, ChoiceField)
        field.set_choices(offered)

    def facts(self) -> dict[str, Any]:
        """How the file is to be read."""
        values = self.values()
        return {name: values.get(name) for name in _FACTS if values.get(name)}

    def choices(self) -> RecordChoices:
        """Which column holds what."""
        from moebelcirkel.services.imports import RecordChoices

        values = self.values()
        held = {each.name: str(values.get(each.name) or "") for each in services.settlement.FIELDS}
        which = values.get("which")
        return RecordChoices(held, {services.settlement.WHICH: str(which)} if which else {})


def _same(texts: Sequence[str]) -> list[Choice]:
    return [Choice(text, text) for text in texts]
