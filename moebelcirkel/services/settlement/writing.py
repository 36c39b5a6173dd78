"""The posting file of a batch, out of its postings and whom they name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.documents.settlement.posting_file import FilePosting, posting_file
from moebelcirkel.domain.settlement import Legal, Profile
from moebelcirkel.services.settlement.drafts import Around
from moebelcirkel.storage.queries.settlement import Posting


@dataclass(frozen=True, slots=True)
class BatchFileHead:
    """What all lines of a batch's file have in common."""

    number: str
    voucher_on: dt.date
    posting_on: dt.date
    fiscal_year: int
    legal: Legal
    exchange: str


def file_of(how: Profile, head: BatchFileHead, postings: Iterable[Posting], found: Around) -> bytes:
    """The posting file of a batch."""
    payers, _bearers, orders = found
    period = head.posting_on.month
    if head.fiscal_year < head.posting_on.year:
        period = how.last_period

    def line(each: Posting) -> FilePosting:
        payer = payers[each.institution_id]
        order = orders[each.order_id] if each.order_id else None
        return FilePosting(
            batch=head.number,
            voucher=each.voucher,
            line=each.position,
            voucher_on=head.voucher_on,
            posting_on=head.posting_on,
            period=period,
            fiscal_year=head.fiscal_year,
            account=each.account,
            bearer=each.bearer,
            ean=payer.ean if each.pays else "",
            counterpart=head.exchange if each.pays else payer.name,
            side=each.side,
            amount_ore=each.amount_ore,
            vat=how.vat_own if head.legal == Legal.OWN else how.vat_other,
            text=each.text,
            order=order.number if order else "",
            institution=payer.name,
            approved_by=order.approved_by if order else "",
            reference=f"{head.number}-{each.voucher}",
            cvr=payer.cvr if each.pays else "",
        )

    return posting_file(how, map(line, postings))
