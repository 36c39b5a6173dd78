"""What a field takes: nothing that nobody could see."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fields import file_name, required_text


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200d", "\u2060 \ufeff"])
def test_a_name_that_nobody_could_see_is_none(typed: str) -> None:
    with pytest.raises(Refused, match="Fill in this field"):
        required_text(typed, 80)


@pytest.mark.parametrize("typed", ["\u202e", "\x1b\x07", "Stol\x07", "St\u202eol", "Stol\x9b"])
def test_signs_that_hide_what_a_name_says_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="signs that nobody can see"):
        required_text(typed, 80)


@pytest.mark.parametrize("typed", ["Å", "👩\u200d🔧", "<b>x</b>", "🪑", "7", "–"])
def test_any_sign_that_shows_will_do(typed: str) -> None:
    assert required_text(f"  {typed} ", 80) == typed


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("prisliste.xlsx", "prisliste.xlsx"),
        ("en meget lang prisliste.xlsx", "en meget l….xlsx"),
        ("et navn uden endelse overhovedet", "et navn uden en…"),
        (".prisliste-uden-noget-foran", ".prisliste-uden…"),
    ],
)
def test_a_long_file_name_says_by_an_ellipsis_that_there_was_more(name: str, kept: str) -> None:
    assert file_name(name, 16) == kept
