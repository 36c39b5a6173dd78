"""The register of ecolabels: what they are called, and which are of type 1.

Types have a label by its name, so that what is written in old events and files keeps its meaning;
another name is given to the types with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.ecolabels import ReferenceEcolabel, beginning, label_meant
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.fields import Fields, required_text, short_text
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import registers, undo
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.tables import articles as tables
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class EcolabelForm:
    """All that can be filled in; ``type_1`` is empty where nobody can tell."""

    name: str
    also: str = ""
    type_1: bool | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class EcolabelRow(registers.FormRow[EcolabelForm]):
    """One label of the register, and how many types have it."""

    types: int


def ecolabels(context: Context, *, inactive: bool = False) -> list[EcolabelRow]:
    """The labels by name; open to all who work here."""
    context.require_role()
    with context.read() as session:
        types = article_queries.types_by_ecolabel(session)
        return [
            EcolabelRow(
                row.id,
                row.version,
                EcolabelForm(row.name, row.also, row.type_1, row.active),
                types.get(row.name, 0),
            )
            for row in article_queries.ecolabels(session, inactive=inactive)
        ]


def names(context: Context) -> list[str]:
    """What the labels in use are called, for those who only choose one."""
    context.require_role()
    with context.read() as session:
        return [row.name for row in article_queries.ecolabels(session, inactive=False)]


@writes("ecolabel.save", Action.SETTINGS)
def save(
    work: Work, form: EcolabelForm, label_id: int | None = None, version: int | None = None
) -> Saved:
    """Add a label, or correct one with the version its form was opened with."""
    row = tables.Ecolabel()
    if label_id is not None:
        row = work.get(tables.Ecolabel, label_id, version)
    fields = Fields()
    values: dict[str, object] = {"type_1": form.type_1, "active": form.active}
    with fields.field("name"):
        values["name"] = name = required_text(form.name, limits.ECOLABEL)
        # Types of before there was a register may have brought it in capitals and without.
        if row.name != name:
            registers.refuse_taken(work, tables.Ecolabel.name, name, label_id)
    with fields.field("also"):
        values["also"] = also = short_text(form.also, limits.ECOLABEL_ALSO)
        if row.also != also:
            _refuse_shared(work, also, label_id)
    fields.finish()
    if label_id is not None and row.name != name:
        for article in article_queries.of_ecolabel(work.session, row.name):
            article.ecolabel = name
    return registers.keep(work, row, values)


def _refuse_shared(work: Work, also: str, label_id: int | None) -> None:
    """A word of a file means one label."""
    words = {fold(word.strip()): word.strip() for word in also.split(";") if word.strip()}
    for other in article_queries.ecolabels(work.session):
        theirs = {fold(word.strip()) for word in (other.name, *other.also.split(";"))}
        if other.id != label_id and (shared := words.keys() & theirs):
            raise Refused(
                N_("{word} means {name} already."), word=words[min(shared)], name=other.name
            )


@writes("ecolabel.delete", Action.SETTINGS)
def delete(work: Work, label_id: int, version: int) -> Saved:
    """Delete a label that no type has."""
    row = work.get(tables.Ecolabel, label_id, version)
    if article_queries.of_ecolabel(work.session, row.name):
        raise registers.in_use()
    return registers.delete_unused(work, tables.Ecolabel, label_id, version)


def bring(work: Work) -> None:
    """Fill an empty register with what is known, what types have, and what the settings said."""
    if article_queries.has_ecolabels(work.session):
        return
    used = sorted(article_queries.types_by_ecolabel(work.session))
    type_1 = str(load_parameter(work.session, "type_1_labels"))
    for label in beginning(used, type_1):
        work.session.add(
            tables.Ecolabel(name=label.name, also=label.also, type_1=label.type_1, active=True)
        )
    work.session.flush()


def chosen(session: Session, written: str) -> str:
    """The name of the label that was chosen; refuses what is not in the register."""
    found = label_meant(written, _known(session)) if written else None
    if written and found is None:
        raise Invalid({"ecolabel": Refused(N_("Choose an ecolabel from the list."))})
    return found.name if found else ""


def reading(work: Work) -> Callable[[str], str]:
    """What turns the words of a file into the names of labels; new ones come into the register."""
    known = _known(work.session)
    meant: dict[str, str] = {"": ""}

    def name(written: str) -> str:
        if written not in meant:
            found = label_meant(written, known)
            meant[written] = found.name if found else _added(work, written, known)
        return meant[written]

    return name


def _added(work: Work, name: str, known: list[ReferenceEcolabel]) -> str:
    """Whether it is of type 1 is for the municipality to say."""
    work.session.add(tables.Ecolabel(name=name, also="", active=True))
    known.append(ReferenceEcolabel(name))
    return name


def _known(session: Session) -> list[ReferenceEcolabel]:
    rows = article_queries.ecolabels(session)
    return [ReferenceEcolabel(row.name, row.also, row.type_1) for row in rows]


def _stays_named(work: Work, events: Sequence[undo.Turned]) -> None:
    """No type is left with a label that the register has no longer."""
    said = [
        (event.before or {}).get("ecolabel")
        if event.entity == tables.Article.__tablename__
        else (event.after or {}).get("name")
        for event in events
    ]
    work.session.flush()
    there = {"", *(row.name for row in article_queries.ecolabels(work.session))}
    gone = {str(name) for name in said if name} - there
    if any(article_queries.of_ecolabel(work.session, name) for name in gone):
        raise Refused(N_("It cannot be undone, because something else uses it now."))


for _model in (tables.Article, tables.Ecolabel):
    undo.AFTERWARDS[_model.__tablename__].append(_stays_named)
