"""Our own drawings: one for every category, the same each time, and really drawn."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from moebelcirkel.documents.drawings import KIND_BY_CATEGORY, KINDS, draw

TINT = (64, 90, 80)


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def test_every_category_has_its_drawing_and_every_drawing_its_category() -> None:
    reference = Path(__file__).parents[2] / "db" / "reference" / "categories.csv"
    with reference.open(encoding="utf-8", newline="") as file:
        keys = {row["key"] for row in csv.DictReader(file, delimiter=";")}
    assert set(KIND_BY_CATEGORY) == keys
    assert set(KIND_BY_CATEGORY.values()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_stands_in_the_middle_of_a_light_ground(kind: str) -> None:
    jpeg = draw(kind, TINT, 1)
    assert len(jpeg) < 150_000
    image = opened(jpeg)
    assert image.size == (1600, 1138)
    ground = opened(draw(kind, TINT, 1)).crop((0, 0, 8, 1138)).resize(image.size)
    box = (
        ImageChops.difference(image, ground).convert("L").point(lambda v: 255 * (v > 24)).getbbox()
    )
    assert box is not None
    # Shop cards cut pictures to their own shape, so a piece keeps clear of the edges.
    assert box[0] > 90
    assert box[1] > 90
    assert box[2] < 1510
    assert box[3] < 1000
    assert abs((box[0] + box[2]) / 2 - 800) < 90


def test_the_same_drawing_is_the_same_file_and_seeds_and_tints_differ() -> None:
    assert draw("bookcase", TINT, 1) == draw("bookcase", TINT, 1)
    assert draw("bookcase", TINT, 1) != draw("bookcase", TINT, 2)
    assert draw("bookcase", TINT, 1) != draw("bookcase", (188, 144, 92), 1)
