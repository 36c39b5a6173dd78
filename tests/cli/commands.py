"""Commands run in this process: the real price list as words, and what a command came to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
SECRET = "tre grønne stole"
IKEA = (
    "import",
    str(DATA / "ikea_sa_2020.csv"),
    "--as",
    "articles",
    "--map",
    str(DATA / "ikea_mapping.toml"),
)


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


def said(answer: Answer) -> str:
    """The one line of an error."""
    assert answer.code == 1
    lines = answer.err.splitlines()
    assert len(lines) == 1, answer.err
    assert lines[0].startswith("moebelcirkel: ")
    return lines[0].removeprefix("moebelcirkel: ")
