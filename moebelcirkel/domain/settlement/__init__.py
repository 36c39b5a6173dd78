"""Settling charges: the postings they come to, the states of a batch, the rules of its file.

Every charge is in at most one batch that stands. A batch stands from when it is made until it is
withdrawn unreleased, or until the batch that reverses it is released; that one takes no charges of
its own. So the postings of all batches, with their sign, are the charges of those that stand.
"""

from moebelcirkel.domain.settlement.kinds import CHARGE_NAMES, KindAccount, kept_kinds, own_kind
from moebelcirkel.domain.settlement.matching import (
    DIFFERENCE_NAMES,
    ExtractLine,
    MatchOutcome,
    Pair,
    SentPosting,
    counted,
    match,
    numbers_of,
    reference_of,
)
from moebelcirkel.domain.settlement.postings import (
    CREDIT,
    DEBIT,
    PLACE_OF_STEP,
    Due,
    Entry,
    Legal,
    SettlementState,
    Side,
    entries,
    fiscal_years,
    grouped,
    opposite,
    state_of,
)
from moebelcirkel.domain.settlement.profile import (
    CURRENCY,
    FIELDS,
    KEYS,
    PLAIN,
    Profile,
    check_kinds,
    check_pattern,
    check_text,
    columns_of,
    ean_is_wrong,
    fits,
    profile_faults,
    profile_of,
    text_of,
)
