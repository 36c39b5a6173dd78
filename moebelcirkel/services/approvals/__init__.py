"""Approval of orders: the deputies who decide in somebody's stead."""

from moebelcirkel.services.approvals.deputies import Deputies, choose, choose_for, end, end_for, of
from moebelcirkel.storage.queries.approvals import DeputyRow
