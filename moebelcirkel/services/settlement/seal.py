"""The seal of a batch: SHA-256 over what it says, its postings, its charges and its file."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from moebelcirkel.storage.chain import sealed_line
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


class SealedBatch(Protocol):
    """A batch as far as its seal covers it."""

    @property
    def profile(self) -> Json:
        """The settings its file was written by."""


def seal_of(batch: SealedBatch, postings: Iterable[Posting], charge_ids: Sequence[int]) -> str:
    """The seal as 64 hexadecimal digits; the charges of a reversing batch are those it frees."""
    digest = hashlib.sha256(HEAD.encode())
    digest.update(sealed_line(*(getattr(batch, name) for name in _COVERED)).encode())
    names = Posting.__dataclass_fields__
    for each in postings:
        digest.update(sealed_line(*(getattr(each, name) for name in names)).encode())
    digest.update(sealed_line(*sorted(charge_ids)).encode())
    return digest.hexdigest()
