"""Words that mean the same furniture, as the municipality has written them down."""

import functools
from collections.abc import Mapping

from moebelcirkel.domain.fold import fold

#: What a municipality begins with.
DEFAULT_SYNONYMS = "elbord = hæve-sænkebord; tavle = whiteboard"


@functools.lru_cache(maxsize=8)
def read_synonyms(text: str) -> Mapping[str, tuple[str, ...]]:
    """By each word the others that mean the same: "elbord = hæve-sænkebord; tavle = whiteboard".

    What is half written means nothing.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in text.replace("\n", ";").split(";"):
        alike = tuple(dict.fromkeys(word for each in line.split("=") if (word := fold(each))))
        for word in alike:
            others = (*found.get(word, ()), *(each for each in alike if each != word))
            found[word] = tuple(dict.fromkeys(others))
    return {word: others for word, others in found.items() if others}
