"""What a file really is, told from its first bytes: the pictures taken in, and what else comes."""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange import png_files
from moebelcirkel.exchange.jpeg_files import read_header

SUFFIXES = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".jfif": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".heic": "HEIF",
    ".heif": "HEIF",
    ".hif": "HEIF",
}
MEMORY = 200_000_000
"""Bytes that decoding a picture may take, beside the program's own."""
_WEBP_BYTES = 16
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"msf1", b"hevc", b"hevx")
# Files people mistake for pictures, by the bytes at a place near their beginning.
_OTHERS = (
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"BM", "BMP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"\x00\x00\x01\x00", "ICO"),
    (0, b"8BPS", "Photoshop"),
    (0, b"PK\x03\x04", "ZIP"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftyp", "video"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept: JPEG, a small one of it, size in pixels, and the JPEG's hash."""

    jpeg: bytes
    thumb: bytes
    width: int
    height: int
    sha256: str


def checked_kind(data: bytes, name: str) -> str:
    """The kind of picture the bytes are; Refused where they, or the file's ending, are none.

    Phones and chat programs often give a picture another picture's ending, so between the kinds
    taken in the contents decide.
    """
    kind = _kind(data)
    if kind is None:
        raise _no_picture(data, name)
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES and re.fullmatch(r"\.[a-z]\w{1,4}", suffix):
        raise Refused(
            N_("{name} does not end like a picture. Rename it to {ending} if it is one."),
            name=name,
            ending=next(each for each, of in SUFFIXES.items() if of == kind),
        )
    return kind


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIF"
    return None


def _no_picture(data: bytes, name: str) -> Refused:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for at, mark, kind in _OTHERS if start.startswith(mark, at)), None)
    if start.startswith(b"<") and b"<svg" in start.lower():
        kind = "SVG"
    if kind is None:
        return Refused(
            N_("{name} is not a picture. Choose one as JPEG, PNG, WebP or HEIC."), name=name
        )
    return Refused(
        N_("{name} is a {kind} file. Choose a picture as JPEG, PNG, WebP or HEIC."),
        name=name,
        kind=kind,
    )


def declared_size(data: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height by a file's header, before any library sets memory aside.

    The decoder of HEIC reads the size itself without taking memory for it.
    """
    try:
        if kind == "PNG" and data[12:16] == b"IHDR":
            width, height = struct.unpack_from(">II", data, 16)
            return width, height
        if kind == "WEBP":
            return _webp_size(data)
        if kind == "JPEG" and (header := read_header(data)):
            return header.width, header.height
    except struct.error:
        pass
    return None


def most_pixels(data: bytes, kind: str, most: int) -> int:
    """How many pixels may be decoded without taking more memory than there is for it.

    Of a JPEG in one scan only as much is decoded as is kept; in several, all its coefficients are
    held. PNG is decoded whole. WebP's decoder keeps two canvases, its bytes and the picture.
    """
    header = read_header(data) if kind == "JPEG" else None
    if header is not None and not header.at_once:
        size = max(1, header.width * header.height)
        return min(most, MEMORY * size // max(1, header.coefficients))
    if kind == "PNG":
        return min(most, MEMORY // png_files.bytes_per_point(data))
    return min(most, MEMORY // _WEBP_BYTES) if kind == "WEBP" else most


def most_heic_pixels(info: Mapping[Any, Any], most: int) -> int:
    """The same for a HEIC whose header its decoder has read; ``info`` names its bits."""
    return min(most, MEMORY // (7 if info.get("bit_depth", 8) == 8 else 13))


def _webp_size(data: bytes) -> tuple[int, int] | None:
    chunk = data[12:16]
    if chunk == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def sound_heic(data: bytes) -> bool:
    """Whether the names in a HEIC's list of parts are text.

    WORKAROUND: where they are not, pi-heif (1.4 at least) ends the whole process instead of
    raising an error, so such files must never reach it.
    """
    for meta in _boxes(data, b"meta"):
        at = meta.find(b"infe")
        while at >= 0:
            size = int.from_bytes(meta[max(0, at - 4) : at], "big")
            if not _named_in_text(meta[at + 4 : max(at + 4, at - 4 + size)]):
                return False
            at = meta.find(b"infe", at + 4)
    return True


def _named_in_text(entry: bytes) -> bool:
    """Whether a part's type and names are text; before them stand version, number, protection."""
    names = entry[10 if entry[:1] == b"\x03" else 8 :]
    try:
        names.decode()
    except UnicodeDecodeError:
        return False
    return names[:4].isascii()


def _boxes(data: bytes, kind: bytes) -> Iterator[bytes]:
    """The contents of the outermost boxes of a kind; one without a size goes to the file's end."""
    at = 0
    while at + 8 <= len(data):
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size >= head else len(data)
        if data[at + 4 : at + 8] == kind:
            yield data[at + head : end]
        at = end
