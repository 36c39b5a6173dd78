"""Damaged pictures are refused where the decoder passes over it, and none takes the memory."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange.jpeg_files import read_header
from moebelcirkel.exchange.pictures import normalise

MEMORY_MB = 300


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    count = width * height * len(mode)
    return Image.frombytes(mode, (width, height), random.Random(2).randbytes(count))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def half(data: bytes) -> int:
    header = read_header(data)
    assert header is not None
    return (header.scan + len(data)) // 2


PHOTO = saved(noise(400, 300).resize((800, 600)), quality=80)
RESTARTED = saved(noise(400, 300), quality=80, restart_marker_rows=1)
PLAIN = saved(noise(200, 100), "PNG")


def flipped(data: bytes, at: int) -> bytes:
    hurt = bytearray(data)
    hurt[at] ^= 0x40
    return bytes(hurt)


@pytest.mark.parametrize(
    "data",
    [
        PHOTO[: half(PHOTO)] + b"\xff\xd9",
        PHOTO[: half(PHOTO)] + PHOTO[half(PHOTO) + 500 :],
        PHOTO[: half(PHOTO)] + PHOTO[half(PHOTO) - 500 :],
        PHOTO[:-2] + b"extra bytes" + PHOTO[-2:],
        PHOTO[: half(PHOTO)] + b"\xff\xc4" + PHOTO[half(PHOTO) :],
        PHOTO[:-2],
        RESTARTED.replace(b"\xff\xd1", b"\xff\xd5", 1),
    ],
    ids=["ended", "cut", "doubled", "extra", "mark", "no end", "restart"],
)
def test_a_jpeg_whose_data_does_not_make_up_the_picture_is_broken(data: bytes) -> None:
    with pytest.raises(Refused, match="broken"):
        normalise(data, "stol.jpg")


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("size", [(640, 480), (333, 217), (2000, 1500), (9, 1700)])
def test_sound_jpegs_are_taken_whatever_stands_behind_them(
    size: tuple[int, int], subsampling: int
) -> None:
    data = saved(noise(*size), quality=80, subsampling=subsampling)
    for spare in (b"", b"\0" * 40, PHOTO):
        assert normalise(data + spare, "stol.jpg").width <= 1600


def test_black_pictures_and_those_with_restarts_are_sound() -> None:
    assert normalise(saved(Image.new("RGB", (800, 600))), "nat.jpg").width == 800
    assert normalise(RESTARTED, "stol.jpg").width == 400


def png_parts(data: bytes) -> list[tuple[bytes, bytes]]:
    parts, at = [], 8
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        parts.append((kind, data[at + 8 : at + 8 + size]))
        at += 12 + size
    return parts


def png(parts: list[tuple[bytes, bytes]]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def repacked(change: slice, extra: bytes = b"") -> bytes:
    """The plain picture with other rows packed into it, and every check right."""
    parts = png_parts(PLAIN)
    rows = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    packed = zlib.compress(rows[change] + extra)
    return png([parts[0], (b"IDAT", packed), (b"IEND", b"")])


def wrong_sum() -> bytes:
    parts = png_parts(PLAIN)
    packed = b"".join(body for kind, body in parts if kind == b"IDAT")
    return png([parts[0], (b"IDAT", flipped(packed, len(packed) - 1)), (b"IEND", b"")])


@pytest.mark.parametrize(
    "data",
    [
        flipped(PLAIN, len(PLAIN) - 20),
        flipped(PLAIN, len(PLAIN) // 2),
        wrong_sum(),
        repacked(slice(0, -50)),
        repacked(slice(None), b"more"),
        png(png_parts(PLAIN)[:-1]),
    ],
    ids=["check", "middle", "sum", "short", "long", "no end"],
)
def test_a_png_whose_parts_do_not_fit_is_broken(data: bytes) -> None:
    with pytest.raises(Refused, match="broken"):
        normalise(data, "stol.png")


def interlaced() -> bytes:
    """Four by four points in the seven passes of an interlaced picture, all of one grey."""
    rows = b"".join(b"\0" + b"\x80" * width for width in (1, 1, 2, 2, 2, 4, 4))
    header = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 1)
    return png([(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")])


def test_sound_pngs_are_taken() -> None:
    for mode in ("L", "LA", "RGB", "RGBA"):
        assert normalise(saved(noise(37, 23, mode), "PNG"), "stol.png").width == 37
    assert normalise(interlaced(), "stol.png").width == 4


# --- memory ----------------------------------------------------------------------------------


def wide_png(width: int, height: int) -> bytes:
    """A large picture of one colour with transparency, packed without holding all of it."""
    pack, row = zlib.compressobj(1), b"\0" + b"\x30\x60\x90\xff" * width
    packed = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return png([(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")])


def large_pictures() -> Iterator[tuple[str, bytes]]:
    yield "a.png", wide_png(7_000, 7_000)
    yield "b.png", wide_png(8_000, 8_000)
    yield "long.jpg", saved(Image.new("RGB", (60_000, 1_300), "grey"))
    yield "several.jpg", saved(Image.new("RGB", (5_600, 5_600)), progressive=True, subsampling=0)
    yield "much.jpg", saved(Image.new("RGB", (8_000, 8_000)), progressive=True, subsampling=0)
    yield "a.webp", saved(Image.new("RGB", (4_000, 3_000), "grey"), "WEBP")
    body = b"\x2f" + struct.pack("<I", 16_000 - 1 | (5_000 - 1) << 14) + bytes(9)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    yield "b.webp", b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


CHILD = r"""
import pathlib, re, sys
from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange.pictures import normalise
for each in sys.argv[1:]:
    path = pathlib.Path(each)
    try:
        said = normalise(path.read_bytes(), path.name).width
    except Refused as error:
        said = "refused" if "million pixels" in str(error) else error
    peak = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]
    print(path.name, said, int(peak) // 1024, sep=";")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the peak of a process")
def test_no_picture_takes_more_memory_than_there_is_for_it(tmp_path: Path) -> None:
    for name, data in large_pictures():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=True,
    )
    told = [line.split(";") for line in done.stdout.splitlines()]
    assert {name: said for name, said, _ in told} == {
        "a.png": "1600",
        "b.png": "refused",
        "long.jpg": "1600",
        "several.jpg": "1600",
        "much.jpg": "refused",
        "a.webp": "1600",
        "b.webp": "refused",
    }
    assert max(int(peak) for _, _, peak in told) <= MEMORY_MB, told
