"""Pictures made safe: upright, bounded, free of all that came with them, or refused by name."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange import pictures
from moebelcirkel.exchange.pictures import MAX_BYTES_OUT, MAX_SIDE, THUMB_BOX, normalise

DATA = Path(__file__).parents[1] / "data"
RED, BLUE, GROUND = (200, 30, 30), (30, 60, 200), (240, 236, 228)
# How each orientation moves the red corner of ``marked`` and whether the sides change places.
TURNS = {
    1: ("left", "top", False),
    2: ("right", "top", False),
    3: ("right", "bottom", False),
    4: ("left", "bottom", False),
    5: ("left", "top", True),
    6: ("right", "top", True),
    7: ("right", "bottom", True),
    8: ("left", "bottom", True),
}


def marked(width: int = 96, height: int = 64) -> Image.Image:
    """A picture with a red corner above to the left."""
    image = Image.new("RGB", (width, height), GROUND)
    ImageDraw.Draw(image).rectangle((0, 0, width // 3, height // 2), fill=RED)
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def place_and_time(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telefonmager"
    exif[0x0132] = "2026:11:20 09:05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 27.0, 0.0), 3: "E", 4: (10.0, 2.0, 0.0)})
    return exif


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
    image.load()
    return image


def close(found: object, wanted: tuple[int, int, int], within: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


def markers(jpeg: bytes) -> list[int]:
    """The markers of a JPEG before its points."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", TURNS)
def test_pictures_stand_upright(kind: str, orientation: int) -> None:
    data = saved(marked(), kind, exif=place_and_time(orientation))
    picture = normalise(data, f"stol.{kind.lower()}")
    side, end, turned = TURNS[orientation]
    assert (picture.width, picture.height) == ((64, 96) if turned else (96, 64))
    spot = (5 if side == "left" else picture.width - 6, 5 if end == "top" else picture.height - 6)
    image = opened(picture.jpeg)
    assert close(image.getpixel(spot), RED)
    opposite = (picture.width - 1 - spot[0], picture.height - 1 - spot[1])
    assert close(image.getpixel(opposite), GROUND)


def test_a_phones_heic() -> None:
    """Made by us with an HEVC encoder: 96x64, held sideways, with place, maker and XMP."""
    data = (DATA / "phone.heic").read_bytes()
    assert b"Exif" in data
    assert b"xmpmeta" in data
    picture = normalise(data, "IMG_1.HEIC")
    assert (picture.width, picture.height) == (64, 96)
    image = opened(picture.jpeg)
    assert close(image.getpixel((58, 5)), RED)
    assert close(image.getpixel((5, 90)), BLUE)
    assert_bare(picture.jpeg)


def assert_bare(jpeg: bytes) -> None:
    """Nothing is in a JPEG but the picture."""
    # APP0 (JFIF), tables, frame: no APP1 (EXIF, XMP), APP2 (profile), APP13 or comment.
    assert set(markers(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    for trace in (b"Exif", b"GPS", b"xmp", b"ICC_PROFILE", b"Telefonmager", b"hemmelig"):
        assert trace not in jpeg
    image = opened(jpeg)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_nothing_that_came_with_a_picture_is_kept() -> None:
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>hemmelig</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngInfo()
    text.add_text("Comment", "hemmelig")
    exif = place_and_time()
    files = [
        saved(marked(), exif=exif, xmp=xmp, comment=b"hemmelig", icc_profile=profile),
        saved(marked(), "PNG", exif=exif, pnginfo=text, icc_profile=profile),
        saved(marked(), "WEBP", exif=exif, xmp=xmp, icc_profile=profile),
        saved(marked()) + b"hemmelig",
    ]
    for data in files:
        picture = normalise(data, "stol")
        assert_bare(picture.jpeg)
        assert_bare(picture.thumb)


def test_damaged_metadata_costs_only_the_metadata() -> None:
    data = bytearray(saved(marked(), exif=place_and_time(6)))
    at = data.index(b"Exif\0\0") + 14
    data[at : at + 40] = b"\xff" * 40
    assert normalise(bytes(data), "stol.jpg").width == 96


def test_colours_become_those_of_a_screen() -> None:
    """A profile that says red is blue and blue is red is worked in, not thrown away."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    names = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ", b"rTRC": b"bTRC", b"bTRC": b"rTRC"}
    swapped = re.sub(rb"[rb](?:XYZ|TRC)", lambda name: names[name[0]], profile)
    for mode, kind in (("RGB", "JPEG"), ("RGBA", "PNG")):
        data = saved(Image.new("RGB", (40, 40), RED).convert(mode), kind, icc_profile=swapped)
        value = opened(normalise(data, "a").jpeg).getpixel((20, 20))
        assert close(value, (RED[2], RED[1], RED[0]))
    damaged = saved(marked(), icc_profile=b"no profile" * 20)
    assert close(opened(normalise(damaged, "a.jpg").jpeg).getpixel((5, 5)), RED)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (Image.new("RGBA", (30, 20), (*RED, 0)), (255, 255, 255)),
        (Image.new("RGBA", (30, 20), (0, 0, 0, 128)), (127, 127, 127)),
        (Image.new("LA", (30, 20), (0, 0)), (255, 255, 255)),
        (Image.new("L", (30, 20), 90), (90, 90, 90)),
        (Image.new("1", (30, 20), 1), (255, 255, 255)),
        (Image.new("I;16", (30, 20), 30_000), (117, 117, 117)),
        (Image.new("RGB", (30, 20), RED).quantize(4), RED),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else "",
)
def test_every_kind_of_points(image: Image.Image, expected: tuple[int, int, int]) -> None:
    picture = normalise(saved(image, "PNG"), "a.png")
    assert close(opened(picture.jpeg).getpixel((10, 10)), expected, 3)


def test_transparent_palettes_and_printers_colours() -> None:
    palette = Image.new("RGB", (30, 20), RED).quantize(4)
    data = saved(palette, "PNG", transparency=palette.getpixel((0, 0)))
    assert close(opened(normalise(data, "a.png").jpeg).getpixel((9, 9)), (255, 255, 255), 3)
    data = saved(Image.new("CMYK", (30, 20), (0, 0, 0, 255)))
    assert close(opened(normalise(data, "a.jpg").jpeg).getpixel((9, 9)), (0, 0, 0), 40)


def test_several_views_in_one_jpeg_are_its_first() -> None:
    """Phones store a depth or gain map behind the picture."""
    out = io.BytesIO()
    marked().save(out, "MPO", save_all=True, append_images=[marked(30, 20)])
    assert normalise(out.getvalue(), "a.jpg").width == 96


sides = st.integers(1, 2600)


@given(sides, sides, st.sampled_from(["JPEG", "PNG"]), st.integers(0, 2**32))
def test_any_size_becomes_a_bounded_picture(width: int, height: int, kind: str, seed: int) -> None:
    chance = random.Random(seed)
    grain = Image.frombytes("RGB", (16, 16), chance.randbytes(768))
    picture = normalise(saved(grain.resize((width, height)), kind), "a")
    longest = max(width, height)
    assert max(picture.width, picture.height) == min(MAX_SIDE, longest)
    assert len(picture.jpeg) <= MAX_BYTES_OUT
    image, small = opened(picture.jpeg), opened(picture.thumb)
    assert image.size == (picture.width, picture.height)
    assert small.width <= THUMB_BOX[0]
    assert small.height <= THUMB_BOX[1]
    # The sides keep their ratio to within one point.
    assert abs(picture.width * longest - width * max(image.size)) <= longest
    assert picture.sha256 == hashlib.sha256(picture.jpeg).hexdigest()


def test_the_same_file_gives_the_same_bytes() -> None:
    data = saved(marked(2000, 1500), "PNG")
    assert normalise(data, "a.png") == normalise(data, "b.png")


def test_noise_stays_within_the_room_it_may_take() -> None:
    noise = Image.frombytes("RGB", (1600, 1600), random.Random(1).randbytes(1600 * 1600 * 3))
    picture = normalise(saved(noise, "JPEG", quality=95), "a.jpg")
    assert len(picture.jpeg) <= MAX_BYTES_OUT
    assert opened(picture.jpeg).size == (picture.width, picture.height)


def giant_png(width: int, height: int) -> bytes:
    """A small file that unpacks to very many points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def giant_jpeg() -> bytes:
    data = bytearray(saved(marked()))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def giant_webp(kind: bytes) -> bytes:
    body = {
        b"VP8X": bytes(4) + (16_000).to_bytes(3, "little") * 2,
        b"VP8L": b"\x2f" + struct.pack("<I", 16_000 | 16_000 << 14) + bytes(8),
        b"VP8 ": bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 16_000, 16_000) + bytes(8),
    }[kind]
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def moving(kind: str) -> bytes:
    return saved(marked(), kind, save_all=True, append_images=[Image.new("RGB", (96, 64), BLUE)])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (giant_png(30_000, 30_000), "million pixels"),
        (giant_png(2**31 - 1, 2**31 - 1), "million pixels"),
        (giant_jpeg(), "million pixels"),
        (giant_webp(b"VP8X"), "million pixels"),
        (giant_webp(b"VP8L"), "million pixels"),
        (giant_webp(b"VP8 "), "million pixels"),
        (giant_png(5_000, 5_000), "broken"),
        (saved(marked(400, 300))[:2000], "broken"),
        (saved(marked(400, 300), "PNG")[:-40], "broken"),
        (saved(marked(400, 300), "WEBP")[:-40], "broken"),
        ((DATA / "phone.heic").read_bytes()[:-60], "broken"),
        (b"\xff\xd8\xff\xe0", "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"RIFF\0\0\0\0WEBP", "broken"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "broken"),
        (moving("PNG"), "moving"),
        (moving("WEBP"), "moving"),
        (saved(marked(), "GIF"), "GIF"),
        (saved(marked(), "BMP"), "BMP"),
        (saved(marked(), "TIFF"), "TIFF"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><svg/>", "SVG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"\0\0\0\x18ftypavif", "AVIF"),
        (b"Kontorstol, sort", "not a picture"),
        (b"\0", "not a picture"),
    ],
)
def test_what_is_no_good_picture_is_refused_by_its_name(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        normalise(data, "stol.jpg")
    assert "stol.jpg" in str(refused.value)


def test_between_kinds_of_pictures_contents_decide_and_other_endings_are_refused() -> None:
    data = saved(marked(), "PNG")
    for name in ("stol.JPG", "stol.png", "Indsat billede", "stol 2. sal", "reol.2026"):
        assert normalise(data, name).width == 96
    for name in ("stol.pdf", "stol.txt", "stol.gif"):
        with pytest.raises(Refused, match=r"Rename it to \.png"):
            normalise(data, name)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 1000)
    with pytest.raises(Refused, match="larger"):
        normalise(bytes(1001), "a.jpg")


WHOLE = [
    saved(marked(120, 80), exif=place_and_time(6)),
    saved(marked(120, 80), "PNG", exif=place_and_time(3)),
    saved(marked(120, 80), "WEBP"),
    (DATA / "phone.heic").read_bytes(),
]


@pytest.mark.parametrize("at", [194, 197, 218, 232, 239])
def test_a_heic_whose_parts_have_no_names_never_reaches_the_decoder(at: int) -> None:
    """It would end the process; the places are in the type and in the names of its parts."""
    data = bytearray((DATA / "phone.heic").read_bytes())
    data[at] = 0xB5
    with pytest.raises(Refused, match="broken"):
        normalise(bytes(data), "stol.heic")


@given(st.sampled_from(WHOLE), st.data())
def test_damaged_pictures_are_read_or_refused(whole: bytes, draw: st.DataObject) -> None:
    hurt = bytearray(whole)
    for _ in range(draw.draw(st.integers(1, 6))):
        hurt[draw.draw(st.integers(12, len(hurt) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(Refused):
        assert_bare(normalise(bytes(hurt), "a").jpeg)


def drawn(kind: str, width: int, height: int) -> Image.Image:
    """Noise, a fine pattern, or half and half."""
    if kind == "noise":
        return Image.frombytes(
            "RGB", (width, height), random.Random(7).randbytes(width * height * 3)
        )
    image = Image.new("RGB", (width, height), GROUND)
    draw = ImageDraw.Draw(image)
    if kind == "stripes":
        for left in range(0, width, 2):
            draw.line((left, 0, left, height), fill=BLUE)
    else:
        draw.rectangle((0, 0, width // 2, height), fill=RED)
    return image


@pytest.mark.parametrize(
    "size", [(1600, 1200), (1201, 1599), (1600, 3), (2, 900), (1, 1), (37, 23)]
)
@pytest.mark.parametrize("kind", ["noise", "stripes", "halves"])
def test_a_thumbnail_is_known_as_its_pictures_own(kind: str, size: tuple[int, int]) -> None:
    made = normalise(saved(drawn(kind, *size), "PNG"), "x.png")
    assert pictures.is_small_of(made.thumb, made.jpeg)


def test_a_thumbnail_of_another_picture_is_not_taken_for_its_own() -> None:
    one, other = (
        normalise(saved(image), "x.jpg")
        for image in (
            drawn("halves", 400, 300),
            drawn("halves", 400, 300).transpose(Image.Transpose.ROTATE_180),
        )
    )
    assert not pictures.is_small_of(other.thumb, one.jpeg)
    assert not pictures.is_small_of(one.thumb[:200], one.jpeg)
