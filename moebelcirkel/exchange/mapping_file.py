"""The choices of an import as a TOML file, so that the next file of the kind is read the same way.

What is written is read back equal, and the same choices are always written the same way.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.mapping import LEFT_OUT, Mapping, Measure, PriceBasis

_MEASURES = ("width", "depth", "height", "weight")
_FILE = {"encoding": str, "delimiter": str, "decimal": str, "sheet": str, "header": int}
_TABLES = ("file", "columns", "fixed", "price", "categories", "words")
_FIELDS = tuple(each.name for each in fields(Mapping) if each.name not in ("fixed", "words"))
_BASIS = {
    "currency": str,
    "rate": Decimal,
    "vat_included": bool,
    "vat_percent": Decimal,
    "date": date,
    "source": str,
}
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """Mapping, prices and categories of an import, and how its files are read if not by finding."""

    mapping: Mapping
    basis: PriceBasis
    categories: dict[str, str | None] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    header: int | None = None

    def facts(self) -> dict[str, Any]:
        """How the file is to be read, as far as it is said."""
        told = {each: getattr(self, each) for each in _FILE}
        return {each: value for each, value in told.items() if value is not None}


def read_mapping_file(data: bytes, name: str, category_keys: Collection[str]) -> ImportChoices:
    """The choices in a TOML file; Refused names the entry that is wrong."""
    content = _parsed(data, name)
    _known("", content, _TABLES)
    tables = {each: _table(content, each) for each in _TABLES}
    _known("columns", tables["columns"], _FIELDS)
    _known("price", tables["price"], _BASIS)
    _known("file", tables["file"], _FILE)
    words = _categories("words", tables["words"], category_keys)
    fixed = {each: _typed(f"fixed.{each}", value, str) for each, value in tables["fixed"].items()}
    if "category" in fixed:
        _category("fixed.category", fixed["category"], category_keys)
    choices = ImportChoices(
        mapping=_mapping(tables["columns"], fixed, words),
        basis=_basis(tables["price"]),
        categories=dict(_categories("categories", tables["categories"], category_keys)),
        **{
            each: _typed(f"file.{each}", value, _FILE[each])
            for each, value in tables["file"].items()
        },
    )
    choices.basis.check()
    return choices


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > _MOST_BYTES:
        raise Refused(N_("{name} is too large for a mapping file."), name=name)
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise Refused(N_("{name} is not a text file in UTF-8."), name=name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if found := re.search(r"at line (\d+)", str(error)):
            raise Refused(
                N_("Line {line} of {name} is not valid TOML. Correct it, and try again."),
                name=name,
                line=int(found[1]),
            ) from None
        raise Refused(
            N_("{name} is not valid TOML. Correct it, and try again."), name=name
        ) from None


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    table: dict[str, Any] = _typed(name, content.get(name, {}), dict)
    return table


def _known(table: str, content: Lookup[str, object], known: Collection[str]) -> None:
    for entry in content:
        if entry not in known:
            raise Refused(
                N_("The mapping file has an unknown entry “{entry}”. Known are {known}."),
                entry=f"{table}.{entry}" if table else entry,
                known=", ".join(known),
            )


def _typed(entry: str, value: Any, kind: type) -> Any:
    """The value if it is of this kind; figures may be written with or without quotes."""
    if kind is Decimal and isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    elif (
        isinstance(value, kind)
        and not isinstance(value, datetime)
        and not (kind is int and isinstance(value, bool))
    ):
        return value
    raise Refused(
        N_("“{entry}” in the mapping file has the wrong value {value}."), entry=entry, value=value
    )


def _mapping(
    columns: dict[str, Any], fixed: dict[str, str], words: tuple[tuple[str, str], ...]
) -> Mapping:
    chosen: dict[str, Any] = {}
    for entry, value in columns.items():
        path = f"columns.{entry}"
        if entry in _MEASURES:
            chosen[entry] = _measure(path, value)
        elif entry == "name":
            names = value if isinstance(value, list) else [value]
            chosen[entry] = tuple(_typed(path, each, str) for each in names)
        else:
            chosen[entry] = _typed(path, value, str)
    if not chosen.get("name"):
        raise Refused(N_("“{entry}” is missing in the mapping file."), entry="columns.name")
    chosen.setdefault("key", "")
    mapping = Mapping(**chosen, fixed=fixed, words=words)
    mapping.check(tuple(column for _, column in mapping.columns()))
    return mapping


def _measure(entry: str, value: Any) -> Measure:
    parts = _typed(entry, value, dict)
    _known(entry, parts, ("column", "unit"))
    if len(parts) < 2:
        raise Refused(N_("“{entry}” in the mapping file needs both column and unit."), entry=entry)
    return Measure(
        _typed(f"{entry}.column", parts["column"], str), _typed(f"{entry}.unit", parts["unit"], str)
    )


def _basis(price: dict[str, Any]) -> PriceBasis:
    values = {
        {"date": "price_date", "source": "price_source"}.get(entry, entry): _typed(
            f"price.{entry}", value, _BASIS[entry]
        )
        for entry, value in price.items()
    }
    return PriceBasis(**values)


def _categories(
    table: str, content: dict[str, Any], keys: Collection[str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (text, _category(f"{table}.{text}", value, keys)) for text, value in content.items()
    )


def _category(entry: str, value: Any, keys: Collection[str]) -> str:
    key: str = _typed(entry, value, str)
    if key != LEFT_OUT and key not in keys:
        raise Refused(
            N_("“{entry}” in the mapping file names the category “{key}”, which does not exist."),
            entry=entry,
            key=key,
        )
    return key


# --- writing ---------------------------------------------------------------------------------


def write_mapping_file(choices: ImportChoices) -> str:
    """The choices as TOML. Values without a category are not written: they stay undecided."""
    mapping = choices.mapping
    content: dict[str, dict[str, object]] = {
        "file": {each: getattr(choices, each) for each in _FILE},
        "columns": {each: getattr(mapping, each) or None for each in _FIELDS},
        "fixed": dict(mapping.fixed),
        "price": {
            "currency": choices.basis.currency,
            "rate": choices.basis.rate,
            "vat_included": choices.basis.vat_included,
            "vat_percent": choices.basis.vat_percent,
            "date": choices.basis.price_date,
            "source": choices.basis.price_source,
        },
        "categories": dict(choices.categories),
        "words": dict(mapping.words),
    }
    return "\n".join(_written(content))


def _written(content: dict[str, dict[str, object]]) -> Iterator[str]:
    for name, table in content.items():
        filled = {entry: value for entry, value in table.items() if value is not None}
        if filled:
            yield f"[{name}]"
            yield from (f"{_entry(entry)} = {_value(value)}" for entry, value in filled.items())
            yield ""


def _entry(name: str) -> str:
    return name if name in _FIELDS or name in _BASIS or name in _FILE else _quoted(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Measure):
        return f"{{ column = {_quoted(value.column)}, unit = {_quoted(value.unit)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's, which also wants DEL escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
