"""What one setting is: its kind, default and limits, and how its value is checked and stored."""

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from moebelcirkel.domain.errors import N_, Refused

Value = int | str | bool | Decimal

Kind = Literal["text", "lines", "whole", "money", "decimal", "flag"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting, in øre where it is money; ``group`` orders the form.

    ``low`` and ``high`` bound numbers, ``longest`` a text.
    """

    key: str
    kind: Kind
    default: Value
    label: str
    group: str = ""
    low: int = 0
    high: int = 10**12
    longest: int = 120

    def check(self, value: Value) -> Value:
        """The value as it is stored; refuses what the setting cannot hold."""
        if self.kind in ("text", "lines"):
            return self._check_text(value)
        if self.kind == "flag":
            return bool(value)
        return self._check_number(value)

    def _check_text(self, value: Value) -> str:
        text = str(value).strip()
        if len(text) > self.longest:
            raise Refused(
                N_("The text is too long. Use at most {most} characters."),
                field=self.key,
                most=self.longest,
            )
        return text

    def _check_number(self, value: Value) -> Value:
        try:
            number = Decimal(value) if self.kind == "decimal" else int(value)
        except (InvalidOperation, ValueError) as error:
            raise Refused(N_("Write a number."), field=self.key) from error
        if not self.low <= number <= self.high:
            raise Refused(
                N_("The number must be between {low} and {high}."),
                field=self.key,
                low=self.low,
                high=self.high,
            )
        return number

    def store(self, value: Value) -> object:
        """The value as JSON."""
        return str(value) if isinstance(value, Decimal) else value

    def read(self, stored: Any) -> Value:
        """The value back from JSON."""
        if self.kind == "decimal":
            return Decimal(str(stored))
        if self.kind == "flag":
            return bool(stored)
        return str(stored) if self.kind in ("text", "lines") else int(stored)


# --- declaring them -------------------------------------------------------------------------------


def group(name: str, *parameters: Parameter) -> tuple[Parameter, ...]:
    """Settings that stand together in a form."""
    return tuple(replace(each, group=name) for each in parameters)


def text(key: str, label: str, default: str = "", *, longest: int = 120) -> Parameter:
    """A text in one line."""
    return Parameter(key, "text", default, label, longest=longest)


def lines(key: str, label: str, default: str = "", *, longest: int) -> Parameter:
    """A text of several lines."""
    return Parameter(key, "lines", default, label, longest=longest)


def whole(key: str, label: str, default: int, low: int, high: int) -> Parameter:
    """A whole number."""
    return Parameter(key, "whole", default, label, low=low, high=high)


def decimal(key: str, label: str, default: str, low: int, high: int) -> Parameter:
    """A number with decimals."""
    return Parameter(key, "decimal", Decimal(default), label, low=low, high=high)


def money(key: str, label: str, default: int = 0, *, low: int = 0) -> Parameter:
    """An amount in øre."""
    return Parameter(key, "money", default, label, low=low)


def flag(key: str, label: str, *, on: bool = False) -> Parameter:
    """Yes or no."""
    return Parameter(key, "flag", on, label)
