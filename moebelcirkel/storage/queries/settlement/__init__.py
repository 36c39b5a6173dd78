"""Charges that wait to be settled, and the batches there are: plain queries to flat rows."""

from moebelcirkel.storage.queries.settlement.batches import (
    BatchCharge,
    BatchStep,
    Posting,
    SettlementBatchRow,
    add,
    attempts,
    batches,
    document,
    lines,
    lines_of,
    made_by,
    postings,
    reversal_of,
    step_of,
)
from moebelcirkel.storage.queries.settlement.extract import (
    Checked,
    behind,
    last_check,
    mapping,
    sent,
    sent_batches,
)
from moebelcirkel.storage.queries.settlement.waiting import (
    Bearer,
    PostedInstitution,
    PostedOrder,
    bearers,
    complained,
    counter,
    dues,
    kinds_kept,
    orders,
    own_kinds,
    payers,
    payers_at,
    settled_before,
    standing,
    taken,
    takes,
)
