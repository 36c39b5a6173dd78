"""Underbilag: what an institution's postings of a batch are made of, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import SMALL, TITLE, Flow, head_and_foot, sheet_of_paper
from moebelcirkel.language import _, day, kroner


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A charge: what was agreed on the order against what is charged, in øre."""

    order: str
    approved_by: str
    label: str
    name: str
    on: date
    agreed: int
    charged: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """The lines of one institution; their sum is what its postings come to.

    Its CVR number stands there where it is another's than the municipality's.
    """

    batch: str
    institution: str
    ean: str
    cvr: str
    lines: Sequence[VoucherLine]
    printed_at: datetime


def vouchers(papers: Sequence[Voucher], batch: str, printed_at: datetime) -> bytes:
    """Draw one paper for each institution as one print."""
    title = _("Voucher to settlement {number}").format(number=batch)
    paper = sheet_of_paper(title, batch, printed_at)
    for each in papers:
        _flow(each, title).draw_on(paper, head_and_foot(title, each.institution, each.printed_at))
    return paper.finish()


def _flow(of: Voucher, title: str) -> Flow:
    flow = Flow()
    flow.paragraph(title, TITLE)
    numbers = of.ean and f"EAN {of.ean}", of.cvr and f"CVR {of.cvr}"
    flow.paragraph(" · ".join(filter(None, (of.institution, *numbers))))
    flow.gap(12)
    columns = (
        tables.TableColumn(_("Order"), 52, strong=True),
        tables.TableColumn(_("Date"), 54),
        tables.TableColumn(_("Label no."), 68),
        tables.TableColumn(_("Piece"), 88, wraps=True),
        tables.TableColumn(_("Approved by"), 66, wraps=True),
        tables.TableColumn(_("Agreed"), 64, right=True),
        tables.TableColumn(_("Charged"), 66, right=True),
        tables.TableColumn(_("Deviation"), 60, right=True),
    )
    rows = [
        (
            line.order,
            day(line.on),
            line.label,
            line.name,
            line.approved_by,
            kroner(line.agreed, exact=True),
            kroner(line.charged, exact=True),
            kroner(line.charged - line.agreed, exact=True),
        )
        for line in of.lines
    ]
    sums = [sum(each) for each in zip(*((x.agreed, x.charged) for x in of.lines), strict=True)]
    agreed, charged = sums or (0, 0)
    totals = (kroner(ore, exact=True) for ore in (agreed, charged, charged - agreed))
    total = (_("Total"), "", "", "", "", *totals)
    tables.place(flow, columns, rows, total=total)
    flow.gap(6)
    flow.paragraph(_("A piece that was given back stands with a minus. Without VAT."), SMALL)
    return flow
