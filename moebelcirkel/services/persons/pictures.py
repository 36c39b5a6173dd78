"""The pictures that came with reports and complaints, for whoever is to erase one for a cause."""

from moebelcirkel.domain.changes.words import ENTITY_NAMES
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.persons import pictures as queries
from moebelcirkel.storage.queries.persons.pictures import SentPicture


def sent_pictures(context: Context, text: str = "") -> list[SentPicture]:
    """Pictures of reports and complaints, the newest first; ``text`` is a number or a sender.

    Those of pieces and types are not among them: they are seen, and erased, where they belong.
    """
    context.require(Action.SETTINGS)
    words = fold(text).split()
    with context.read() as session:
        found = queries.sent(session)
    if not words:
        return found
    return [each for each in found if all(word in _told(each) for word in words)]


def _told(picture: SentPicture) -> str:
    return fold(f"{_(ENTITY_NAMES[picture.entity])} {picture.number} {picture.sender}")
