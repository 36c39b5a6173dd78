"""Complaints about delivered pieces: reported, decided, and what came of them."""

from moebelcirkel.services.complaints.deciding import (
    ComplaintsDecided,
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
    open_count,
)
from moebelcirkel.services.complaints.reporting import ComplaintsReported, report
from moebelcirkel.storage.queries.complaints import ListedComplaint
from moebelcirkel.storage.queries.runs import Ride
