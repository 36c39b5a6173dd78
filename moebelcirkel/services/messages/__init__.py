"""Messages: what each person is told, read in the program and sent by mail."""

from moebelcirkel.services.messages.lists import (
    ListedMessage,
    MessageDetail,
    detail,
    listed,
    mark_read,
    unread_count,
)
from moebelcirkel.services.messages.mailing import can_log_in, is_due, is_on, post, try_out
from moebelcirkel.services.messages.reminding import remind
