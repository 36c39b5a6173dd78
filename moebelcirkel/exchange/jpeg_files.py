"""JPEG files by their own marks: what their decoding takes, where the picture ends, and damage.

Pillow keeps from libjpeg that data ran out or that it does not fit: such pictures come out with a
grey or shifted rest. So the decoder is watched while it reads.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFile

_LOOKED_AHEAD = bytes(8)
"""The decoder wants to see some bits behind the last one it needs."""
_ALONE = frozenset((0x01, *range(0xD0, 0xDA)))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
# In a scan FF is followed by 00, or by the number of a restart; fill bytes may come in front.
_MARK = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """Size in points, bytes that all coefficients take if they must be kept, and the first scan.

    ``at_once`` is False where the picture comes in several scans, so that libjpeg holds all of it.
    """

    width: int
    height: int
    coefficients: int
    at_once: bool
    scan: int


def read_header(data: bytes) -> JpegHeader | None:
    """What a file's marks up to the first scan say; None where they are broken."""
    at, frame = 2, None
    try:
        while True:
            while data[at] == 0xFF and data[at + 1] == 0xFF:
                at += 1
            mark = data[at + 1]
            if data[at] != 0xFF or mark == _END:
                return None
            if mark in _ALONE:
                at += 2
                continue
            (size,) = struct.unpack_from(">H", data, at + 2)
            body = data[at + 4 : at + 2 + size]
            if size < 2 or len(body) != size - 2:
                return None
            if mark in _FRAMES:
                frame = (mark, body)
            if mark == _SCAN:
                return None if frame is None else _header(*frame, body[0], at + 2 + size)
            at += 2 + size
    except (IndexError, struct.error):
        return None


def _header(mark: int, frame: bytes, in_scan: int, scan: int) -> JpegHeader:
    height, width, count = struct.unpack_from(">HHB", frame, 1)
    factors = [(frame[7 + 3 * n] >> 4, frame[7 + 3 * n] & 15) for n in range(count)]
    widest, highest = (max(each[side] for each in factors) for side in (0, 1))
    share = sum(across * down for across, down in factors) / max(1, widest * highest)
    return JpegHeader(
        width, height, round(width * height * share * 2), mark < 0xC2 and in_scan == count, scan
    )


def end_of_data(data: bytes, header: JpegHeader) -> int | None:
    """Where the data of a picture in one scan ends; None where its marks are not in order."""
    found = _MARK.search(data, header.scan)
    if found is None or found[1][0] != _END:
        return None
    restarts = _RESTART.findall(data, header.scan, found.start())
    in_order = all(mark[0] == 0xD0 + place % 8 for place, mark in enumerate(restarts))
    return found.start() if in_order else None


class Watched(io.BytesIO):
    """A file of one picture that watches how much of its data the decoder needs."""

    def __init__(self, data: bytes, end: int) -> None:
        super().__init__(data[:end] + _LOOKED_AHEAD + b"\xff\xd9")
        self._last = max(0, end - 1)
        self._end = end + len(_LOOKED_AHEAD)
        self._image: ImageFile.ImageFile | None = None
        self._whole_before = True
        self._asked_for_more = False

    def watch(self, image: ImageFile.ImageFile) -> None:
        """From now on the picture is decoded."""
        self._image = image

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to the last byte of the data, then up to its end, then what stands there."""
        at = self.tell()
        if self._image is None or at > self._end:
            return super().read(size)
        if at == self._last:
            self._whole_before = _last_row_is_there(self._image)
        self._asked_for_more = at == self._end
        room = next((stop - at for stop in (self._last, self._end) if stop > at), -1)
        return super().read(room if size is None or size < 0 or 0 < room < size else size)

    def damaged(self) -> bool:
        """Whether the decoder needed less than the data, or more; a black last row cannot tell."""
        assert self._image is not None
        known = _last_row_is_there(self._image)
        return known and (self._whole_before or self._asked_for_more)


def _last_row_is_there(image: ImageFile.ImageFile) -> bool:
    width, height = image.size
    return image.im.crop((0, height - 1, width, height)).getbbox() is not None
