"""The seal of a batch: SHA-256 over what it says, its postings, its charges and its file."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Protocol

from moebelcirkel.storage.queries.settlement import Posting
from moebelcirkel.storage.tables.base import Json

HEAD = "moebelcirkel settlement 1\n"
_COVERED = (
    "number",
    "year",
    "serial",
    "from_on",
    "to_on",
    "legal",
    "monthly",
    "posting_on",
    "fiscal_year",
    "reverses_id",
    "attempt",
    "made_at",
    "charge_count",
    "debit_ore",
    "net_ore",
    "profile",
    "file_sha256",
)
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class SealedBatch(Protocol):
    """A batch as far as its seal covers it."""

    @property
    def profile(self) -> Json:
        """The settings its file was written by."""


def seal_of(batch: SealedBatch, postings: Iterable[Posting], charge_ids: Sequence[int]) -> str:
    """The seal as 64 hexadecimal digits; the charges of a reversing batch are those it frees."""
    digest = hashlib.sha256(HEAD.encode())
    _add(digest, [getattr(batch, name) for name in _COVERED])
    names = Posting.__dataclass_fields__
    for each in postings:
        _add(digest, [getattr(each, name) for name in names])
    _add(digest, sorted(charge_ids))
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", values: Sequence[object]) -> None:
    digest.update(("|".join(map(_plain, values)) + "\n").encode())


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return _JSON.encode(value)
    return str(value)
