"""What the dry run shows of the lines that will be taken in, by kind of file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _, kroner, number
from moebelcirkel.ui.kit.lists.tables import Column

if TYPE_CHECKING:
    from moebelcirkel.services.imports import ArticleRecord, PlannedPieces


def article_columns(category: Callable[[str | None], str]) -> list[Column[ArticleRecord]]:
    """Types, with what their categories are called."""
    return [
        Column(
            "line", _("Line"), lambda r: number(r.line), lambda r: r.line, "right", width=70
        ),
        Column("key", _("Item number"), lambda r: r.key, lambda r: r.key, width=110),
        Column("name", _("Name"), lambda r: r.name, lambda r: fold(r.name), strong=True),
        Column(
            "category", _("Category"), lambda r: category(r.category_key),
            lambda r: category(r.category_key), width=170,
        ),
        Column("size", _("Measures in cm"), _size, width=130),
        Column(
            "price", _("New price"),
            lambda r: "" if r.new_price_ore is None else kroner(r.new_price_ore),
            lambda r: r.new_price_ore, "right", width=110,
        ),
    ]  # fmt: skip


def _size(record: ArticleRecord) -> str:
    """Width × depth × height in centimetres, as far as they are known."""
    sides = (record.width_mm, record.depth_mm, record.height_max_mm)
    return " × ".join("–" if side is None else number(round(side / 10)) for side in sides)


def piece_columns() -> list[Column[PlannedPieces]]:
    """Opening stock: n alike pieces a line."""
    return [
        _line(),
        Column(
            "count", _("Count"), lambda r: number(r.count), lambda r: r.count, "right", width=70
        ),
        Column("name", _("Furniture type"), lambda r: r.name, lambda r: fold(r.name), strong=True),
        Column(
            "new", _("Type"), lambda r: _("New") if r.new_type else _("In the house"),
            lambda r: r.new_type is None, width=120,
        ),
        Column("condition", _("Condition"), lambda r: r.condition, lambda r: r.condition, width=80),
        Column("place", _("Place"), lambda r: r.place, lambda r: r.place, width=220),
        Column(
            "codes", _("Old number"), lambda r: ", ".join(r.codes), lambda r: r.codes, width=160
        ),
    ]  # fmt: skip


def _line() -> Column[Any]:
    return Column("line", _("Line"), lambda r: number(r.line), lambda r: r.line, "right", width=70)
