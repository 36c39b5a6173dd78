"""What the shop remembers of one person: favourites, types looked at, searches that were kept.

It lies with the person's drafts on this PC, so nobody else sees it, and it is no part of the books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.drafts import Drafts

_DRAFT = "shop-memory"
MOST_SEEN, MOST_FAVOURITES, MOST_SEARCHES = 12, 200, 6


class Memory:
    """Kept at each change; the newest stand first."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        kept = drafts.load(_DRAFT) or {}
        self.seen = _ids(kept.get("seen"))[:MOST_SEEN]
        self.favourites = _ids(kept.get("favourites"))[:MOST_FAVOURITES]
        self.searches = _texts(kept.get("searches"))[:MOST_SEARCHES]

    def see(self, article_id: int) -> None:
        """This type was looked at."""
        self.seen = [article_id, *(each for each in self.seen if each != article_id)][:MOST_SEEN]
        self._keep()

    def star(self, article_id: int, *, on: bool) -> None:
        """Make it a favourite, or none any more."""
        others = [each for each in self.favourites if each != article_id]
        self.favourites = ([article_id, *others] if on else others)[:MOST_FAVOURITES]
        self._keep()

    def keep_search(self, text: str, *, on: bool) -> None:
        """Keep a search, or forget it."""
        others = [each for each in self.searches if each != text]
        self.searches = ([text, *others] if on else others)[:MOST_SEARCHES]
        self._keep()

    def _keep(self) -> None:
        content = {"seen": self.seen, "favourites": self.favourites, "searches": self.searches}
        self._drafts.save(_DRAFT, content)


def _ids(kept: object) -> list[int]:
    """A file that was damaged or written by another program is worth what can be used of it."""
    found = kept if isinstance(kept, list) else []
    return [each for each in found if isinstance(each, int) and not isinstance(each, bool)]


def _texts(kept: object) -> list[str]:
    found = kept if isinstance(kept, list) else []
    return [each for each in found if isinstance(each, str) and each.strip()]
