"""Settling charges with finance: batches, their posting files and vouchers."""

from moebelcirkel.services.settlement.batches import (
    Made,
    Stepped,
    book,
    make,
    release,
    reverse,
    withdraw,
)
from moebelcirkel.services.settlement.drafts import (
    InstitutionPart,
    Preview,
    SettlementScope,
    preview,
)
from moebelcirkel.services.settlement.extract import (
    FIELDS,
    OURS,
    THEIRS,
    WHICH,
    BatchSum,
    Compared,
    Comparison,
    charges_of,
    compare,
    keep,
    open_extract,
    suggest,
)
from moebelcirkel.services.settlement.files import FileSaved, posting_file, save_and_release
from moebelcirkel.services.settlement.lists import (
    Overview,
    SettlementBatchDetail,
    charge_words,
    charges,
    detail,
    overview,
)
from moebelcirkel.services.settlement.papers import vouchers_pdf
from moebelcirkel.services.settlement.sample import sample
from moebelcirkel.storage.queries.settlement import (
    BatchCharge,
    BatchStep,
    Checked,
    SettlementBatchRow,
)
