"""Følgeseddel: the paper that travels with the furniture and is signed by its receiver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from moebelcirkel.documents import fonts, tables
from moebelcirkel.documents.paper import (
    BODY,
    BODY_STRONG,
    EDGE,
    HEAD,
    MARGIN,
    MUTED,
    QUIET,
    SMALL,
    TITLE,
    WIDTH,
    Flow,
    HeadAndFoot,
    Pen,
    Style,
    head_and_foot,
    sheet_of_paper,
)
from moebelcirkel.language import _, kroner, long_day, ngettext, number

_CODE = 72.0
_RECEIVER = Style(size=12.0, font=fonts.BOLD, leading=16.0)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One piece on the paper."""

    number: str
    name: str
    condition: str
    place: str
    price: int


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """What is delivered to whom; prices in øre. ``fees`` are named and charged with it."""

    number: str
    receiver: str
    address: tuple[str, ...]
    day: date
    orders: tuple[str, ...]
    lines: tuple[DeliveryLine, ...]
    notes: str
    printed_at: datetime
    fees: tuple[tuple[str, int], ...] = ()

    @property
    def amount(self) -> int:
        """The total: pieces and fees."""
        return sum(line.price for line in self.lines) + sum(ore for _name, ore in self.fees)


def delivery_notes(notes: Sequence[DeliveryNote]) -> bytes:
    """Draw several papers as one print; each begins on a page 1 of its own."""
    title = _title(notes[0]) if len(notes) == 1 else _("Delivery notes")
    subject = ", ".join(note.receiver for note in notes)
    paper = sheet_of_paper(title, subject, max(note.printed_at for note in notes))
    for note in notes:
        _flow(note).draw_on(paper, _edges(note))
    return paper.finish()


def _title(note: DeliveryNote) -> str:
    return _("Delivery note {number}").format(number=note.number)


def _edges(note: DeliveryNote) -> HeadAndFoot:
    return head_and_foot(_title(note), note.receiver, note.printed_at)


def _flow(note: DeliveryNote) -> Flow:
    flow = Flow()
    _head(flow, note)
    _pieces(flow, note)
    if note.notes.strip():
        flow.gap(16)
        flow.need(BODY.leading * 3)
        flow.paragraph(_("Notes"), HEAD)
        for line in note.notes.splitlines():
            flow.paragraph(line)
    flow.gap(24)
    flow.add(92, _signature)
    return flow


def _head(flow: Flow, note: DeliveryNote) -> None:
    """Title and receiver to the left, the code of the delivery to the right."""
    lines = [line for line in note.address if line.strip()]
    address = BODY.leading * len(lines)
    tall = max(_CODE + 20, TITLE.leading + 6 + HEAD.leading + _RECEIVER.leading + address)
    flow.add(tall, partial(_draw_head, note, tuple(lines)))
    flow.gap(12)
    orders = _("Order") if len(note.orders) == 1 else _("Orders")
    facts = [(_("Delivery day"), long_day(note.day))]
    if note.orders:
        facts.append((orders, ", ".join(note.orders)))
    for label, value in facts:
        shown = BODY.wrap(value, WIDTH - 2 * MARGIN - 110)
        flow.add(len(shown) * BODY.leading, partial(_fact, label, shown))
    flow.gap(14)


def _draw_head(note: DeliveryNote, address: tuple[str, ...], pen: Pen, top: float) -> None:
    right = WIDTH - MARGIN
    room = WIDTH - 2 * MARGIN - _CODE - 24
    pen.text(MARGIN, top + TITLE.size, TITLE.fit(_("Delivery note"), room), TITLE)
    y = top + TITLE.leading + 6
    pen.text(MARGIN, y + HEAD.size, _("To"), HEAD)
    y = pen.lines(MARGIN, y + HEAD.leading, (_RECEIVER.fit(note.receiver, room),), _RECEIVER)
    for line in address:
        y = pen.lines(MARGIN, y, (BODY.fit(line, room),))
    pen.code(right - _CODE, top, _CODE, note.number)
    number = BODY_STRONG.fit(note.number, _CODE + 60)
    centre = right - _CODE / 2
    left = min(centre - BODY_STRONG.width(number) / 2, right - BODY_STRONG.width(number))
    pen.text(left, top + _CODE + 14, number, BODY_STRONG)


def _fact(label: str, lines: tuple[str, ...], pen: Pen, top: float) -> None:
    pen.text(MARGIN, top + BODY.size, label, HEAD)
    pen.lines(MARGIN + 110, top, lines)


def _pieces(flow: Flow, note: DeliveryNote) -> None:
    columns = (
        tables.TableColumn(_("Label no."), 78, strong=True),
        tables.TableColumn(_("Piece"), 190, wraps=True),
        tables.TableColumn(_("Condition"), 90),
        tables.TableColumn(_("From place"), 90),
        tables.TableColumn(_("Price"), 62, right=True),
    )
    rows = [
        (line.number, line.name, line.condition, line.place, kroner(line.price))
        for line in note.lines
    ]
    count = ngettext("{count} piece", "{count} pieces", len(rows)).format(count=number(len(rows)))
    rows += [("", name, "", "", kroner(ore)) for name, ore in note.fees]
    tables.place(flow, columns, rows, total=(_("Total"), count, "", "", kroner(note.amount)))
    flow.gap(6)
    flow.paragraph(_("Internal prices without VAT. The amount is settled internally."), SMALL)


def _signature(pen: Pen, top: float) -> None:
    """Where the receiver signs; the code of the delivery confirms the same by scan."""
    pen.text(MARGIN, top + BODY.size, _("Received in good order"), BODY_STRONG)
    pen.lines(
        MARGIN,
        top + BODY.leading,
        QUIET.wrap(_("Write any damage or missing pieces here before you sign."), 480),
        QUIET,
    )
    pen.rule(MARGIN, WIDTH - MARGIN, top + 46, EDGE)
    small = Style(size=8.5, colour=MUTED)
    middle = WIDTH / 2
    pen.rule(MARGIN, middle - 40, top + 78, EDGE)
    pen.rule(middle - 20, WIDTH - MARGIN, top + 78, EDGE)
    pen.text(MARGIN, top + 89, _("Date"), small)
    pen.text(middle - 20, top + 89, _("Signature"), small)
