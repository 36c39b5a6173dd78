"""A sheet to draw furniture on: soft ground, floor shadow, and shapes with smooth edges.

Everything is drawn twice as large and reduced at the end, which makes the edges smooth. Lengths
are points of the finished picture.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1138
FLOOR = 930
MIDDLE = WIDTH // 2
_SCALE = 2

Colour = tuple[int, int, int]
Fill = Colour | tuple[Colour, Colour]
Point = tuple[float, float]

STEEL: Colour = (92, 97, 99)
DARK: Colour = (58, 63, 64)
CHROME: Colour = (168, 172, 171)
WOOD: Colour = (196, 158, 108)
PALE_WOOD: Colour = (218, 190, 148)
CREAM: Colour = (248, 246, 241)


def shade(colour: Colour, amount: float) -> Colour:
    """A colour lighter (above 0, up to 1: white) or darker (below 0, down to -1: black)."""
    goal = 255 if amount > 0 else 0
    red, green, blue = (round(part + (goal - part) * abs(amount)) for part in colour)
    return red, green, blue


def blend(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour with a share of another."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def soft(colour: Colour, depth: float = 0.1) -> Fill:
    """A colour as light from above shows it: a little lighter above than below."""
    return shade(colour, depth), shade(colour, -depth)


class Canvas:
    """The picture while it is drawn; later shapes lie over earlier ones."""

    def __init__(self, top: Colour, bottom: Colour) -> None:
        size = (WIDTH * _SCALE, HEIGHT * _SCALE)
        self._image = _gradient(size, top, bottom)

    def jpeg(self) -> bytes:
        """The finished picture."""
        out = io.BytesIO()
        self._image.reduce(_SCALE).save(out, "JPEG", quality=88, optimize=True)
        return out.getvalue()

    def shadow(self, left: float, right: float, y: float = FLOOR, strength: float = 0.3) -> None:
        """The soft shadow of what stands on the floor between two sides."""
        wide, flat = (right - left) * 0.06 + 12, 15.0
        for spread, share in ((1.0, 0.45), (0.35, 0.55)):
            box = (
                left - wide * spread,
                y - flat * spread,
                right + wide * spread,
                y + flat * spread * 1.3,
            )
            self._cast(box, strength * share, blur=16 * spread)

    def _cast(self, box: tuple[float, float, float, float], strength: float, blur: float) -> None:
        edge = blur * 3
        outer = self._bounds((box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge))
        mask = Image.new("L", (outer[2] - outer[0], outer[3] - outer[1]))
        inner = [value * _SCALE - outer[at % 2] for at, value in enumerate(box)]
        ImageDraw.Draw(mask).ellipse(inner, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * _SCALE / 2))
        self._image.paste((62, 54, 42), outer[:2], mask)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: Fill, radius: float = 0
    ) -> None:
        """A rectangle, with rounded corners where there is a radius."""
        bounds = self._bounds((left, top, right, bottom))
        mask = _blank(bounds)
        size = (mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, *size), radius * _SCALE, fill=255)
        self._paint(mask, bounds, fill)

    def oval(self, left: float, top: float, right: float, bottom: float, fill: Fill) -> None:
        """An ellipse in a box."""
        bounds = self._bounds((left, top, right, bottom))
        mask = _blank(bounds)
        ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
        self._paint(mask, bounds, fill)

    def disc(self, x: float, y: float, radius: float, fill: Fill) -> None:
        """A circle around a point."""
        self.oval(x - radius, y - radius, x + radius, y + radius, fill)

    def shape(self, points: Sequence[Point], fill: Fill, radius: float = 0) -> None:
        """A polygon whose corners are rounded off."""
        outline = _rounded(points, radius) if radius else list(points)
        bounds = self._around(outline)
        mask = _blank(bounds)
        ImageDraw.Draw(mask).polygon(self._within(outline, bounds), fill=255)
        self._paint(mask, bounds, fill)

    def line(self, points: Sequence[Point], width: float, fill: Fill) -> None:
        """A bar or tube along points, with round ends and joints."""
        half = width / 2
        bounds = self._around(points, half)
        mask = _blank(bounds)
        pen = ImageDraw.Draw(mask)
        places = self._within(points, bounds)
        pen.line(places, fill=255, width=round(width * _SCALE))
        for x, y in places:
            reach = half * _SCALE
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        self._paint(mask, bounds, fill)

    def curve(self, points: Sequence[Point], width: float, fill: Fill) -> None:
        """A bent tube: a Bézier curve between the first and last of its points, with round ends."""
        path = [_bezier(points, step / 32) for step in range(33)]
        sides = (_beside(path, width / 2), _beside(path, -width / 2))
        bounds = self._around(path, width / 2)
        mask = _blank(bounds)
        pen = ImageDraw.Draw(mask)
        pen.polygon(self._within([*sides[0], *reversed(sides[1])], bounds), fill=255)
        reach = width / 2 * _SCALE
        for x, y in self._within((path[0], path[-1]), bounds):
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        self._paint(mask, bounds, fill)

    def glow(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """A patch of light with soft edges."""
        bounds = self._around(points, 90)
        mask = _blank(bounds)
        ImageDraw.Draw(mask).polygon(self._within(points, bounds), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(36 * _SCALE / 2))
        self._image.paste(colour, bounds[:2], mask)

    # --- points of the picture to dots of the larger one -------------------------------------

    def _bounds(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        left, top = math.floor(box[0] * _SCALE), math.floor(box[1] * _SCALE)
        right, bottom = math.ceil(box[2] * _SCALE), math.ceil(box[3] * _SCALE)
        return left, top, max(right, left + 1), max(bottom, top + 1)

    def _around(self, points: Sequence[Point], edge: float = 0) -> tuple[int, int, int, int]:
        across, down = [x for x, _ in points], [y for _, y in points]
        box = (min(across) - edge, min(down) - edge, max(across) + edge, max(down) + edge)
        return self._bounds(box)

    def _within(
        self, points: Sequence[Point], bounds: tuple[int, int, int, int]
    ) -> list[tuple[float, float]]:
        return [(x * _SCALE - bounds[0], y * _SCALE - bounds[1]) for x, y in points]

    def _paint(self, mask: Image.Image, bounds: tuple[int, int, int, int], fill: Fill) -> None:
        if isinstance(fill[0], tuple):
            top, bottom = fill
            assert isinstance(top, tuple)
            assert isinstance(bottom, tuple)
            self._image.paste(_gradient(mask.size, top, bottom), bounds[:2], mask)
        else:
            self._image.paste(fill, bounds[:2], mask)


def _blank(bounds: tuple[int, int, int, int]) -> Image.Image:
    return Image.new("L", (bounds[2] - bounds[0], bounds[3] - bounds[1]))


def _gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """One colour going over into another from above to below."""
    column = Image.linear_gradient("L").resize((1, size[1]))
    bands = [
        column.point([round(a + (b - a) * step / 255) for step in range(256)])
        for a, b in zip(top, bottom, strict=True)
    ]
    return Image.merge("RGB", bands).resize(size)


def _bezier(points: Sequence[Point], share: float) -> Point:
    current = list(points)
    while len(current) > 1:
        current = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(current)
        ]
    return current[0]


def _beside(path: Sequence[Point], distance: float) -> list[Point]:
    """The path moved sideways by a distance."""
    moved: list[Point] = []
    for at, (x, y) in enumerate(path):
        before, after = path[max(0, at - 1)], path[min(len(path) - 1, at + 1)]
        length = math.dist(before, after) or 1.0
        moved.append(
            (
                x - (after[1] - before[1]) / length * distance,
                y + (after[0] - before[0]) / length * distance,
            )
        )
    return moved


def _rounded(points: Sequence[Point], radius: float) -> list[Point]:
    """The outline of a polygon with each corner replaced by a bend."""
    outline: list[Point] = []
    for at, corner in enumerate(points):
        start = _towards(corner, points[at - 1], radius)
        end = _towards(corner, points[(at + 1) % len(points)], radius)
        outline += [_bezier((start, corner, end), step / 8) for step in range(9)]
    return outline


def _towards(start: Point, goal: Point, distance: float) -> Point:
    """The point at a distance from one towards another, half-way at most."""
    length = math.dist(start, goal)
    share = min(0.5, distance / length) if length else 0.0
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share
