"""What one word of the command line may be: a day, a number, a file, a name that is not empty."""

import argparse
import datetime as dt
from pathlib import Path

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, parse_day, refusal


class Between:
    """A whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            raise argparse.ArgumentTypeError(
                _("write a whole number between {low} and {high}").format(
                    low=self.low, high=self.high
                )
            )
        return number


def day(text: str) -> dt.date:
    """A day as people type it."""
    try:
        return parse_day(text)
    except Refused as error:
        raise argparse.ArgumentTypeError(refusal(error)) from error


def file(text: str) -> Path:
    """The name of a file; an empty one would be the folder one stands in."""
    return Path(filled(text))


def filled(text: str) -> str:
    """A word that says something."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("something must be written here"))
    return text
