"""The seal of a recorded report: SHA-256 over its lines in one form for every database.

The form is UTF-8 text: a first line ``moebelcirkel figure lines 1``, then one line per figure
line by rising id, each ended by a line feed. A figure line is its columns in the order of
``storage.report_queries.SEALED``, parted by ``|``: nothing for null, ``1`` and ``0`` for yes and
no, whole numbers plain, days and moments (UTC, microseconds) in ISO 8601, and the inputs as JSON
with sorted keys and no spaces. A line that is gone leaves its id alone on its line.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence

from moebelcirkel.storage import report_queries
from moebelcirkel.storage.work import Session

HEAD = "moebelcirkel figure lines 1\n"
_INPUTS = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal_of(
    session: Session,
    line_ids: Sequence[int],
    progress: Callable[[int, int], object] | None = None,
) -> str:
    """The seal of these lines, as 64 hexadecimal digits; the order of the ids does not matter."""
    digest = hashlib.sha256(HEAD.encode())
    done = 0
    for ids, rows in report_queries.sealed(session, sorted(line_ids)):
        found = {row[0]: row for row in rows}
        for key in ids:
            row = found.get(key, (key,))
            digest.update(("|".join(map(_plain, row)) + "\n").encode())
        done += len(ids)
        if progress is not None:
            progress(done, len(line_ids))
    return digest.hexdigest()


def _plain(value: object) -> str:
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return _INPUTS.encode(value)
    return str(value)
