"""Columns that several registers have."""

from collections.abc import Callable
from typing import Any, TypeVar

from moebelcirkel.domain.fold import sort_key
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column

Row = TypeVar("Row")

READ = N_("“Seen”: the middle figure itself was read in a source. Low and high may be estimates.")


def mark(*, verified: bool) -> Chip:
    """Whether the middle figure was read in a source or is an estimate."""
    return Chip(_("Seen"), "accent") if verified else Chip(_("Estimate"), "warning")


def tone(*, active: bool) -> str:
    """What is not in use stands back."""
    return "" if active else "muted"


def _no_reason(_row: object) -> str:
    return ""


def state_column(
    active: Callable[[Row], bool], why: Callable[[Row], str] = _no_reason
) -> Column[Row]:
    """Says of the rows that are not in use that they are not, or why."""

    def state(row: Row) -> str:
        return _("Active") if active(row) else why(row) or _("Inactive")

    return Column(
        "state",
        _("State"),
        state,
        lambda row: 0 if active(row) else 1,
        tone="muted",
        width=92 if why is _no_reason else 122,
        chip=lambda row: None if active(row) else Chip(state(row)),
    )


def name_column(
    title: str,
    name: Callable[[Row], str],
    order: Callable[[Row], object],
    active: Callable[[Row], bool],
) -> Column[Row]:
    """What each row is called; what is not in use stands back."""
    return Column(
        "name", title, name, order, strong=True, tone=lambda row: tone(active=active(row))
    )


def around(title: str, *between: Column[Any]) -> list[Column[Any]]:
    """Columns of rows that hold their form, between what each is called and whether it is used."""
    name: Column[Any] = name_column(
        title,
        lambda row: row.form.name,
        lambda row: sort_key(row.form.name),
        lambda row: row.form.active,
    )
    return [name, *between, state_column(lambda row: row.form.active)]
