"""Savings reports: drafts, recorded ones with number and seal, and reprints."""

from moebelcirkel.services.reports.rates import RatesNotConfirmed, confirm_rates
from moebelcirkel.services.reports.recording import (
    Paper,
    draft,
    get,
    id_of,
    paper_of,
    preview,
    quiet,
    record,
    recorded,
    reprint,
)
from moebelcirkel.storage.queries.reports import ReportRow
