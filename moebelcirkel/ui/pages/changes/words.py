"""What a change is called on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.language import _

if TYPE_CHECKING:
    from moebelcirkel.services.changes import ChangeRow


def what(change: ChangeRow) -> str:
    """What a change did, in words; an undoing one also says of what."""
    name = _(kind_name(change.kind, created=change.created))
    if change.reverses_kind:
        reversed_one = kind_name(change.reverses_kind, created=change.reverses_created)
        return f"{name}: {_(reversed_one).lower()}"
    return name
