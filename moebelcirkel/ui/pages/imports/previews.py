"""What the dry run shows of the lines that will be taken in, by kind of file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.changes.codes import code_word
from moebelcirkel.domain.days import WEEKDAYS
from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _, day, kroner, number, percent
from moebelcirkel.ui.kit.lists.tables import Column, figure_column, text_column

if TYPE_CHECKING:
    from moebelcirkel.services.imports import (
        ArticleRecord,
        InstitutionRecord,
        PlannedPieces,
        PlannedPlaces,
        PlannedPrice,
        PlannedUser,
    )


def article_columns(category: Callable[[str | None], str]) -> list[Column[ArticleRecord]]:
    """Types, with what their categories are called."""
    return [
        figure_column("line", _("Line"), lambda r: r.line, number, width=70),
        text_column("key", _("Item number"), lambda r: r.key, width=110),
        Column(
            "name", _("Name"), lambda r: r.name, lambda r: fold(r.name), strong=True, keeps_end=True
        ),
        text_column("category", _("Category"), lambda r: category(r.category_key), width=170),
        Column("size", _("Measures in cm"), _size, width=130),
        Column(
            "price",
            _("New price"),
            lambda r: "" if r.new_price_ore is None else kroner(r.new_price_ore),
            lambda r: r.new_price_ore,
            "right",
            width=110,
        ),
    ]


def _size(record: ArticleRecord) -> str:
    """Width × depth × height in centimetres, as far as they are known."""
    sides = (record.width_mm, record.depth_mm, record.height_max_mm)
    if all(side is None for side in sides):
        return ""
    return " × ".join("–" if side is None else number(round(side / 10)) for side in sides)


def piece_columns() -> list[Column[PlannedPieces]]:
    """Opening stock: n alike pieces a line."""
    return [
        _line(),
        figure_column("count", _("Count"), lambda r: r.count, number, width=70),
        Column("name", _("Furniture type"), lambda r: r.name, lambda r: fold(r.name), strong=True),
        Column(
            "new",
            _("Type"),
            lambda r: _("New") if r.new_type else _("In the house"),
            lambda r: r.new_type is None,
            width=120,
        ),
        text_column("condition", _("Condition"), lambda r: r.condition, width=80),
        text_column("place", _("Place"), lambda r: r.place, width=220),
        Column(
            "codes", _("Old number"), lambda r: ", ".join(r.codes), lambda r: r.codes, width=160
        ),
    ]


def price_columns() -> list[Column[PlannedPrice]]:
    """What each type costs now, and what it will cost."""
    return [
        _line(),
        text_column("key", _("Item number"), lambda r: r.key, width=120),
        Column("name", _("Furniture type"), lambda r: r.name, lambda r: fold(r.name), strong=True),
        Column(
            "before",
            _("Now"),
            lambda r: "–" if r.before_ore is None else kroner(r.before_ore),
            lambda r: r.before_ore,
            "right",
            width=110,
        ),
        Column("since", _("Since"), lambda r: day(r.before_on) if r.before_on else "", width=100),
        figure_column("price", _("New price"), lambda r: r.price_ore, kroner, width=110),
        Column("change", _("Change"), _change, _share, "right", width=90),
        Column("on", _("The prices are from"), lambda r: day(r.on), lambda r: r.on, width=130),
        Column("source", _("Source"), lambda r: r.source, width=160),
    ]


def _share(price: PlannedPrice) -> float:
    """How much dearer, as a share of what it costs now."""
    return price.price_ore / price.before_ore - 1 if price.before_ore else 0.0


def _change(price: PlannedPrice) -> str:
    if not price.before_ore:
        return ""
    share = _share(price)
    return f"+{percent(share)}" if share > 0 else percent(share)


def institution_columns() -> list[Column[InstitutionRecord]]:
    """New institutions."""
    return [
        _line(),
        Column("name", _("Name"), lambda r: r.name, lambda r: fold(r.name), strong=True),
        Column("department", _("Department"), lambda r: r.department, width=160),
        Column("ean", _("EAN number"), lambda r: r.ean, width=130),
        Column("cvr", _("CVR number"), lambda r: r.cvr, width=100),
        Column(
            "legal",
            _("Legal type"),
            lambda r: _(code_word("institution", "legal", r.legal)),
            width=150,
        ),
        Column("bearers", _("Cost bearers"), lambda r: ", ".join(r.bearers), width=150),
        Column("address", _("Address"), lambda r: r.full_address(), width=200),
        Column(
            "weekday",
            _("Fixed delivery day"),
            lambda r: _(WEEKDAYS[r.weekday]) if r.weekday else "",
            width=130,
        ),
    ]


def place_columns() -> list[Column[PlannedPlaces]]:
    """New places, one or a series a line."""
    return [
        _line(),
        Column("count", _("Count"), lambda r: number(len(r.places)), align="right", width=70),
        Column(
            "codes", _("Code"), lambda r: ", ".join(place.code for place in r.places), strong=True
        ),
        Column(
            "names", _("Name"), lambda r: ", ".join(place.name for place in r.places), width=360
        ),
        Column("kind", _("Kind"), lambda r: _(code_word("place", "kind", r.kind)), width=120),
    ]


def user_columns() -> list[Column[PlannedUser]]:
    """New people with their roles."""
    return [
        _line(),
        Column("login", _("User name"), lambda r: r.login, strong=True, width=140),
        Column("name", _("Name"), lambda r: r.name, lambda r: fold(r.name)),
        Column("email", _("E-mail"), lambda r: r.email, width=190),
        Column(
            "roles",
            _("Roles"),
            lambda r: ", ".join(
                dict.fromkeys(_(code_word("user_role", "role", grant.role)) for grant in r.grants)
            ),
            width=190,
        ),
        Column("where", _("Institutions"), lambda r: r.where, width=190),
    ]


def _line() -> Column[Any]:
    return figure_column("line", _("Line"), lambda r: r.line, number, width=70)
