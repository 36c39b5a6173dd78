"""A loan that is to be fetched is reported as furniture is, so that it rides on a run."""

from collections import Counter

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, day
from moebelcirkel.services.context import Work, writes
from moebelcirkel.services.pickups.reporting import (
    PickupReported,
    Report,
    ReportedLine,
    write_report,
)
from moebelcirkel.storage.queries import loans as loan_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.orders import Order


@writes("pickup.report", Action.HAND_IN)
def fetch(work: Work, order_id: int) -> PickupReported:
    """Report what is still out of a loan; its pieces are taken back by their labels."""
    order = work.get(Order, order_id)
    work.require(Action.HAND_IN, order.institution_id)
    out = loan_queries.pieces_out(work.session, None, order_id)
    if order.loan_until is None or not out:
        raise Refused(N_("Nothing of {number} is out on loan any more."), number=order.number)
    if order_queries.given_back(work.session, order.id):
        raise Refused(
            N_("{number} is reported to be fetched already. Look under Pickups."),
            number=order.number,
        )
    alike = Counter((piece.article_id, piece.category_key, piece.condition) for piece in out)
    note = _("{number} is a loan, to be back by {day}.")
    return write_report(
        work,
        Report(
            institution_id=order.institution_id,
            lines=[
                ReportedLine(
                    category_key=category, pieces=pieces, condition=grade, article_id=article
                )
                for (article, category, grade), pieces in alike.items()
            ],
            building=order.building or "",
            note=note.format(number=order.number, day=day(order.loan_until)),
        ),
        order.id,
    )
