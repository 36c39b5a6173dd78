"""What is kept about a person, for the person: all of it, however many pages that takes."""

from collections.abc import Sequence

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import (
    BODY,
    BODY_STRONG,
    QUIET,
    SECTION,
    SMALL,
    TITLE,
    Flow,
    head_and_foot,
)
from moebelcirkel.documents.persons.parts import PersonPaper, PersonPart
from moebelcirkel.language import _

#: The widths of a table's columns by how many there are.
_SHARES = {2: (22, 78), 3: (22, 60, 18), 4: (46, 12, 21, 21)}


def person_paper(of: PersonPaper) -> bytes:
    """Draw it."""
    title = _("What is kept about a person")
    flow = Flow()
    flow.paragraph(title, TITLE)
    flow.paragraph(of.name, SECTION)
    flow.gap(4)
    flow.paragraph(_("Made under article 15 of the General Data Protection Regulation."), QUIET)
    for part in of.parts:
        _place(flow, part)
    _place(flow, PersonPart(_("Why, how long, and who sees it"), (), of.record))
    flow.gap(6)
    flow.paragraph(
        _(
            "From the municipality's record of processing; what stands in square "
            "brackets is for the municipality to decide."
        ),
        SMALL,
    )
    return flow.render(head_and_foot(title, of.name, of.printed_at))


def _place(flow: Flow, part: PersonPart) -> None:
    flow.gap(18)
    flow.heading(part.title, SECTION)
    if part.note:
        flow.paragraph(part.note, SMALL)
        flow.gap(4)
    if not part.rows:
        flow.paragraph(_("Nothing."), QUIET)
    elif part.heads:
        shares = _SHARES[len(part.heads)]
        columns = [tables.TableColumn(*each) for each in zip(part.heads, shares, strict=True)]
        tables.place(flow, columns, part.rows, look=tables.DENSE)
    else:
        _facts(flow, part.rows)


def _facts(flow: Flow, rows: Sequence[tuple[str, ...]]) -> None:
    """Name above value, so that a value of any length goes on on the next page."""
    for name, value in rows:
        flow.need(BODY.leading * 2)
        flow.paragraph(name, BODY_STRONG)
        for line in value.splitlines():
            flow.paragraph(line)
        flow.gap(4)
