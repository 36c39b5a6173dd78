"""Copies taken or put back without pause until killed.

Each round is noted in the log before it begins, so that whoever kills it knows it is at work.
"""

from pathlib import Path

from moebelcirkel.services import copies, photos
from moebelcirkel.services.start import opening
from tests.services.working_day import picture


def take(file: Path, round_: int) -> None:
    """One more picture, and a copy."""
    context = opening.open_existing(file)
    photos.add(context, [picture(f"{file.stem} {round_}")], article_id=1)
    copies.take(context)
    opening.close(context)


def restore(file: Path, _round: int) -> None:
    """The newest good copy."""
    newest = copies.newest_good(copies.there(file))
    assert newest is not None
    copies.restore(file, newest.path)


def start(file: str, how: str, log: str) -> None:
    """Go on until killed."""
    with Path(log).open("a", encoding="utf-8", buffering=1) as lines:
        for round_ in range(10_000):
            lines.write(f"{round_}\n")
            {"take": take, "restore": restore}[how](Path(file), round_)
