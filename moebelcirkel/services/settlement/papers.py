"""The voucher of each institution as PDF: plain data out of the rows, drawn by ``documents``."""

from itertools import groupby
from typing import TYPE_CHECKING

from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement.drafts import called
from moebelcirkel.services.settlement.lists import charge_words, one, signed
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import BatchCharge

if TYPE_CHECKING:
    from moebelcirkel.documents.settlement.voucher import VoucherLine


def vouchers_pdf(context: Context, batch_id: int) -> bytes:
    """All lines of a batch, a paper for each institution; its sum is what its postings come to."""
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.settlement.voucher import Voucher, vouchers

    context.require(Action.SETTLE)
    now = context.now()
    with context.read() as session:
        row = one(session, batch_id)
        found = signed(row, queries.lines(session, batch_id))
        ids = {line.institution_id for line in found}
        payers = queries.payers_at(session, ids, row.change_id)
    papers = [
        Voucher(
            row.number,
            called(payers[key]),
            payers[key].ean,
            payers[key].cvr if row.legal == Legal.OTHER else "",
            [_line(line) for line in lines],
            now,
        )
        for key, lines in groupby(found, key=lambda line: line.institution_id)
    ]
    return vouchers(papers, row.number, now)


def _line(line: BatchCharge) -> "VoucherLine":
    from moebelcirkel.documents.settlement.voucher import VoucherLine

    return VoucherLine(
        line.order,
        line.approved_by,
        line.label,
        charge_words(line),
        line.effective_on,
        line.agreed_ore,
        line.charged_ore,
    )
