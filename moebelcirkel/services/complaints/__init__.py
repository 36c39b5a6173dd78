"""Complaints about delivered pieces: reported, decided, and what came of them."""

from moebelcirkel.services.complaints.deciding import (
    Decided,
    agree_return,
    lower_price,
    refuse,
    send_to_repair,
)
from moebelcirkel.services.complaints.lists import (
    ComplaintDetail,
    ComplaintPage,
    LineComplaint,
    detail,
    listed,
    of_deliveries,
    of_orders,
    open_count,
)
from moebelcirkel.services.complaints.reporting import Reported, report
from moebelcirkel.storage.queries.complaints import Listed
from moebelcirkel.storage.queries.runs import Ride
