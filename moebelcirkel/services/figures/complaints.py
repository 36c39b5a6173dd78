"""What a complaint comes to: a charge for the difference and a line beside the hand-over's own.

What was charged and what was credited is never changed, so that a settled charge is put right by
the next settlement, and a recorded report by its corrections.
"""

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.figures import ChargeKind, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.figures.inputs import sum_costs
from moebelcirkel.services.figures.lines import CHARGED, COPIED, figure_values, reversed_on
from moebelcirkel.storage.queries import complaints as queries
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Work


def settle(work: Work, complaint: Complaint, price_ore: int) -> None:
    """Charge what the piece costs less than before."""
    line = queries.hand_over_of(work.session, complaint.order_line_id)
    charge = queries.charge_of(work.session, line)
    less = price_ore - queries.paid_ore(work.session, complaint.order_line_id)
    if less:
        row = Charge(
            change_id=work.change_id,
            kind=ChargeKind.PRICE,
            corrects_id=charge.id,
            amount_ore=less,
            effective_on=reversed_on(line, work.today),
            booked_at=work.now,
            **{name: getattr(charge, name) for name in CHARGED},
        )
        work.session.add(row)
        _beside(work, line, less)


def settle_returned(work: Work, unit: Unit) -> None:
    """A piece that comes back as it was agreed to has its price given back."""
    complaint = queries.agreed(work.session, unit.id, Outcome.RETURN)
    if complaint is not None:
        settle(work, complaint, 0)
        complaint.state = ComplaintState.CLOSED


def settle_repaired(work: Work, unit: Unit) -> Complaint:
    """A piece that was repaired for who has it: what it cost is a later cost of its hand-over."""
    complaint = queries.agreed(work.session, unit.id, Outcome.REPAIR)
    assert complaint is not None  # only a complaint brings a piece there
    _beside(work, queries.hand_over_of(work.session, complaint.order_line_id), 0)
    complaint.state = ComplaintState.CLOSED
    return complaint


def _beside(work: Work, line: FigureLine, price_ore: int) -> None:
    """The line of what this very change has booked on the piece, and of its price."""
    cost = sum_costs(queries.costs_in(work.session, line.unit_id, work.change_id))
    said = rules.kept(cost.ore, cost.kg, cost.low_kg, cost.high_kg)
    values = rules.complained(FigureInputs.from_dict(line.inputs), said)
    row = FigureLine(
        change_id=work.change_id,
        kind=LineKind.COMPLAINT,
        corrects_id=line.id,
        effective_on=reversed_on(line, work.today),
        booked_at=work.now,
        price_paid_ore=price_ore,
        inputs=said,
        **{name: getattr(line, name) for name in COPIED},
        **figure_values(values),
    )
    work.session.add(row)
    work.session.flush()
