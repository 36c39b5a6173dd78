"""The example's pictures of furniture: all there, none too many, clear of the edges of a card."""

import contextlib
import io
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from moebelcirkel import paths
from moebelcirkel.demo import pictures
from moebelcirkel.demo.pictures import Easel
from moebelcirkel.demo.stage import rows
from moebelcirkel.services import photos

FILES = sorted(paths.database_files("demo", "pictures").iterdir())
NAMES = [file.stem for file in FILES]


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def test_every_picture_that_a_type_names_is_there_and_none_is_for_nothing() -> None:
    assert {row["picture"] for row in rows("articles")} - {""} == set(NAMES)


def test_every_colour_of_a_type_can_be_painted() -> None:
    assert {each for row in rows("articles") for each in row["colours"].split("|")} == set(
        pictures.TINTS
    )


def test_the_pictures_are_small_files() -> None:
    assert sum(file.stat().st_size for file in FILES) < 400_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_piece_stands_in_the_middle_of_a_light_ground(file: Path) -> None:
    image = opened(pictures.painted(file.stem, "Grøn"))
    assert image.size == (1600, 1138)
    ground = image.crop((0, 0, 8, 1138)).resize(image.size)
    assert min(ground.convert("L").tobytes()) > 200
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


def test_the_same_picture_is_the_same_file_and_another_colour_another_one() -> None:
    assert pictures.painted("bookcase", "Eg") == pictures.painted("bookcase", "Eg")
    assert pictures.painted("bookcase", "Eg") != pictures.painted("bookcase", "Hvid")


def test_what_is_painted_beside_is_the_same_picture() -> None:
    looks = [("bookcase", "Eg"), ("armchair", "Blå"), ("bookcase", "Hvid")]
    with contextlib.closing(Easel(looks)) as easel:
        found = {look: easel.take(*look) for look in reversed(looks)}
    for (name, colour), picture in found.items():
        assert picture == photos.prepare(pictures.painted(name, colour), f"{name}.jpg")


def test_what_nobody_waits_for_any_more_is_not_painted() -> None:
    looks = [(name, colour) for name in NAMES for colour in pictures.TINTS]
    easel = Easel(looks)
    easel.close()
    with pytest.raises(CancelledError):
        easel.take(*looks[-1])


def test_light_and_shade_stay_on_the_colour() -> None:
    image = opened(pictures.painted("armchair", "Blå"))
    seat, side = image.getpixel((800, 651)), image.getpixel((800, 840))
    assert isinstance(seat, tuple)
    assert isinstance(side, tuple)
    assert sum(seat) > sum(pictures.TINTS["Blå"]) > sum(side)
