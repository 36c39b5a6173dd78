"""What a change was about, named in a few words: "Mette Holm", "B-000012", "3 møbler"."""

from typing import Final

from moebelcirkel.domain.changes.kinds import group_of
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services.changes import details
from moebelcirkel.storage.queries import change_texts
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.work import Session

#: By the group of its kind, the tables whose rows a change is about, the first it wrote to.
_ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "case": ("unit", "case_task", "workshop_case"),
    "delivery": ("unit", "delivery"),
    "factor": ("factor_set", "factor"),
    "import": ("import_batch",),
    "institution": ("institution",),
    "intake": ("unit",),
    "order": ("shop_order",),
    "photo": ("photo",),
    "shop": ("hold", "basket"),
    "unit": ("unit",),
    "user": ("app_user", "deputy"),
}
_PIECES: Final = frozenset({"unit", "hold"})
_MOST: Final = 2


def thing(session: Session, change_id: int, kind: str) -> str:
    """What the change was about; "" where nothing of it has a name."""
    touched = change_queries.touched(session, change_id)
    about = [each for each in _ABOUT.get(group_of(kind), ()) if each in touched]
    entity = next(iter([*about, *touched]), "")
    count = touched.get(entity, 0)
    if entity in _PIECES and count > 1:
        many = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
        return many.format(count=number(count))
    lines = change_texts.events(session, change_id, details.MOST_ROWS, entity)
    named = list(dict.fromkeys(filter(None, details.named(session, lines))))
    shown, left = ", ".join(named[:_MOST]), count - len(named[:_MOST])
    if shown and left > 0 and len(named) > _MOST:
        return _("{names} and {count} more").format(names=shown, count=number(left))
    return shown
