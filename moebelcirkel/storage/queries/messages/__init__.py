"""Queries about messages: somebody's list, who is told what, and what a text names."""

from moebelcirkel.storage.queries.messages.adapted import adapted, given_up
from moebelcirkel.storage.queries.messages.complaints import ComplaintFacts, complaints, mended
from moebelcirkel.storage.queries.messages.facts import (
    DeliveredPart,
    OrderFacts,
    PickupFacts,
    Recipient,
    WantFacts,
    delivered,
    first_change,
    homes,
    institution_name,
    leaders_and_administrators,
    noted,
    on_run,
    order,
    people,
    pickup,
    planned_by,
    runs_of,
    told_moved,
    wants,
)
from moebelcirkel.storage.queries.messages.lists import (
    ListedMessage,
    forget_old,
    listed,
    mark_read,
    no_longer_waits,
    of_change,
    unread,
)
