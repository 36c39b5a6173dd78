"""Half-filled forms kept on this PC, so that a crash or a power cut loses nothing typed.

One JSON file per database, user and page, replaced as a whole and forced to disk; written on a
thread of its own, a moment after the last keystroke. A text with a CPR number is not kept: what may
not be stored in the database may not lie on the disk of a shared PC either.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from moebelcirkel.domain.cpr import has_cpr

_DELAY_MILLISECONDS: Final = 300
#: Longer than anything that is typed: a picture.
_NO_TEXT: Final = 10_000
_log = logging.getLogger(__name__)


class Drafts(QObject):
    """The drafts of one user in one database."""

    failed = Signal(str)
    """The system's own words when a draft could not be kept (a full disk)."""

    def __init__(
        self, folder: Path, database: str, user: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._key = f"{database}\n{user}\n"
        self._waiting: dict[str, str] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="drafts")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MILLISECONDS)
        self._timer.timeout.connect(self.flush)

    def load(self, page: str) -> dict[str, Any] | None:
        """What was last typed on a page; None if nothing, or if the file is not readable."""
        if page in self._waiting:
            self.flush()
        self._writer.submit(int).result()  # everything asked for before is on disk now
        try:
            content = json.loads(self._file(page).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            _log.warning("draft of %s is not readable", page)
            return None
        return content if isinstance(content, dict) else None

    def save(self, page: str, content: Mapping[str, Any]) -> None:
        """Keep this, soon; the newest wins."""
        self._waiting[page] = json.dumps(_storable(dict(content)), ensure_ascii=False)
        self._timer.start()

    def clear(self, page: str) -> None:
        """The form was sent or emptied: forget it."""
        self._waiting.pop(page, None)
        self._writer.submit(self._remove, self._file(page))

    def flush(self) -> None:
        """Write now what waits (without waiting for the disk)."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for page, text in waiting.items():
            self._writer.submit(self._write, self._file(page), text)

    def close(self) -> None:
        """Write what waits and end; returns when it is on disk."""
        self.flush()
        self._writer.shutdown(wait=True)

    def _file(self, page: str) -> Path:
        name = hashlib.sha256((self._key + page).encode()).hexdigest()[:24]
        return self._folder / f"{page}-{name}.json"

    def _write(self, file: Path, text: str) -> None:
        fresh = file.with_suffix(".new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(file)
        except OSError as error:
            _log.warning("draft not kept: %s", error)
            self.failed.emit(error.strerror or str(error))

    def _remove(self, file: Path) -> None:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            # Left behind it would come back as a draft, which is shown as one: no harm done.
            _log.warning("draft not removed: %s", error)


def _storable(value: Any) -> Any:
    """The same without texts that hold a CPR number; digits alone are a scanned code."""
    if isinstance(value, Mapping):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    typed = isinstance(value, str) and len(value) < _NO_TEXT and not value.isdigit()
    return "" if typed and has_cpr(value) else value
