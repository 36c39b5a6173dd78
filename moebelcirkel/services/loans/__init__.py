"""Loans: what is out until when, what is overdue, and a day that is moved."""

from moebelcirkel.services.loans.lists import LoanDetail, LoanRow, detail, listed, overdue_count
from moebelcirkel.services.loans.moving import Moved, move
from moebelcirkel.storage.queries.loans import OutPiece
