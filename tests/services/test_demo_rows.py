"""Example data is the same every time it is made with the same arguments."""

import datetime as dt
import io
import itertools
import math
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from moebelcirkel.demo import favourites
from moebelcirkel.demo import making as demo
from moebelcirkel.demo.pictures import TINTS
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import deliveries, shop
from moebelcirkel.services.start import opening
from tests import templates

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


@pytest.mark.parametrize("units", [60, 100, 120, 400])
def test_a_small_example_has_something_on_sale_and_to_pick(tmp_path: Path, units: int) -> None:
    path = tmp_path / "small.sqlite"
    if units == 100:
        demo.create(path, units=units, today=TODAY)
    else:
        shutil.copy(templates.in_file(f"example-{units}"), path)
    context = opening.open_existing(str(path))
    try:
        assert len(shop.search(context, Query()).cards) >= 3
        ready = deliveries.pick_list(context)
        assert sum(len(row.open_ids) for row in ready) >= 1
        with closing(sqlite3.connect(path)) as connection:
            (rows,) = connection.execute("SELECT count(*) FROM unit")
        assert rows == (units,)
    finally:
        opening.close(context)


def test_the_hall_keeps_a_list_of_favourites_for_all(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    shutil.copy(templates.in_file("example-400"), path)
    context = opening.open_existing(str(path))
    try:
        rows = {row.form.name: row for row in shop.lists(context).rows}
        assert len(rows["Arbejdspladsen"].type_ids) >= 4
        assert rows["Arbejdspladsen"].form.kind == ""
    finally:
        opening.close(context)


def test_pictures_show_the_colour_and_lists_stay_short_with_many_types(tmp_path: Path) -> None:
    demo.create(tmp_path / "looks.sqlite", units=20, articles=200, today=TODAY)
    connection = sqlite3.connect(tmp_path / "looks.sqlite")
    named = connection.execute("SELECT name, colour FROM article").fetchall()
    shown = connection.execute(
        "SELECT name, colour, jpeg FROM article JOIN photo ON photo.article_id = article.id"
        " JOIN photo_blob ON photo_blob.sha256 = photo.sha256"
    ).fetchall()
    lists = connection.execute("SELECT count(*) FROM shop_list_type GROUP BY list_id").fetchall()
    connection.close()
    assert max(lists) == (favourites.LONGEST,)
    for name, colour in named:
        words = set(re.findall(r"\w+", name.lower())) & {tint.lower() for tint in TINTS}
        assert words <= {colour.lower()}, name
    assert len(shown) > 20
    for name, colour, jpeg in shown:
        assert has_colour(jpeg, colour), name


#: Both are wood; on a picture their dark sides are told apart by nobody.
_WOOD = {"Eg", "Bøg"}
_NEUTRAL = {"Sort", "Grå", "Hvid"}


def has_colour(jpeg: bytes, colour: str) -> bool:
    """Whether a colour is the one of the piece's coloured parts; a neutral one is to be seen."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((96, 72))
    ground = image.getpixel((2, 36))
    pixels = [image.getpixel(spot) for spot in itertools.product(range(16, 80), range(8, 68))]
    if colour in _NEUTRAL:
        near = [pixel for pixel in pixels if distance(pixel, TINTS[colour]) < 45]
        return len(near) > len(pixels) / 50
    counts: Counter[str] = Counter()
    for pixel in pixels:
        assert isinstance(pixel, tuple)
        if distance(pixel, ground) > 40 and max(pixel) - min(pixel) > 25:
            counts[min(TINTS, key=lambda tint: distance(pixel, TINTS[tint]))] += 1
    most = max(counts, key=lambda tint: counts[tint], default="")
    return most in (_WOOD | {"Brun"} if colour in _WOOD else {colour})


def distance(one: object, other: object) -> float:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return math.dist(one, other)


def test_the_same_arguments_give_the_same_rows(tmp_path: Path) -> None:
    """The first was made by whoever needed it first, maybe another process."""
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    shutil.copy(templates.in_file("example-120"), one)
    demo.create(two, units=120, today=TODAY)
    assert dump(two) == dump(one)


def test_another_seed_gives_other_rows(tmp_path: Path) -> None:
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    shutil.copy(templates.in_file("example-60"), one)
    demo.create(two, units=60, today=TODAY, seed=2)
    assert dump(two)["unit"] != dump(one)["unit"]
