"""The registered types as lines of a file name them: by number, else by name."""

from collections import defaultdict

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.queries.imports import KnownType
from moebelcirkel.storage.work import Session


class KnownTypes:
    """Finds the type a line means; never one with another number, and never one of several.

    The number of a type that was merged into another one is that other one's as well.
    """

    def __init__(self, session: Session) -> None:
        self._keys: dict[str, KnownType] = {}
        self._names: defaultdict[str, list[KnownType]] = defaultdict(list)
        kept: dict[int, KnownType] = {}
        for known in import_queries.known_types(session):
            if known.key:
                self._keys[known.key.casefold()] = known
            self._names[fold(known.name)].append(known)
            kept[known.id] = known
        for key, article_id in import_queries.merged_keys(session).items():
            if article_id in kept:
                self._keys.setdefault(key.casefold(), kept[article_id])

    def find(self, key: str, name: str, maker: str = "") -> KnownType | None:
        """The type with this number, or without one with this name, of this maker if need be."""
        if key:
            return self._keys.get(key.casefold())
        named = self._names.get(fold(name), []) if name else []
        if len(named) > 1 and maker:
            named = [each for each in named if fold(each.maker) == fold(maker)]
        if len(named) > 1:
            raise Refused(
                N_("{count} furniture types are called “{name}”. Write the item number."),
                count=len(named),
                name=name,
                field="key",
            )
        return named[0] if named else None
