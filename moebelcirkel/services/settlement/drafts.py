"""What a settlement would come to: its charges, its postings, and what finance would send back."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.receipts import first_open
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.settlement import DEBIT, Due, Legal, Profile
from moebelcirkel.language import _, day
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import (
    Bearer,
    PostedInstitution,
    PostedOrder,
    Posting,
    SettlementBatchRow,
)
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class SettlementScope:
    """What is to be settled: all charges up to the last day that are not yet.

    ``legal`` is "own", or "other" for the invoice basis; ``monthly`` gathers by institution and
    month in place of orders. ``posting_on`` of None is the last day of the period.
    """

    start: dt.date
    end: dt.date
    legal: Legal = Legal.OWN
    monthly: bool = False
    posting_on: dt.date | None = None
    fiscal_year: int | None = None

    @property
    def posted(self) -> dt.date:
        """The day the postings are booked on."""
        return self.posting_on or self.end

    @property
    def year(self) -> int:
        """The year the postings belong to."""
        return self.fiscal_year or self.posted.year


@dataclass(frozen=True, slots=True)
class InstitutionPart:
    """What one institution pays, or gets back, in øre."""

    institution_id: int
    name: str
    charges: int
    debit_ore: int
    credit_ore: int
    net_ore: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a batch would be; ``seen`` is given back when it is made, so that nothing comes between.

    ``older`` are charges from before the period, ``free`` those of 0 kr. ``faults`` must be put
    right first; ``warnings`` are told. ``left`` stay out, as other receivers get invoices; whether
    there is a basis for those is in ``invoices``. ``waiting`` are not confirmed yet.
    """

    parts: tuple[InstitutionPart, ...]
    charges: int
    postings: int
    older: int
    free: int
    debit_ore: int
    credit_ore: int
    net_ore: int
    left: int
    left_ore: int
    waiting: int
    waiting_ore: int
    invoices: bool
    faults: tuple[Refused, ...]
    warnings: tuple[Refused, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class SettlementDraft:
    """Charges and postings as a batch keeps them."""

    dues: Sequence[Due]
    postings: list[Posting]
    payers: Mapping[int, PostedInstitution]
    bearers: Mapping[int, Bearer]
    orders: Mapping[int, PostedOrder]
    faults: list[Refused]

    @property
    def net_ore(self) -> int:
        """The sum of the charges."""
        return sum(due.amount_ore for due in self.dues)

    @property
    def debit_ore(self) -> int:
        """The sum of one side, which is that of the other."""
        return sum(each.amount_ore for each in self.postings if each.side == DEBIT)

    @property
    def seen(self) -> str:
        """What tells these charges, and whom they are sent to, from any others."""
        listed = ",".join(str(due.charge_id) for due in self.dues)
        payers = (self.payers[key] for key in sorted(self.payers))
        sent_to = (f"{each.id} {each.ean} {each.cvr} {each.successor}" for each in payers)
        return hashlib.sha256("\n".join([listed, *sent_to]).encode()).hexdigest()


def preview(context: Context, asked: SettlementScope) -> Preview:
    """What a batch of the period would come to now; nothing is written."""
    context.require(Action.SETTLE)
    today, other = context.today(), asked.legal == Legal.OTHER
    check(asked, today)
    with context.read() as session:
        draft = of(session, asked, today)
        invoices = bool(load_parameter(session, "settlement_invoices"))
        since = open_since(session, today)
        left = [] if other else queries.dues(session, asked.end, Legal.OTHER, since)
        invoiced = tuple(_without_number(profile(session), draft.payers)) if other else ()
        waits = unconfirmed(session, asked, since)
    credit = sum(each.amount_ore for each in draft.postings if each.side != DEBIT)
    return Preview(
        parts=_parts(draft.dues, draft.postings, draft.payers),
        charges=len(draft.dues),
        postings=len(draft.postings),
        older=sum(due.effective_on < asked.start for due in draft.dues),
        free=sum(due.amount_ore == 0 for due in draft.dues),
        debit_ore=draft.debit_ore,
        credit_ore=credit,
        net_ore=draft.net_ore,
        left=len(left),
        left_ore=sum(due.amount_ore for due in left),
        waiting=len(waits),
        waiting_ore=sum(due.amount_ore for due in waits),
        invoices=invoices,
        faults=tuple(draft.faults),
        warnings=(*invoiced, *warnings(draft.payers, draft.bearers, draft.dues)),
        seen=draft.seen,
    )


def check(asked: SettlementScope, today: dt.date) -> None:
    """Refuse a period that has not ended, or a year that its postings cannot belong to."""
    Period(asked.start, asked.end).check()
    if asked.end > today:
        raise Refused(N_("The period has not ended yet. Choose a day up to today."), field="end")
    check_posting(asked.posted, asked.year)


def check_posting(posting_on: dt.date, fiscal_year: int) -> None:
    """Refuse a year that a posting of the day cannot belong to."""
    if fiscal_year not in rules.fiscal_years(posting_on):
        raise Refused(
            N_("A posting of {day} belongs to {years}, not to {year}."),
            field="fiscal_year",
            day=day(posting_on),
            year=str(fiscal_year),
            years=", ".join(map(str, rules.fiscal_years(posting_on))),
        )


def profile(session: Session) -> Profile:
    """How postings are written, out of the settings."""
    return rules.profile_of({key: load_parameter(session, key) for key in rules.KEYS})


def open_since(session: Session, today: dt.date) -> dt.date | None:
    """From which day on a delivery is not confirmed by time; none where that is not asked for."""
    if not load_parameter(session, "settlement_confirmed"):
        return None
    return first_open(today, int(load_parameter(session, "confirm_days")))


def unconfirmed(session: Session, asked: SettlementScope, since: dt.date | None) -> list[Due]:
    """What waits for its receiver to say that it came, or for a complaint to be decided."""
    return queries.dues(session, asked.end, asked.legal, since, confirmed=False)


def of(session: Session, asked: SettlementScope, today: dt.date) -> SettlementDraft:
    """Charges and postings, as they are now."""
    dues = queries.dues(session, asked.end, asked.legal, open_since(session, today))
    found = _around(session, dues)
    how = profile(session)
    faults = [*rules.profile_faults(how), *_faults(how, found, dues)]
    exchange = str(load_parameter(session, "warehouse_name"))
    kinds = queries.own_kinds(session, [each.kind for each in how.kinds], dues)
    groups = rules.grouped(dues, monthly=asked.monthly, kinds=kinds)
    kept = [_posting(how, each, found, exchange) for each in rules.entries(groups)]
    return SettlementDraft(dues, kept, *found, faults)


Around = tuple[Mapping[int, PostedInstitution], Mapping[int, Bearer], Mapping[int, PostedOrder]]


def _around(session: Session, dues: Iterable[Due]) -> Around:
    dues = list(dues)
    return (
        queries.payers(session, {due.institution_id for due in dues}),
        queries.bearers(session, {due.cost_bearer_id for due in dues if due.cost_bearer_id}),
        queries.orders(session, {due.order_id for due in dues}),
    )


def _posting(how: Profile, entry: rules.Entry, found: Around, exchange: str) -> Posting:
    payers, bearers, orders = found
    group = entry.group
    own = how.of(group.kind)
    bearer = bearers[group.cost_bearer_id].code if group.cost_bearer_id else ""
    words = {
        "ordre": orders[group.order_id].number if group.order_id else "",
        "institution": payers[group.institution_id].name,
        "måned": f"{group.month:%m-%Y}" if group.month else "",
        "møbelbørs": exchange,
    }
    return Posting(
        position=entry.position,
        voucher=entry.voucher,
        side=entry.side,
        pays=entry.pays,
        institution_id=group.institution_id,
        cost_bearer_id=group.cost_bearer_id,
        order_id=group.order_id,
        month=group.month,
        account=own.pays if entry.pays else own.gets,
        bearer=bearer if entry.pays else how.bearer_gets,
        amount_ore=entry.amount_ore,
        text=rules.text_of(how, words, group.kind),
    )


def _faults(how: Profile, found: Around, dues: Iterable[Due]) -> Iterable[Refused]:
    """What the finance system would not take, by name."""
    payers, bearers, _orders = found
    for payer in payers.values():
        if rules.ean_is_wrong(payer.ean):
            yield Refused(
                N_("{institution}: the EAN number {ean} is wrong. Correct it under Settings."),
                institution=payer.name,
                ean=payer.ean,
            )
    for place, key in _paying(dues):
        if key is not None and not rules.fits(how.bearer_pattern, bearers[key].code):
            yield Refused(
                N_("{institution}: the cost bearer {code} is not of the pattern."),
                institution=payers[place].name,
                code=bearers[key].code,
            )


def _without_number(how: Profile, payers: Mapping[int, PostedInstitution]) -> Iterable[Refused]:
    """What an invoice needs, which goes by the CVR number."""
    if payers and all(column.field != "CVR" for column in how.columns):
        yield Refused(N_("The file has no column CVR. Invoices need it: add it under Settings."))
    for payer in payers.values():
        if not payer.cvr:
            yield Refused(N_("{institution} has no CVR number."), institution=payer.name)


def warnings(
    payers: Mapping[int, PostedInstitution], bearers: Mapping[int, Bearer], dues: Iterable[Due]
) -> Iterable[Refused]:
    """What finance may stumble over, by name; it keeps nobody from going on."""
    for payer in payers.values():
        if payer.successor:
            yield Refused(
                N_(
                    "{institution} was merged into {other}: its charges are sent to the EAN number"
                    " of {other}, with the cost bearers they were ordered with."
                ),
                institution=payer.name,
                other=payer.successor,
            )
        elif not payer.active:
            yield Refused(N_("{institution} is closed."), institution=payer.name)
    for place, key in _paying(dues):
        name = payers[place].name
        if key is None:
            yield Refused(N_("{institution}: an order names no cost bearer."), institution=name)
        elif not bearers[key].active:
            yield Refused(
                N_("{institution}: the cost bearer {code} is closed."),
                institution=name,
                code=bearers[key].code,
            )


def _paying(dues: Iterable[Due]) -> list[tuple[int, int | None]]:
    pairs = {(due.institution_id, due.cost_bearer_id or 0) for due in dues}
    return [(place, bearer or None) for place, bearer in sorted(pairs)]


def waiting(session: Session, today: dt.date) -> tuple[InstitutionPart, ...]:
    """What each institution of the municipality's own owes by now and is not settled."""
    dues = queries.dues(session, today, Legal.OWN, confirmed=None)
    return _parts(dues, [], queries.payers(session, {due.institution_id for due in dues}))


def parts_of(session: Session, row: SettlementBatchRow) -> tuple[InstitutionPart, ...]:
    """What each institution pays in a batch, or gets back in one that reverses another."""
    sign = -1 if row.reverses else 1
    taken = queries.taken(session, row.id)
    dues = [replace(due, amount_ore=sign * due.amount_ore) for due in taken]
    kept = queries.postings(session, row.id)
    ids = {due.institution_id for due in dues}
    return _parts(dues, kept, queries.payers_at(session, ids, row.change_id))


def called(payer: PostedInstitution) -> str:
    """Its name, and that of what it became."""
    if not payer.successor:
        return payer.name
    return _("{name} (now {other})").format(name=payer.name, other=payer.successor)


def _parts(
    dues: Iterable[Due], postings: Iterable[Posting], payers: Mapping[int, PostedInstitution]
) -> tuple[InstitutionPart, ...]:
    charges: dict[int, int] = {}
    net: dict[int, int] = {}
    sides: dict[tuple[int, str], int] = {}
    for due in dues:
        charges[due.institution_id] = charges.get(due.institution_id, 0) + 1
        net[due.institution_id] = net.get(due.institution_id, 0) + due.amount_ore
    for each in postings:
        if each.pays:
            key = each.institution_id, each.side
            sides[key] = sides.get(key, 0) + each.amount_ore
    found = [
        InstitutionPart(
            key,
            called(payers[key]),
            charges[key],
            sides.get((key, DEBIT), 0),
            sides.get((key, rules.CREDIT), 0),
            net[key],
        )
        for key in charges
    ]
    return tuple(sorted(found, key=lambda part: part.name))


def around_postings(session: Session, postings: Iterable[Posting]) -> Around:
    """The names that kept postings only refer to."""
    postings = list(postings)
    return (
        queries.payers(session, {each.institution_id for each in postings}),
        queries.bearers(session, {each.cost_bearer_id for each in postings if each.cost_bearer_id}),
        queries.orders(session, {each.order_id for each in postings if each.order_id}),
    )
