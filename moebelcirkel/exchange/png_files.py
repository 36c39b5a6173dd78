"""PNG files by their own parts: what their decoding takes, and damage that Pillow passes over."""

import struct
import zlib
from collections.abc import Iterator

# Bytes that Pillow keeps for a point, by the colour type of the header: grey and palettes one (two
# for 16 bits), all others four.
_GREY, _PALETTE = 0, 3
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_SLICE = 1 << 20


def bytes_per_point(data: bytes) -> int:
    """What a point takes once it is decoded; 4 where the header cannot be read."""
    depth, colour = data[24:26] if len(data) > 25 else (8, 2)
    return (2 if depth == 16 else 1) if colour in (_GREY, _PALETTE) else 4


def is_sound(data: bytes) -> bool:
    """Whether every needed part is whole, and together they unpack to exactly the picture."""
    try:
        expected = _unpacked(data[16:29])
        unpack = zlib.decompressobj()
        size = 0
        for part in _image_parts(data):
            left: bytes | memoryview = part
            while left:
                size += len(unpack.decompress(left, _SLICE))
                left = unpack.unconsumed_tail
        return unpack.eof and size == expected
    except (zlib.error, struct.error, KeyError, ValueError):
        return False


def _image_parts(data: bytes) -> Iterator[memoryview]:
    """The parts that hold the picture; ValueError where a needed part is damaged or missing."""
    view, at = memoryview(data), 8
    while True:
        size, kind = struct.unpack_from(">I4s", view, at)
        body = view[at + 8 : at + 8 + size]
        (mark,) = struct.unpack_from(">I", view, at + 8 + size)
        needed = not kind[0] & 0x20
        if needed and zlib.crc32(body, zlib.crc32(kind)) != mark:
            raise ValueError("a part does not fit its check")
        if kind == b"IDAT":
            yield body
        if kind == b"IEND":
            return
        at += 12 + size


def _unpacked(header: bytes) -> int:
    """How many bytes the picture unpacks to: a byte for the filter and the points of each row."""
    width, height, depth, colour, _method, _filter, interlaced = struct.unpack(">IIBBBBB", header)
    bits = depth * _CHANNELS[colour]
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total
