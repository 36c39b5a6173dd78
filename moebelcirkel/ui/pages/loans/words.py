"""A loan in words, the same in the list, beside it, and in what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.language import _, day, kroner, ngettext, number
from moebelcirkel.services.loans import LoanKept
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, chip_column, figure_column

if TYPE_CHECKING:
    from moebelcirkel.services.loans import LoanEnded, LoanRow

#: What is to come back within so many days is marked.
_SOON = 7


def chip(row: LoanRow) -> Chip:
    """How long it is until it is due, or since it was."""
    if row.overdue:
        late = -row.days_left
        text = ngettext("{count} day overdue", "{count} days overdue", late)
        return Chip(text.format(count=number(late)), "error")
    if row.days_left == 0:
        return Chip(_("due today"), "warning")
    text = ngettext("in {count} day", "in {count} days", row.days_left)
    return Chip(
        text.format(count=number(row.days_left)), "warning" if row.days_left <= _SOON else "neutral"
    )


def what(row: LoanRow) -> str:
    """The types of its pieces: "Stabelstol, sort, og 2 andre slags"."""
    more = len(row.names) - 1
    if not more:
        return row.names[0]
    text = ngettext("{name} and {count} other kind", "{name} and {count} other kinds", more)
    return text.format(name=row.names[0], count=more)


def ended(done: LoanEnded) -> str:
    """What became of the pieces that do not come back."""
    if isinstance(done, LoanKept):
        text = ngettext(
            "{count} piece is kept: {number}, {price}",
            "{count} pieces are kept: {number}, {price}",
            done.pieces,
        )
        price = kroner(done.amount_ore)
        return text.format(count=number(done.pieces), number=done.kept_number, price=price)
    text = ngettext(
        "{count} piece of {number} is lost", "{count} pieces of {number} are lost", done.pieces
    )
    return text.format(count=number(done.pieces), number=done.number)


def columns(*, many_institutions: bool) -> list[Column[LoanRow]]:
    """Who has what, how many, until when."""
    return [
        Column(
            "number", _("Number"), lambda row: row.number, lambda row: row.id, width=84, strong=True
        ),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            hidden=not many_institutions,
        ),
        Column("what", _("Furniture"), what, tip=lambda row: ", ".join(row.names)),
        figure_column("pieces", _("Pieces"), lambda row: row.pieces, number, width=72, hidden=True),
        Column(
            "until",
            _("Latest"),
            lambda row: day(row.until),
            lambda row: row.until,
            width=84,
            tone="small",
        ),
        chip_column("state", _("State"), chip, lambda row: row.days_left, width=130),
    ]
