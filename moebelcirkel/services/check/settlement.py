"""A batch is what was made: its charges, its postings to the øre, its file, its seal, its steps."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.settlement import CREDIT, DEBIT, Due, SettlementState
from moebelcirkel.domain.settlement.postings import VoucherGroup
from moebelcirkel.services.settlement.seal import seal_of
from moebelcirkel.storage.checks import settlement as check_settlement
from moebelcirkel.storage.checks.settlement import KeptBatch, KeptStep
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import Posting
from moebelcirkel.storage.work import Session

#: What a posting has from its charges.
_FOLLOWS = (
    "position",
    "voucher",
    "side",
    "pays",
    "institution_id",
    "cost_bearer_id",
    "order_id",
    "month",
    "amount_ore",
)


def batches_hold(session: Session, findings: Findings) -> None:
    """Every batch still says what it did when it was made, and no charge is in two that stand."""
    for batch in check_settlement.kept(session):
        findings.counts["settlement_batch"] += 1
        for message in _faults(session, batch):
            findings.add(message, key=batch.number)
    for key in check_settlement.in_two(session):
        findings.add(N_("Charge {key} is in two settlements that stand."), key=key)
    for key in check_settlement.miscounted(session):
        findings.add(N_("Charge {key}: its settlements are not counted right."), key=key)


def _faults(session: Session, batch: KeptBatch) -> Iterator[str]:
    dues = queries.taken(session, batch.id)
    postings = queries.postings(session, batch.id)
    if not _adds_up(batch, dues, postings):
        yield N_("Settlement {key}: its postings are not the sum of its charges.")
    if not _balances(batch, postings):
        yield N_("Settlement {key}: debit and credit are not the same.")
    if _follows(session, batch, dues) != [
        tuple(getattr(each, name) for name in _FOLLOWS) for each in postings
    ]:
        yield N_("Settlement {key}: its postings do not follow from its charges.")
    if seal_of(batch, postings, [due.charge_id for due in dues]) != batch.seal:
        yield N_("Settlement {key} does not agree with its seal.")
    if hashlib.sha256(batch.posting_file).hexdigest() != batch.file_sha256:
        yield N_("Settlement {key}: the file kept is not the one that was made.")
    if not _as_answered(batch):
        yield N_("Settlement {key} is not what was told when it was made.")
    if not _steps_are_right(batch, check_settlement.steps(session, batch.id)):
        yield N_("Settlement {key}: its steps are not those of a settlement.")


def _sign(batch: KeptBatch) -> int:
    return 1 if batch.reverses_id is None else -1


def _adds_up(batch: KeptBatch, dues: Sequence[Due], postings: Sequence[Posting]) -> bool:
    charged = _sign(batch) * sum(due.amount_ore for due in dues)
    posted = sum(
        each.amount_ore if each.side == DEBIT else -each.amount_ore
        for each in postings
        if each.pays
    )
    return charged == posted == batch.net_ore and batch.charge_count == len(dues)


def _balances(batch: KeptBatch, postings: Sequence[Posting]) -> bool:
    debit, credit = (
        sum(each.amount_ore for each in postings if each.side == side) for side in (DEBIT, CREDIT)
    )
    return debit == credit == batch.debit_ore


def _follows(
    session: Session, batch: KeptBatch, dues: Sequence[Due]
) -> list[tuple[object, ...]] | None:
    """The postings that its charges come to by the rules; none where nobody could tell."""
    try:
        kinds = queries.own_kinds(session, queries.kinds_kept(session, batch.id), dues)
    except (AttributeError, KeyError, TypeError):
        # What a charge corrects is gone, or the profile is none any more: the rest is looked at.
        return None
    return _entries(batch, rules.grouped(dues, monthly=batch.monthly, kinds=kinds))


def _entries(batch: KeptBatch, groups: Sequence[VoucherGroup]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for entry in rules.entries(groups):
        if batch.reverses_id is not None:
            entry = replace(entry, side=rules.opposite(entry.side))
        group = entry.group
        found.append(
            (
                entry.position,
                entry.voucher,
                entry.side,
                entry.pays,
                group.institution_id,
                group.cost_bearer_id,
                group.order_id,
                group.month,
                entry.amount_ore,
            )
        )
    return found


def _as_answered(batch: KeptBatch) -> bool:
    told: dict[str, Any] = batch.answered if isinstance(batch.answered, dict) else {}
    said = {
        "id": batch.id,
        "number": batch.number,
        "charges": batch.charge_count,
        "debit_ore": batch.debit_ore,
        "net_ore": batch.net_ore,
        "seal": batch.seal,
        "file_sha256": batch.file_sha256,
    }
    return told == said and batch.number == f"A-{batch.year}-{batch.serial:03d}"


def _steps_are_right(batch: KeptBatch, steps: Sequence[KeptStep]) -> bool:
    names = [step.step for step in steps]
    notes = names[1:] if names[:1] == [SettlementState.RELEASED] else []
    # A voucher number that was wrong has a further note.
    locked = [SettlementState.RELEASED, *[SettlementState.BOOKED] * len(notes)]
    if names not in ([], [SettlementState.WITHDRAWN], locked):
        return False
    for position, step in enumerate(steps, 1):
        if step.position != position:
            return False
        if bool(step.voucher) != (step.step == SettlementState.BOOKED):
            return False
        if step.step == SettlementState.RELEASED and step.actor_id == batch.maker_id:
            return False
    return True
