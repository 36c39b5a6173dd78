"""Size marks as they are written, and what they are for."""

import pytest

from moebelcirkel.domain.shop import COLOURS, colour_group, is_size_mark, marks_of


@pytest.mark.parametrize(
    ("text", "marks"),
    [("", ""), ("5", "5"), ("3-6", "3456"), ("3 – 4", "34"), ("6/5", "56"), ("8", ""), ("S", "")],
)
def test_a_span_of_marks_is_each_of_them(text: str, marks: str) -> None:
    assert "".join(marks_of(text)) == marks
    assert is_size_mark(text) is bool(marks)


def test_every_group_of_colours_is_the_group_of_its_own_name() -> None:
    assert {key: colour_group(names[0]) for key, names in COLOURS.items()} == {
        key: key for key in COLOURS
    }
