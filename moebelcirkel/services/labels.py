"""Labels: sheets of QR labels for units, by id or by number, and for places."""

from collections.abc import Sequence

from moebelcirkel.documents.units.labels import LabelSheet, UnitLabel, label_sheet
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import codes
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.queries import units as unit_queries
from moebelcirkel.storage.work import Session, load_parameter


def sheet(context: Context, unit_ids: Sequence[int], start: int = 1) -> bytes:
    """A PDF of labels in the order given; ``start`` is the first free position, from 1."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        stock = sheet_settings(session, start)
        texts = unit_queries.label_texts(session, unit_ids)
    labels = {key: _label(*text) for key, text in texts.items()}
    return label_sheet([labels[key] for key in unit_ids if key in labels], stock)


def _label(number: str, name: str, maker: str, colour: str) -> UnitLabel:
    detail = " · ".join(text for text in (maker, colour) if text and text not in name)
    return UnitLabel(number, name, detail)


def place_sheet(context: Context, place_ids: Sequence[int], start: int = 1) -> bytes:
    """A PDF of labels for shelves and other places, in the order given; the code is scanned."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        stock = sheet_settings(session, start)
        found = place_queries.texts(session, place_ids)
    labels = {key: UnitLabel(code, name if name != code else "") for key, code, name in found}
    return label_sheet([labels[key] for key in place_ids if key in labels], stock)


def sheet_by_numbers(context: Context, numbers: Sequence[str], start: int = 1) -> bytes:
    """The same by label numbers as typed; an unknown one is refused by name."""
    return sheet(context, [unit_by_number(context, text) for text in numbers], start)


def unit_by_number(context: Context, text: str) -> int:
    """The unit of a typed or scanned number."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        return codes.need_unit_id(session, text)


def sheet_settings(session: Session, start: int = 1) -> LabelSheet:
    """The municipality's label stock."""

    def value(key: str) -> float:
        return float(load_parameter(session, key))

    return LabelSheet(
        columns=int(value("label_columns")),
        rows=int(value("label_rows")),
        width_mm=value("label_width_mm"),
        height_mm=value("label_height_mm"),
        left_mm=value("label_left_mm"),
        top_mm=value("label_top_mm"),
        start=start,
    )
