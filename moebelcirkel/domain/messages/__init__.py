"""Messages to the people at work here: what they tell of, their texts, and how mail is tried."""

from moebelcirkel.domain.messages.mailing import (
    AT_ONCE,
    CLAIMED_FOR,
    LONGEST_WAIT,
    ROUND_FOR,
    SINGLE,
    TRIED_FOR,
    is_address,
    is_host,
    next_try,
    together,
)
from moebelcirkel.domain.messages.texts import (
    CAUSE_OF,
    MOST_OWN_TEXT,
    MOST_SUBJECT,
    MOST_TEXT,
    TEXTS,
    Cause,
    Mail,
    body_key,
    check_template,
    fill,
    names_of,
    one_line,
    subject_key,
)
