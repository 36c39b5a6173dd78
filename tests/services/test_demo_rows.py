"""Example data is the same every time it is made with the same arguments."""

import datetime as dt
import re
import sqlite3
from pathlib import Path

from moebelcirkel.services import demo

TODAY = dt.date(2026, 11, 20)
#: What is salted at random, and what is worked out from it.
SECRET = {
    "app_user": {"password_hash"},
    "person_text": {"salt"},
    "change_link": {"link"},
    # A report prints the newest link of the chain.
    "report_record": {"parameters", "seal", "document", "short_document"},
}


def without_digests(value: object) -> object:
    hashed = r'"(digest|seal|document|short)": ?"[0-9a-f]+"'
    return re.sub(hashed, "", value) if isinstance(value, str) else value


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        # What the search makes for itself has no rows of its own.
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_words_%'"
        names = connection.execute(tables).fetchall()
        found = {}
        for (name,) in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            kept = [f'"{each}"' for each in columns if each not in SECRET.get(name, ())]
            query = f"SELECT {', '.join(kept)} FROM {name} ORDER BY rowid"
            rows = connection.execute(query).fetchall()
            found[name] = [tuple(map(without_digests, row)) for row in rows]
        return found
    finally:
        connection.close()


def test_the_same_arguments_give_the_same_rows(tmp_path: Path) -> None:
    made = []
    for name in ("one.sqlite", "two.sqlite"):
        demo.create(tmp_path / name, units=150, today=TODAY)
        made.append(dump(tmp_path / name))
    assert made[0] == made[1]
    demo.create(tmp_path / "three.sqlite", units=150, today=TODAY, seed=2)
    assert dump(tmp_path / "three.sqlite")["unit"] != made[0]["unit"]
