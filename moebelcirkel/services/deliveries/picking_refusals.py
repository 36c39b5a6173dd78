"""Why a scanned or chosen piece is not picked, in words that say what to do."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.language import moment
from moebelcirkel.services.context import Work
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.touched import last_touched

#: So many kinds are named of what would have been right.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PickedFor:
    """For whom is picked: one order, one institution, or whoever has ordered it."""

    order_id: int | None
    institution_id: int | None

    @property
    def ids(self) -> tuple[int | None, int | None]:
        """Order and institution, for queries."""
        return self.order_id, self.institution_id

    def covers(self, order: Order) -> bool:
        """Tell whether the order is one of those picked for."""
        return self.order_id in (None, order.id) and (
            self.institution_id in (None, order.institution_id)
        )


def institution_name(work: Work, institution_id: int) -> str:
    return work.session.get_one(Institution, institution_id).name


def cancelled(work: Work, line: OrderLine, unit: Unit, order: Order) -> Refused:
    found = last_touched(work.session, "order_line", line.id)
    if found is None:
        return Refused(
            N_("{number} is no longer on order {order}. Reload the list."),
            number=unit.number,
            order=order.number,
        )
    name, at = found
    values = {"number": unit.number, "order": order.number, "name": name, "moment": moment(at)}
    other = _holding(work, unit)
    if other is None:
        return Refused(
            N_(
                "{number} is no longer on order {order}: {name} cancelled it {moment}."
                " Reload the list."
            ),
            **values,
        )
    return Refused(
        N_(
            "{number} is no longer on order {order}: {name} cancelled it {moment}. Now it is on"
            " order {other} for {institution}. Reload the list."
        ),
        **values,
        other=other.number,
        institution=institution_name(work, other.institution_id),
    )


def _holding(work: Work, unit: Unit) -> Order | None:
    """The order that the piece stands on now."""
    line = delivery_queries.open_line_of(work.session, unit.id)
    if line is not None:
        return work.session.get_one(Order, line.order_id)
    return delivery_queries.order_picked_with(work.session, unit.id)


def not_picked(work: Work, line: OrderLine, unit: Unit, order: Order) -> Refused:
    """What became of a line that was picked when the list was read."""
    if line.state == LineState.CANCELLED:
        return cancelled(work, line, unit, order)
    found = last_touched(work.session, "order_line", line.id)
    if line.state == LineState.OPEN and found is not None:
        return Refused(
            N_("{number} has been put back already: {name} did so {moment}. Reload the list."),
            number=unit.number,
            name=found[0],
            moment=moment(found[1]),
        )
    return Refused(
        N_("{number} is no longer picked for {institution}. Reload the list."),
        number=unit.number,
        institution=institution_name(work, order.institution_id),
    )


def already_picked(work: Work, unit: Unit, order: Order) -> Refused:
    return Refused(
        N_("{number} has already been picked for {institution}."),
        number=unit.number,
        institution=institution_name(work, order.institution_id),
    )


def ordered_by(work: Work, unit: Unit, order: Order) -> Refused:
    name = institution_name(work, order.institution_id)
    if order.state == OrderState.AWAITING:
        return Refused(
            N_("{number} is ordered by {institution}, but the order still awaits approval."),
            number=unit.number,
            institution=name,
        )
    return Refused(
        N_("Exactly {number} is ordered by {institution}. Take another one."),
        number=unit.number,
        institution=name,
    )


def in_basket(work: Work, unit: Unit, basket: Basket) -> Refused:
    return Refused(
        N_("{number} is in the basket of {institution}. Take another one."),
        number=unit.number,
        institution=institution_name(work, basket.institution_id),
    )


def not_free(work: Work, unit: Unit) -> Refused:
    """Why a piece that is not on sale and on no open line cannot be picked."""
    if unit.state == State.PICKED:
        order = delivery_queries.order_picked_with(work.session, unit.id)
        if order is not None:
            return already_picked(work, unit, order)
    try:
        apply(Step.PICK, unit.state, unit.number)
    except Refused as refusal:
        return refusal
    return Refused(N_("{number} is not ordered by anyone."), number=unit.number)


def no_line(work: Work, unit: Unit, own: OrderLine | None, scope: PickedFor) -> Refused:
    """Why no line takes the piece: another condition, another price, or nobody wants it."""
    if own is not None:
        return _ordered_by_other(work, unit, own, scope)
    wanted = delivery_queries.wanting(work.session, unit, *scope.ids)
    loose = [line for line in wanted if not line.exact]
    if not loose and wanted:
        numbers = delivery_queries.numbers(work.session, [line.unit_id for line in wanted[:4]])
        return Refused(
            N_("Exactly these are ordered: {numbers}. Take one of them."),
            numbers=", ".join(numbers),
        )
    if loose and all(line.condition != unit.condition for line in loose):
        return Refused(
            N_("{number} is in condition {condition}, but {wanted} is ordered."),
            number=unit.number,
            condition=unit.condition,
            wanted=", ".join(sorted({line.condition for line in loose})),
        )
    if loose:
        return Refused(N_("{number} has another price than those ordered."), number=unit.number)
    right = _right(work, scope)
    if not right:
        return Refused(
            N_("{number} is not ordered, or all like it have been picked."), number=unit.number
        )
    return Refused(
        N_("{number} is not ordered, or all like it have been picked. To be picked: {right}."),
        number=unit.number,
        right=right,
    )


def _ordered_by_other(work: Work, unit: Unit, own: OrderLine, scope: PickedFor) -> Refused:
    order = work.session.get_one(Order, own.order_id)
    if order.state == OrderState.AWAITING:
        return ordered_by(work, unit, order)
    values = {"number": unit.number, "institution": institution_name(work, order.institution_id)}
    right = _right(work, scope)
    if not right:
        return Refused(
            N_("{number} is ordered by {institution} and by nobody you are picking for."), **values
        )
    return Refused(
        N_(
            "{number} is ordered by {institution} and by nobody you are picking for."
            " To be picked: {right}."
        ),
        **values,
        right=right,
    )


def _right(work: Work, scope: PickedFor) -> str:
    """What is still to be picked for the one who is picked for; nothing where that is anybody."""
    if scope.ids == (None, None):
        return ""
    found = delivery_queries.to_pick(work.session, *scope.ids, _SHOWN)
    return "; ".join(f"{count} × {name}, {condition}" for count, name, condition in found)
