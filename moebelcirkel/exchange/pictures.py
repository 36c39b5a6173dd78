"""Pictures as they come from phones and cameras, made safe and alike before they are kept.

What comes out is an upright sRGB JPEG of at most 1600 pixels with nothing in it but the picture:
no place, time, device, comment or preview survives, since the file is written anew from its points.
"""

import hashlib
import io
import struct
import threading
import warnings
import zlib

import pi_heif
from PIL import Image, ImageCms

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange import png_files
from moebelcirkel.exchange.jpeg_files import Watched, end_of_data, read_header
from moebelcirkel.exchange.picture_kinds import (
    Picture,
    checked_kind,
    declared_size,
    most_heic_pixels,
    most_pixels,
    sound_heic,
)

MAX_BYTES = 40_000_000
MAX_PIXELS = 80_000_000
MAX_SIDE = 1600
THUMB_BOX = (360, 256)
MAX_BYTES_OUT = 700_000
_QUALITIES = (86, 80, 72, 62, 50)
_THUMB_QUALITIES = (82, 70, 50)
_STRIP = 256
#: A thumbnail is compared in so many parts each way, by colours that may differ by so much of 255:
#: twice what packing a picture makes of them.
_MOST_PARTS = 8
_ALIKE = 16
_NARROW = 6
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# What Pillow and its decoders raise on broken data, besides the error for unknown pictures.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)

# A large picture takes a few hundred MB while it is decoded.
_ONE_AT_A_TIME = threading.Lock()

# Only the picture itself is wanted, not the previews and depths that phones store beside it.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def normalise(data: bytes, name: str) -> Picture:
    """The picture in a file; Refused by its name where it is none or cannot be trusted."""
    if not data:
        raise Refused(N_("{name} is empty. Take or choose the picture again."), name=name)
    if len(data) > MAX_BYTES:
        raise Refused(
            N_("{name} is larger than {most} MB. Choose a smaller picture."),
            name=name,
            most=MAX_BYTES // 1_000_000,
        )
    kind = checked_kind(data, name)
    size = declared_size(data, kind)
    if size is not None:
        _refuse_giant(size, name, most_pixels(data, kind, MAX_PIXELS))
    if kind == "HEIF" and not sound_heic(data):
        raise _broken(name)
    try:
        with _ONE_AT_A_TIME:
            if kind == "PNG" and not png_files.is_sound(data):
                raise _broken(name)
            image = _decoded(_file(data, kind, name), name)
    except Image.DecompressionBombError:
        raise _giant(name) from None
    except _BROKEN:
        raise _broken(name) from None
    jpeg = _as_jpeg(image, _QUALITIES)
    while len(jpeg) > MAX_BYTES_OUT:
        # Only noise is that stubborn; it may as well be smaller.
        image = image.resize((max(1, image.width * 2 // 3), max(1, image.height * 2 // 3)))
        jpeg = _as_jpeg(image, _QUALITIES)
    small = image.copy()
    small.thumbnail(THUMB_BOX, Image.Resampling.LANCZOS)
    return Picture(
        jpeg=jpeg,
        thumb=_as_jpeg(small, _THUMB_QUALITIES),
        width=image.width,
        height=image.height,
        sha256=hashlib.sha256(jpeg).hexdigest(),
    )


def is_small_of(thumb: bytes, jpeg: bytes) -> bool:
    """Whether a thumbnail shows the picture: the same colours in each part of it, on the whole.

    A picture that was only touched up in a few places is not told from it, nor is a strip.
    """
    try:
        with Image.open(io.BytesIO(thumb)) as small:
            if min(small.size) < _NARROW:
                return True
            parts = (_parts(small.width), _parts(small.height))
            ours = _colours(small, parts)
        with Image.open(io.BytesIO(jpeg)) as picture:
            theirs = _colours(picture, parts)
    except _BROKEN:
        return False
    return all(abs(one - other) <= _ALIKE for one, other in zip(ours, theirs, strict=True))


def _parts(points: int) -> int:
    return max(1, min(_MOST_PARTS, points // _MOST_PARTS))


def _colours(image: Image.Image, parts: tuple[int, int]) -> bytes:
    """The mean colour of each part; the decoder itself gives a large picture smaller, and soon."""
    if min(image.size) > max(THUMB_BOX):
        image.draft("RGB", THUMB_BOX)
    return image.convert("RGB").resize(parts, Image.Resampling.BOX).tobytes()


def _file(data: bytes, kind: str, name: str) -> io.BytesIO:
    """The file to decode; a JPEG in one scan is watched, so that damage does not go unseen."""
    if kind != "JPEG":
        return io.BytesIO(data)
    header = read_header(data)
    if header is None:
        raise _broken(name)
    if not header.at_once:
        return io.BytesIO(data)
    end = end_of_data(data, header)
    if end is None:
        raise _broken(name)
    return Watched(data, end)


def _refuse_giant(size: tuple[int, int], name: str, most: int = MAX_PIXELS) -> None:
    if size[0] * size[1] > most:
        raise _giant(name, most)


def _broken(name: str) -> Refused:
    return Refused(
        N_("{name} is broken and cannot be shown. Take or choose the picture again."), name=name
    )


def _giant(name: str, most: int = MAX_PIXELS) -> Refused:
    return Refused(
        N_("{name} has more than {most} million pixels. Choose a smaller picture."),
        name=name,
        most=most // 1_000_000,
    )


def _decoded(file: io.BytesIO, name: str) -> Image.Image:
    """The picture upright, in sRGB on white, and no larger than it is kept."""
    with warnings.catch_warnings():
        # Pillow warns of giants and of odd metadata; giants are refused here, metadata is dropped.
        warnings.simplefilter("ignore")
        with Image.open(file, formats=_FORMATS) as opened:
            heic = opened.format == "HEIF"
            _refuse_giant(
                opened.size, name, most_heic_pixels(opened.info, MAX_PIXELS) if heic else MAX_PIXELS
            )
            # Phones store several views in one JPEG or HEIC; only moving ones say "animated".
            if opened.format in ("PNG", "WEBP") and getattr(opened, "n_frames", 1) > 1:
                raise Refused(N_("{name} is a moving picture. Choose a still one."), name=name)
            profile = opened.info.get("icc_profile")
            opened.draft("RGB", _kept_size(opened.size))
            if isinstance(file, Watched):
                file.watch(opened)
            opened.load()
            if isinstance(file, Watched) and file.damaged():
                raise _broken(name)
            # Some kinds are decoded to read this, and an error would be taken for damaged metadata.
            turn = _UPRIGHT.get(_orientation(opened))
            image = _fitted(opened)
    image = _on_white(_as_srgb(image, profile))
    upright = image.transpose(turn) if turn is not None else image
    # A new image of the bare points: nothing that came with the file is left to be written.
    return Image.frombytes("RGB", upright.size, upright.tobytes())


def _orientation(image: Image.Image) -> int:
    """How the camera was held; a picture whose metadata is damaged is taken as it is."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _true_mode(image: Image.Image) -> Image.Image:
    """The picture as RGB, RGBA, CMYK or grey, so that it can be resized without stripes."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image.convert("RGB")
    return image


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size a picture is kept in: as it is, or its longer side as long as is allowed."""
    longest = max(size)
    if longest <= MAX_SIDE:
        return size
    width, height = (max(1, round(side * MAX_SIDE / longest)) for side in size)
    return width, height


def _fitted(image: Image.Image) -> Image.Image:
    """The picture in its true mode and the size it is kept in.

    Large ones are first made smaller strip by strip, so that no second one as large is needed.
    """
    factor = max(image.size) // MAX_SIDE
    if factor < 2:
        return _resized(_true_mode(image))
    strip = factor * max(1, _STRIP // factor)
    small: Image.Image | None = None
    for top in range(0, image.height, strip):
        part = image.crop((0, top, image.width, min(top + strip, image.height)))
        part = _true_mode(part).reduce(factor)
        if small is None:
            small = Image.new(part.mode, (part.width, -(-image.height // factor)))
        small.paste(part, (0, top // factor))
    assert small is not None
    return _resized(small)


def _resized(image: Image.Image) -> Image.Image:
    if max(image.size) <= MAX_SIDE:
        return image
    return image.resize(_kept_size(image.size), Image.Resampling.LANCZOS)


def _as_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The colours as every screen shows them; a profile that does not fit is passed over."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, *_BROKEN):
            pass
    return image if image.mode == mode else image.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def _as_jpeg(image: Image.Image, qualities: tuple[int, ...]) -> bytes:
    """The best quality that stays within the room a picture may take."""
    jpeg = b""
    for quality in qualities:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        jpeg = out.getvalue()
        if len(jpeg) <= MAX_BYTES_OUT:
            break
    return jpeg
