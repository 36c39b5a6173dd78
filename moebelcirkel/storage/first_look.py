"""A look into a database file by the bare driver: two settings, nothing locked, nothing changed."""

import contextlib
import json
import sqlite3
from pathlib import Path


def settings(path: Path, *keys: str) -> dict[str, object] | None:
    """The municipality's settings of these keys that are stored; ``None`` where it cannot be read.

    What is wrong is not told here: opening the database says it, with what to do.
    """
    wanted = ", ".join("?" * len(keys))
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
        ) as connection:
            rows = connection.execute(
                f"SELECT key, value FROM parameter WHERE key IN ({wanted})", keys
            )
            return {key: json.loads(value) for key, value in rows}
    except (sqlite3.Error, ValueError):
        return None
