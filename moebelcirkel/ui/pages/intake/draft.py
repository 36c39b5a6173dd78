"""The half-filled form on disk, with the request id that makes sending it twice harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.drafts import Drafts

FORM, PICTURES = "intake", "intake-pictures"


class IntakeDraft:
    """What survives a crash: the fields, the giver, and whether it was already sent.

    ``sent`` stays true from sending until the answer is known. Found true after a restart, the
    database is asked whether it arrived before anything is sent again.
    """

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        kept = drafts.load(FORM) or {}
        self.fields: Mapping[str, object] = kept.get("fields") or {}
        self.giver: int | None = kept.get("giver")
        self.giver_chosen = bool(kept.get("giver_chosen"))
        self.request = str(kept.get("request") or uuid4())
        self.sent = bool(kept.get("sent"))
        self.typed = bool(kept.get("typed"))
        self.pictures: list[dict[str, Any]] = (drafts.load(PICTURES) or {}).get("pictures", [])

    def keep(self, fields: Mapping[str, object], *, typed: bool) -> None:
        """Keep the fields as they stand."""
        self.fields, self.typed = fields, typed
        self._save()

    def keep_pictures(self, pictures: list[dict[str, Any]]) -> None:
        """Keep the pictures, apart from the fields since they are large."""
        self.pictures = pictures
        if pictures:
            self._drafts.save(PICTURES, {"pictures": pictures})
        else:
            self._drafts.clear(PICTURES)

    def choose(self, giver: int | None) -> None:
        """Keep who hands in."""
        self.giver, self.giver_chosen = giver, True
        self._save()

    def sending(self) -> None:
        """Remember, on disk before it happens, that this is being sent."""
        self.sent = True
        self._save()
        self._drafts.flush()

    def answered(self, *, saved: bool) -> None:
        """The answer is known; what was saved needs a new request the next time."""
        self.sent = False
        if saved:
            self.request = str(uuid4())
        self._save()

    def _save(self) -> None:
        self._drafts.save(
            FORM,
            {
                "fields": dict(self.fields),
                "giver": self.giver,
                "giver_chosen": self.giver_chosen,
                "request": self.request,
                "sent": self.sent,
                "typed": self.typed,
            },
        )
