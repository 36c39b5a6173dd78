"""Plukliste: what to fetch from which shelf, in the order one walks the hall."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import BODY, QUIET, TITLE, Flow, head_and_foot
from moebelcirkel.language import _, long_day, ngettext, number

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class PickListLine:
    """So many alike pieces on one place for one receiver; ``numbers`` where they are known."""

    place: str
    name: str
    condition: str
    receiver: str
    order: str
    count: int
    numbers: tuple[str, ...] = ()
    picked: int = 0


@dataclass(frozen=True, slots=True)
class PickList:
    """A round through the hall: what it is for, and its lines."""

    title: str
    day: date | None
    lines: tuple[PickListLine, ...]
    printed_at: datetime


def walking_order(line: PickListLine) -> tuple[list[tuple[int, str]], str, str]:
    """Places as one walks them: 2-9-A before 2-14-C; what has no place comes last."""
    parts = [part for part in _DIGITS.split(line.place.casefold()) if part]
    key = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return key or [(10**9, "")], line.name.casefold(), line.order


def pick_list(picks: PickList) -> bytes:
    """Draw the list, sorted by place."""
    flow = Flow()
    flow.heading(_("Pick list"), TITLE)
    count = sum(line.count - line.picked for line in picks.lines)
    left = ngettext("{count} piece to pick", "{count} pieces to pick", count).format(
        count=number(count)
    )
    day = long_day(picks.day) if picks.day else ""
    flow.paragraph(" · ".join(part for part in (picks.title, day, left) if part), QUIET)
    flow.gap(12)
    if picks.lines:
        _table(flow, picks)
        flow.gap(8)
        flow.paragraph(_("Any of the alike pieces will do, unless a label number is given."), QUIET)
    else:
        flow.paragraph(_("There is nothing to pick. New orders come here when they are approved."))
    return flow.render(head_and_foot(_("Pick list"), picks.title, picks.printed_at))


def _table(flow: Flow, picks: PickList) -> None:
    columns = (
        tables.TableColumn(_("Place"), 84, strong=True),
        tables.TableColumn(_("Piece"), 152, wraps=True),
        tables.TableColumn(_("To"), 112, wraps=True),
        tables.TableColumn(_("Order"), 64),
        tables.TableColumn(_("Quantity"), 52, right=True),
        tables.TableColumn(_("Picked"), 52, right=True, tick=True),
    )
    rows = [_row(line) for line in sorted(picks.lines, key=walking_order)]
    tables.place(flow, columns, rows, look=tables.TableLook(BODY, row_height=22.0))


def _row(line: PickListLine) -> tuple[str, ...]:
    name = f"{line.name} · {line.condition}" if line.condition else line.name
    if line.numbers:
        name = f"{name} · {', '.join(line.numbers)}"
    done = _("{picked} of {count}").format(picked=line.picked, count=line.count)
    return (
        line.place or _("no place"),
        name,
        line.receiver,
        line.order,
        str(line.count),
        done if line.picked else "",
    )
