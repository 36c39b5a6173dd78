"""Keeps a person's choice of columns on this PC, by the name of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.language import refusal
from moebelcirkel.settings import COLUMNS, Settings

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.lists.table_view import TableView
    from moebelcirkel.ui.kit.shell import Shell


def remember_columns(table: TableView, name: str, shell: Shell) -> None:
    """Show the columns chosen last time, and remember each new choice."""
    settings = Settings()

    def remember(keys: tuple[str, ...]) -> None:
        try:
            settings.add(COLUMNS, name, list(keys))
        except Unavailable as error:
            shell.messages.warn(refusal(error))

    table.keep_columns(settings.get(COLUMNS).get(name, []), remember)
