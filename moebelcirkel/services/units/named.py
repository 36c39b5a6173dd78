"""Names of what the events of one piece only know by id."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from moebelcirkel.storage.queries import change_texts
from moebelcirkel.storage.queries import passport as passport_queries
from moebelcirkel.storage.queries.passport import UnitEvent
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class Names:
    """By id; ``parts`` are the numbers of the parts that a task of a case put into the piece,
    ``fitted`` is by change the piece, and the task, that the piece was put into or taken out of.
    """

    places: Mapping[int, str]
    institutions: Mapping[int, str]
    receivers: Mapping[int, str]
    notes: Mapping[int, str]
    coded: Collection[int]
    articles: Mapping[int, str]
    parts: Mapping[int, Collection[str]]
    fitted: Mapping[int, tuple[str, str]]


def names_of(session: Session, unit_id: int, events: Iterable[UnitEvent]) -> Names:
    """All that the events of a piece speak of."""
    places: set[Any] = set()
    institutions: set[Any] = set()
    notes: set[Any] = set()
    articles: set[Any] = set()
    changes: set[int] = set()
    for event in events:
        values = event.after or {}
        changes.add(event.change_id)
        places.add(values.get("place_id"))
        articles.add(values.get("article_id"))
        institutions.update((values.get("giver_id"), values.get("holder_id")))
        note = values.get("note")
        notes.add(note.get("text") if isinstance(note, dict) else None)
    return Names(
        passport_queries.place_names(session, places - {None}),
        passport_queries.institution_names(session, institutions - {None}),
        passport_queries.receivers(session, changes),
        change_texts.person_texts(session, notes - {None}),
        passport_queries.touching(session, "unit_code", changes),
        passport_queries.article_names(session, articles - {None}),
        _parts(session, unit_id),
        used.fitted_in(session, unit_id, changes),
    )


def _parts(session: Session, unit_id: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for part in used.around(session, unit_id):
        if part.unit_id == unit_id:
            found.setdefault(part.case_task_id, []).append(part.number)
    return found
