"""The list of batches, and the words of the card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.language import _, day, kroner, moment, ngettext, number
from moebelcirkel.ui.kit.forms import period as periods
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.tables import Column, chip_column, figure_column, text_column

if TYPE_CHECKING:
    from moebelcirkel.services.settlement import (
        BatchStep,
        Checked,
        InstitutionPart,
        Preview,
        SettlementBatchDetail,
        SettlementBatchRow,
    )

_TONES = {
    SettlementState.READY: "warning",
    SettlementState.RELEASED: "accent",
    SettlementState.BOOKED: "accent",
}


def columns() -> list[Column[SettlementBatchRow]]:
    """Number, period, amount, and how far it is."""
    return [
        Column(
            "number", _("Number"), lambda row: row.number, lambda row: row.id, width=98, strong=True
        ),
        Column(
            "period",
            _("Period"),
            lambda row: periods.words(Period(row.start, row.end)),
            lambda row: row.end,
        ),
        figure_column(
            "charges", _("Charges"), lambda row: row.charge_count, number, width=104, hidden=True
        ),
        Column(
            "net",
            _("Amount"),
            lambda row: kroner(row.net_ore, exact=True),
            lambda row: row.net_ore,
            align="right",
            tone="money",
            width=124,
        ),
        chip_column(
            "state",
            _("State"),
            _chip,
            width=column_width(tuple(_(state.label) for state in SettlementState)),
        ),
        text_column("voucher", _("Voucher"), lambda row: row.voucher, width=110, hidden=True),
    ]


def _chip(row: SettlementBatchRow) -> Chip:
    return Chip(_(row.state.label), _TONES.get(row.state, "neutral"))


def preview_facts(preview: Preview) -> list[Fact]:
    """What a batch would come to, and then what each institution pays."""
    found = [
        _count(preview.charges, _of_them(preview)),
        Fact(_("Postings"), number(preview.postings)),
        *_sums(preview.debit_ore, preview.credit_ore),
        *_parts(preview.parts),
    ]
    if preview.waiting:
        text = f"{number(preview.waiting)} · {kroner(preview.waiting_ore, exact=True)}"
        found.append(
            Fact(
                _("Not confirmed, or complained of"),
                text,
                _("wait for their receivers, for time to pass, or for a decision"),
            )
        )
    if preview.left:
        why = (
            _("other receivers; a basis for invoices")
            if preview.invoices
            else _("other receivers; the invoice basis is switched off")
        )
        text = f"{number(preview.left)} · {kroner(preview.left_ore, exact=True)}"
        found.append(Fact(_("Stay out"), text, why, tone="warning"))
    return found


def _of_them(preview: Preview) -> str:
    """Those from before the period, and those that cost nothing."""
    told = []
    if preview.older:
        text = ngettext("{count} from before", "{count} from before", preview.older)
        told.append(text.format(count=number(preview.older)))
    if preview.free:
        text = ngettext("{count} of 0 kr.", "{count} of 0 kr.", preview.free)
        told.append(text.format(count=number(preview.free)))
    return ", ".join(told)


def _sums(debit: int, credit: int) -> list[Fact]:
    return [
        Fact(_("Debit"), kroner(debit, exact=True), tone="money"),
        Fact(_("Credit"), kroner(credit, exact=True), tone="money"),
        Fact(_("Difference"), kroner(debit - credit, exact=True)),
    ]


def _parts(parts: tuple[InstitutionPart, ...]) -> list[Fact]:
    counted = [
        ngettext("{count} charge", "{count} charges", part.charges).format(
            count=number(part.charges)
        )
        for part in parts
    ]
    return [
        Fact(part.name, kroner(part.net_ore, exact=True), count, tone="money")
        for part, count in zip(parts, counted, strict=True)
    ]


def batch_facts(detail: SettlementBatchDetail) -> list[Fact]:
    """What a batch is, what became of it, and what each institution pays."""
    row = detail.row
    found = [
        Fact(_("Made"), row.by or "Møbelcirklen", moment(row.made_at)),
        *(
            Fact(_begun(_(step.step.label)), step.by or "Møbelcirklen", _stepped(step))
            for step in row.steps
        ),
        Fact(
            _("Posted"), day(row.posting_on), _("Fiscal year {year}").format(year=row.fiscal_year)
        ),
    ]
    if row.legal == Legal.OTHER:
        found.append(Fact(_("Invoice basis"), _("other receivers")))
    if row.reverses:
        found.append(Fact(_("Reverses"), row.reverses))
    if detail.reversed_by:
        found.append(Fact(_("Reversed by"), detail.reversed_by))
    if detail.checked is not None:
        found.append(_checked(detail.checked))
    found.append(_count(row.charge_count))
    return [*found, *_sums(row.debit_ore, row.debit_ore), *_parts(detail.parts)]


def _count(charges: int, of_them: str = "") -> Fact:
    return Fact(_("Charges"), number(charges), of_them)


def _checked(checked: Checked) -> Fact:
    """What the latest extract of the finance system had of it."""
    wrong = checked.missing + checked.differing + checked.foreign_lines
    text = _("agrees")
    if wrong:
        text = ngettext("{count} does not agree", "{count} do not agree", wrong).format(
            count=number(wrong)
        )
    why = f"{checked.file_name} · {moment(checked.at)}"
    return Fact(_("Booked by finance"), text, why, tone="warning" if wrong else "accent")


def _stepped(step: BatchStep) -> str:
    """When, and under which number the finance system has booked it."""
    booked = _("voucher {number}").format(number=step.voucher) if step.voucher else ""
    return " · ".join(filter(None, (moment(step.at), booked)))


def _begun(words: str) -> str:
    """A state as the first word of its line."""
    return words[:1].upper() + words[1:]
