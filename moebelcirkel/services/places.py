"""Places where furniture stands: one at a time, or a whole hall of shelves in one line."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.places import NAME_LENGTH, PlaceKind, place_code, series
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Done, Saved, Work, writes
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.queries.places import PlaceChoice, PlaceRow
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """All that can be filled in."""

    code: str
    name: str = ""
    kind: str = "shelf"
    active: bool = True


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A place a series would make, and whether its code is there already."""

    code: str
    name: str
    exists: bool


def find(context: Context, text: str = "") -> list[PlaceRow]:
    """The register in the order of the codes."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        return place_queries.find(session, text)


def choices(context: Context) -> list[PlaceChoice]:
    """The active places, for those who only choose one."""
    context.require_role()
    with context.read() as session:
        return place_queries.choices(session)


def codes(context: Context) -> frozenset[str]:
    """The codes of all places, also of those out of use, whose labels still hang there."""
    context.require_role()
    with context.read() as session:
        return frozenset(place_queries.codes(session))


def get(context: Context, place_id: int) -> PlaceRow | None:
    """One place as the register shows it."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        return place_queries.get(session, place_id)


@writes("place.save", Action.SETTINGS)
def save(
    work: Work, form: PlaceForm, place_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a place, or correct one with the version its form was opened with."""
    row = Place(active=True)
    if place_id is not None:
        row = work.get(Place, place_id, version)
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("code"):
        values["code"] = place_code(form.code)
        registers.refuse_taken(
            work,
            Place.code,
            str(values["code"]),
            place_id,
            N_("There is already a place with the code {name}. Choose another code."),
        )
    with fields.field("name"):
        typed = " ".join(form.code.split())
        spoken = typed if " " in typed else values.get("code", "")  # "Hal 1" is a name already
        values["name"] = short_text(form.name, NAME_LENGTH) or spoken
    with fields.field("kind"):
        values["kind"] = _kind(form.kind)
    with fields.field("active"):
        if row.active and not form.active and place_id is not None:
            _refuse_where_furniture_stands(work, place_id)
    fields.finish()
    return registers.keep(work, row, values)


def _kind(code: str) -> str:
    if code not in list(PlaceKind):
        raise Refused(N_("Choose from the list."))
    return code


def _refuse_where_furniture_stands(work: Work, place_id: int) -> None:
    count = place_queries.pieces_at(work.session, place_id)
    if count:
        raise Refused(
            N_("Furniture stands here ({count}). Move it before the place is made inactive."),
            count=count,
        )


def preview_series(context: Context, typed: str) -> list[SeriesPlace]:
    """What "Hal 2, Reol 1–20, hylde A–D" would make; refuses a line that makes no sense."""
    context.require(Action.SETTINGS)
    wanted = series(typed)
    with context.read() as session:
        known = place_queries.codes(session)
    return [SeriesPlace(each.code, each.name, each.code in known) for each in wanted]


@dataclass(frozen=True, slots=True)
class SeriesMade(Done):
    """How many places were made, and how many were there already."""

    created: int
    existing: int


@writes("place.series", Action.SETTINGS)
def create_series(work: Work, typed: str, kind: str = "shelf") -> SeriesMade:
    """Make all places of a series that are not there yet."""
    fields = Fields()
    with fields.field("kind"):
        _kind(kind)
    with fields.field("series"):
        wanted = {each.code: each.name for each in series(typed)}
        known = place_queries.codes(work.session)
        fresh = [
            {"code": code, "name": name, "kind": kind}
            for code, name in wanted.items()
            if code not in known
        ]
        if not fresh:
            raise Refused(N_("All these places are there already."))
    fields.finish()
    for part in chunks(range(len(fresh))):
        work.bulk_insert(Place, [fresh[number] for number in part])
    return SeriesMade(created=len(fresh), existing=len(wanted) - len(fresh))


@writes("place.delete", Action.SETTINGS)
def delete(work: Work, place_id: int, version: int) -> Saved:
    """Delete a place where nothing has ever stood."""
    return registers.delete_unused(work, Place, place_id, version)
