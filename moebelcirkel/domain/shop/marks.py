"""Size marks of school furniture, 0 to 7: which a type is for, and where they are asked."""

import functools
import re

#: The group of categories whose furniture has size marks.
MARKED_GROUP = "school"
MARKS = tuple("01234567")
_WRITTEN = re.compile(r"([0-7])(?: ?([-–/]) ?([0-7]))?")


def is_size_mark(text: str) -> bool:
    """Whether it is one mark, or a span of them as 3-6."""
    return _WRITTEN.fullmatch(text) is not None


@functools.lru_cache(maxsize=512)
def marks_of(text: str) -> tuple[str, ...]:
    """Every mark of a type as it was written: "3-5" is 3, 4 and 5; what is no mark is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return ()
    first, last = sorted((int(found[1]), int(found[3] or found[1])))
    return MARKS[first : last + 1]
