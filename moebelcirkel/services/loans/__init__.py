"""Loans: what is out until when, a day that is moved, and what never comes back."""

from moebelcirkel.services.loans.ending import LoanEnded, LoanKept, keep, lose
from moebelcirkel.services.loans.fetching import fetch
from moebelcirkel.services.loans.lists import LoanDetail, LoanRow, detail, listed, overdue_count
from moebelcirkel.services.loans.moving import LoanMoved, move
from moebelcirkel.storage.queries.loans import OutPiece
