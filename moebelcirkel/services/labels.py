"""Labels: sheets of QR labels for units, by id or by number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.documents.labels import Label, LabelSheet, label_sheet
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.articles import Article
from moebelcirkel.storage.units import Unit
from moebelcirkel.storage.work import chunks, load_parameter


def sheet(context: Context, unit_ids: Sequence[int], start: int = 1) -> bytes:
    """A PDF of labels in the order given; ``start`` is the first free position, from 1."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        stock = sheet_settings(session, start)
        labels = {}
        for part in chunks(list(unit_ids)):
            query = (
                select(Unit.id, Unit.number, Article.name, Article.maker, Article.colour)
                .join(Article, Article.id == Unit.article_id)
                .where(Unit.id.in_(part))
            )
            for key, number, name, maker, colour in session.execute(query):
                detail = " · ".join(text for text in (maker, colour) if text and text not in name)
                labels[key] = Label(number, name, detail)
    return label_sheet([labels[key] for key in unit_ids if key in labels], stock)


def sheet_by_numbers(context: Context, numbers: Sequence[str], start: int = 1) -> bytes:
    """The same by label numbers as typed; an unknown one is refused by name."""
    return sheet(context, [unit_by_number(context, text) for text in numbers], start)


def unit_by_number(context: Context, text: str) -> int:
    """The unit of a typed or scanned number."""
    context.require(Action.STOCK_VIEW)
    prefix = str(context.parameter("label_prefix"))
    number = parse_label(text, prefix)
    with context.read() as session:
        found = session.scalar(select(Unit.id).where(Unit.number == (number or text.strip())))
    if found is None:
        raise Refused(N_("No furniture has the number {number}."), number=text.strip())
    return found


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
