"""The shop handed out: one table of what can be had, with its pictures, for other systems to show.

Pictures are written first under names that say what is in them, then the table takes its place in
one step: whoever reads meanwhile finds the old table whole with its pictures, or the new one.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.measures import Measures, write_measures
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import link_of
from moebelcirkel.language import _, current_language
from moebelcirkel.services import folders
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop import WITH_GIVER, CardKey, CardLot
from moebelcirkel.storage.queries.shop.rows import OutRow

if TYPE_CHECKING:
    from moebelcirkel.documents.shop import OnSale

#: What the files are called that are written by themselves.
NAME = "butikken"
_AT_ONCE = 20
_OURS = re.compile(r"billede-[0-9a-f]{16}\.jpg")

Progress = Callable[[int, int], object]
Table = Callable[[Context, Sequence["OnSale"]], bytes]


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was handed out."""

    cards: int
    units: int
    pictures: int


def export(context: Context, path: Path, progress: Progress = lambda _at, _count: None) -> Exported:
    """Write what is on sale to a file that is named .csv, .xlsx or .zip, with its pictures.

    Beside a table they lie in a folder named after it; in a zip are both tables and the pictures.
    """
    context.require(Action.STOCK_VIEW)
    ending = path.suffix.lower()
    if ending == ".zip":
        return _export_zip(context, path, progress)
    if ending not in _TABLES:
        raise Refused(N_("{name} must end in .csv, .xlsx or .zip."), name=path.name)
    return _export_beside(context, path.parent, path.stem, {ending: path.name}, progress)


def export_into(
    context: Context, folder: Path, progress: Progress = lambda _at, _count: None
) -> Exported:
    """Write both tables and their pictures into a folder that is there, over those from before."""
    context.require(Action.STOCK_VIEW)
    names = {ending: f"{NAME}{ending}" for ending in _TABLES}
    return _export_beside(context, folder, NAME, names, progress)


def _csv(_context: Context, rows: Sequence["OnSale"]) -> bytes:
    # Writing files is loaded when one is written, so that the program starts without it.
    from moebelcirkel.documents.shop import shop_csv

    return shop_csv(rows)


def _xlsx(context: Context, rows: Sequence["OnSale"]) -> bytes:
    from moebelcirkel.documents.shop import shop_workbook

    author = str(context.parameter("warehouse_name"))
    return shop_workbook(rows, author=author, created=context.now())


_TABLES: Mapping[str, Table] = {".csv": _csv, ".xlsx": _xlsx}


# --- what is told --------------------------------------------------------------------------------


def _read(context: Context, folder: str) -> tuple[list["OnSale"], list[str]]:
    """The rows, and the fingerprints of the pictures they speak of."""
    with context.read() as session:
        found = shop_search.all_cards(session, context.now())
        there = photo_queries.there(session, {row.photo for row in found if row.photo})
        type_1 = shop_search.type_1_of(session)
        lots = shop_search.lots_by_card(session, shop_search.nobody(session, context.now()))
        sites = shop_search.sites(session)
    told = []
    for row in found:
        single = lots.get(CardKey(row.article_id, row.condition, row.price_ore), [])
        told.append(_told(row, folder, there, type_1, _stands(single, sites), _known(single)))
    return told, there


def _stands(lots: Sequence[CardLot], sites: Mapping[int, str]) -> str:
    """Where the pieces of a card stand."""
    named = {**sites, 0: ""}
    named |= {key: _("With its giver") for key, site in sites.items() if site == WITH_GIVER}
    return _tally((named.get(lot.place_id or 0, ""), lot.pieces) for lot in lots)


def _known(lots: Sequence[CardLot]) -> tuple[str, ...]:
    """What is known of the pieces of a card, fact by fact."""
    return tuple(
        _tally(
            ("" if (kept := getattr(lot, column)) is None else _(fact.label(kept)), lot.pieces)
            for lot in lots
        )
        for column, fact in SHOP_FACTS.items()
    )


def _tally(said: Iterable[tuple[str, int]]) -> str:
    """What is said of all pieces, or of how many of them where they differ."""
    counts = Counter[str]()
    for words, pieces in said:
        counts[words] += pieces
    if len(counts) == 1:
        return next(iter(counts))
    return "; ".join(f"{words}: {count}" for words, count in sorted(counts.items()) if words)


def _name(fingerprint: str) -> str:
    return f"billede-{fingerprint[:16]}.jpg"


def _told(
    row: OutRow,
    folder: str,
    there: Collection[str],
    type_1: Mapping[str, bool | None],
    stands: str,
    known: tuple[str, ...],
) -> "OnSale":
    from moebelcirkel.documents.shop import OnSale

    danish = current_language() == "da"
    measures = Measures(row.width_mm, row.depth_mm, row.height_min_mm, row.height_max_mm)
    photo = row.photo if row.photo in there else None
    return OnSale(
        number=row.article_id,
        name=row.name,
        maker=row.maker,
        model=row.model,
        category=row.category_da if danish else row.category_en,
        condition=row.condition,
        refurbished=bool(row.refurbished),
        count=row.available,
        price_ore=row.price_ore,
        new_price_ore=row.new_price_ore,
        ecolabel=row.ecolabel,
        type_1=type_1.get(row.ecolabel),
        measures=write_measures(measures, "," if danish else "."),
        size_mark=row.size_mark,
        colour=row.colour,
        picture=f"{folder}/{_name(photo)}" if photo else "",
        unspsc=row.unspsc,
        link=link_of(row.article_id),
        stands=stands,
        known=known,
    )


def _pictures(
    context: Context, there: Sequence[str], progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """Each picture with its name, a few read at a time."""
    for done in range(0, len(there), _AT_ONCE):
        progress(done, len(there))
        with context.read() as session:
            found = photo_queries.jpegs(session, there[done : done + _AT_ONCE])
        for fingerprint, jpeg in found.items():
            yield _name(fingerprint), jpeg


# --- how it is written ---------------------------------------------------------------------------


def _export_beside(
    context: Context, folder: Path, stem: str, files: Mapping[str, str], progress: Progress
) -> Exported:
    pictures = folder / f"{stem}-billeder"
    rows, there = _read(context, pictures.name)
    with folders.writing(folder):
        if there:
            pictures.mkdir(exist_ok=True)
        for name, jpeg in _pictures(context, there, progress):
            # What is in a picture stands in its name.
            if not (pictures / name).exists():
                folders.put(pictures / name, jpeg)
        for ending, name in files.items():
            folders.put(folder / name, _TABLES[ending](context, rows))
        _drop_others(pictures, set(map(_name, there)))
    return _count(rows, there)


def _export_zip(context: Context, path: Path, progress: Progress) -> Exported:
    rows, there = _read(context, "billeder")
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for ending, table in _TABLES.items():
            file.writestr(f"{NAME}{ending}", table(context, rows))
        for name, jpeg in _pictures(context, there, progress):
            file.writestr(f"billeder/{name}", jpeg, ZIP_STORED)
    with folders.writing(path.parent):
        folders.put(path, packed.getvalue())
    return _count(rows, there)


def _count(rows: Sequence["OnSale"], there: Sequence[str]) -> Exported:
    return Exported(len(rows), sum(row.count for row in rows), len(there))


def _drop_others(pictures: Path, kept: set[str]) -> None:
    """Pictures of ours that no table speaks of any more."""
    if pictures.is_dir():
        for path in pictures.iterdir():
            if _OURS.fullmatch(path.name) and path.name not in kept:
                path.unlink()
