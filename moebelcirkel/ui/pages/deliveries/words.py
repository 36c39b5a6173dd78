"""What the page of deliveries reads, and how it is worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _, day, ngettext, number, zone
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.parts.order_words import urgently

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import Note, PickRow, Receiver

RowKey = tuple[str, int, str, int, bool, bool]


@dataclass(frozen=True, slots=True)
class DeliveriesShown:
    """All that the page shows at once."""

    receivers: Sequence[Receiver]
    rows: Sequence[PickRow]
    notes: Sequence[Note]
    held_back: int = 0


def read(context: Context, institution_id: int | None, *, later: bool = False) -> DeliveriesShown:
    """Receivers, and the pick list and notes of one of them or of all."""
    return DeliveriesShown(
        services.deliveries.receivers(context, later=later),
        services.deliveries.pick_list(context, institution_id, later=later),
        services.deliveries.notes(context, institution_id),
        services.deliveries.held_back(context),
    )


def later(count: int) -> str:
    """What the switch for orders whose day is far off is called."""
    words = ngettext("Also {count} later order", "Also {count} later orders", count)
    return words.format(count=number(count))


def pieces(count: int) -> str:
    """ "16 møbler"."""
    words = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
    return words.format(count=number(count))


def key(row: PickRow) -> RowKey:
    """What a row of the list is known by."""
    alike = row.place, row.article_id, row.condition, row.institution_id
    return *alike, bool(row.numbers), row.urgent


def name(row: PickRow) -> str:
    """Type and condition, and the numbers where exactly these pieces are ordered."""
    text = f"{row.name}, {row.condition}"
    return f"{text} · {', '.join(row.numbers)}" if row.numbers else text


def receiver(row: PickRow) -> str:
    """Who gets it, and that it is urgent."""
    return urgently(row.institution) if row.urgent else row.institution


def state_chip(row: PickRow) -> Chip:
    """ "5 af 12": how far the row is."""
    if not row.picked:
        return Chip(_("not picked"))
    text = _("{picked} of {count}").format(picked=number(row.picked), count=number(row.count))
    return Chip(text, "accent" if row.picked == row.count else "warning")


def fits(row: PickRow, typed: str) -> bool:
    """Tell whether all words typed are somewhere in the row."""
    text = fold(" ".join((row.place, name(row), row.institution, *row.orders)))
    return all(word in text for word in fold(typed).split())


def pick_columns() -> list[Column[PickRow]]:
    """The pick list, in the order one walks the hall."""
    return [
        Column(
            "place",
            _("Place"),
            lambda r: r.place or _("no place"),
            width=120,  # also where a giver's report stands for a place
            strong=True,
            tip=lambda r: r.place_name,
        ),
        Column("piece", _("Piece"), name, tip=name, keeps_end=True),
        Column("receiver", _("To"), receiver, width=180, tip=lambda r: ", ".join(r.orders)),
        Column("count", _("Quantity"), lambda r: number(r.count), align="right", width=76),
        chip_column("picked", _("Picked"), state_chip, width=116),
    ]


def note_columns() -> list[Column[Note]]:
    """Delivery notes that wait for their hand-over."""
    return [
        Column("number", _("Delivery note"), lambda n: n.number, width=120, strong=True),
        Column("receiver", _("To"), lambda n: n.institution),
        Column("made", _("Made"), lambda n: day(n.created_at.astimezone(zone()).date()), width=110),
        Column("pieces", _("Quantity"), lambda n: number(n.pieces), align="right", width=76),
    ]
