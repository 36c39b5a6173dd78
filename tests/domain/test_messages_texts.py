"""The texts of messages: their placeholders, and what a text with others is told."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.messages import TEXTS, Cause, check_template, fill


@pytest.mark.parametrize("cause", Cause)
def test_every_text_names_only_what_it_can_be_filled_with(cause: Cause) -> None:
    text = TEXTS[cause]
    assert check_template(cause, text.subject) == text.subject
    assert check_template(cause, text.text) == text.text


@pytest.mark.parametrize("wrong", ["{hvem}", "{antal", "antal}", "{}"])
def test_another_placeholder_is_refused_with_those_there_are(wrong: str) -> None:
    with pytest.raises(Refused, match="giver"):
        check_template(Cause.PICKUP_ACCEPTED, f"Kære {wrong}")


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert fill("Af {navn}: {antal}", {"navn": "{antal}\nBcc: x", "antal": "3"}) == (
        "Af {antal} Bcc: x: 3"
    )
