"""Drawings of what things are kept in: shelves, cabinets, drawers, wardrobes and trolleys."""

from __future__ import annotations

import random

from moebelcirkel.documents.drawing_canvas import (
    CHROME,
    CREAM,
    DARK,
    FLOOR,
    MIDDLE,
    STEEL,
    WOOD,
    Canvas,
    Colour,
    blend,
    shade,
    soft,
)

# Backs of books and binders: quiet colours that stand beside any tint.
_BOOKS: tuple[Colour, ...] = (
    (120, 133, 128), (176, 122, 92), (90, 110, 128), (196, 176, 138), (142, 108, 104),
    (104, 124, 100), (222, 214, 200), (72, 82, 90),
)  # fmt: skip


def _carcass(canvas: Canvas, half: float, top: float, tint: Colour) -> None:
    """The outside of a cabinet on its plinth."""
    x = MIDDLE
    canvas.shadow(x - half, x + half)
    canvas.box(x - half + 16, FLOOR - 34, x + half - 16, FLOOR, shade(tint, -0.45), 4)
    _body(canvas, half, top, FLOOR - 22, tint)


def _body(canvas: Canvas, half: float, top: float, bottom: float, tint: Colour) -> None:
    """The outside of a cabinet with its top."""
    x = MIDDLE
    canvas.box(x - half, top, x + half, bottom, soft(tint, 0.09), 10)
    canvas.box(x - half - 8, top - 12, x + half + 8, top + 18, soft(shade(tint, 0.14), 0.05), 8)


def bookcase(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """Open shelves with some books and binders."""
    x, half, top = MIDDLE, 270, 190
    _carcass(canvas, half, top, tint)
    shelves = 4
    height = (FLOOR - 50 - top - 26) / shelves
    for row in range(shelves):
        upper = top + 30 + row * height
        lower = upper + height - 24
        canvas.box(x - half + 24, upper, x + half - 24, lower, soft(shade(tint, -0.42), 0.06), 4)
        _books(canvas, x - half + 34, x + half - 40, lower, height - 52, chance)


def _books(
    canvas: Canvas, left: float, right: float, floor: float, tall: float, chance: random.Random
) -> None:
    at, end = left, left + (right - left) * chance.choice((0.35, 0.6, 0.85))
    if chance.random() < 0.4:
        at, end = right - (end - left), right
    while at < end - 20:
        wide = chance.randint(17, 38)
        height = tall * chance.uniform(0.62, 0.98)
        colour = chance.choice(_BOOKS)
        canvas.box(at, floor - height, at + wide, floor, soft(colour, 0.08), 3)
        canvas.box(at + 4, floor - height * 0.8, at + wide - 4, floor - height * 0.72,
                   shade(colour, 0.45))  # fmt: skip
        at += wide + 3


def steel_shelving(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """Shelves on perforated posts with boxes."""
    x, half, top = MIDDLE, 320, 180
    canvas.shadow(x - half, x + half)
    frame = blend(STEEL, tint, 0.25)
    for side in (-1, 1):
        canvas.box(x + side * (half - 34) - 11, top + 20, x + side * (half - 34) + 11,
                   FLOOR - 20, shade(frame, -0.3))  # fmt: skip
    for row in range(4):
        y = top + 150 + row * 192
        for place in range(3):
            if chance.random() < 0.7:
                left = x - half + 44 + place * 188
                tall = chance.randint(70, 128)
                carton = chance.choice((shade(WOOD, 0.14), shade(WOOD, -0.06), (206, 200, 188)))
                canvas.box(left, y - tall, left + 158, y, soft(carton, 0.06), 5)
                canvas.box(left + 62, y - tall + 20, left + 96, y - tall + 28, shade(carton, -0.25))
        canvas.box(x - half, y, x + half, y + 26, soft(shade(frame, 0.2)), 4)
    for side in (-1, 1):
        post = x + side * half
        canvas.box(post - 16, top, post + 16, FLOOR, soft(frame), 4)
        for hole in range(17):
            y = top + 26 + hole * 43
            canvas.box(post - 4, y, post + 4, y + 15, shade(frame, -0.45), 4)


def cupboard(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A cupboard with two doors."""
    x, half, top = MIDDLE, 300, chance.choice((230, 300))
    _carcass(canvas, half, top, tint)
    for side in (-1, 1):
        near, far = x + side * 5, x + side * (half - 14)
        canvas.box(min(near, far), top + 34, max(near, far), FLOOR - 52,
                   soft(shade(tint, 0.08), 0.07), 8)  # fmt: skip
        canvas.box(x + side * 34 - 8, 540, x + side * 34 + 8, 650, soft(STEEL, 0.2), 8)
    canvas.line(((x, top + 36), (x, FLOOR - 54)), 4, shade(tint, -0.4))


def steel_cupboard(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A steel cupboard with vents and a lock."""
    x, half, top = MIDDLE, 280, 190
    colour = blend((150, 154, 152), tint, 0.35)
    _carcass(canvas, half, top, colour)
    for side in (-1, 1):
        near, far = x + side * 4, x + side * (half - 14)
        left, right = min(near, far), max(near, far)
        canvas.box(left, top + 34, right, FLOOR - 52, soft(shade(colour, 0.12), 0.06), 4)
        for vent in range(4):
            y = top + 78 + vent * 22
            canvas.box(left + 70, y, right - 70, y + 8, shade(colour, -0.3), 4)
    canvas.box(x + 22, 520, x + 42, 640, soft(DARK, 0.1), 8)
    canvas.disc(x + 32, 670, 10, CHROME)


def tambour(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A cabinet with a rolling front, partly open."""
    x, half, top = MIDDLE, 310, 300
    _carcass(canvas, half, top, tint)
    canvas.box(x - half + 22, top + 34, x + half - 22, FLOOR - 52, shade(tint, -0.5), 4)
    canvas.box(x - half + 22, 610, x + half - 22, 630, shade(tint, -0.1))
    _books(canvas, x - half + 34, x - half + 250, 610, 210, chance)
    _books(canvas, x - half + 34, x - half + 250, FLOOR - 52, 200, chance)
    left = x - chance.randint(40, 90)
    front = blend(CREAM, tint, 0.14)
    canvas.box(left, top + 34, x + half - 22, FLOOR - 52, soft(front, 0.04), 4)
    at = left + 16.0
    while at < x + half - 30:
        canvas.line(((at, top + 40), (at, FLOOR - 58)), 3, shade(front, -0.16))
        at += 19
    canvas.box(left + 2, 560, left + 18, 690, STEEL, 7)


def filing_cabinet(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A steel cabinet of four drawers with label holders."""
    half, top = 215, 210
    _carcass(canvas, half, top, tint)
    _drawers(canvas, tint, (half, top, FLOOR - 38), rows=4, open_row=chance.choice((0, 0, 2)))


def pedestal(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A drawer unit on castors for under a desk."""
    x, half, top = MIDDLE, 205, 460
    canvas.shadow(x - half, x + half)
    for at in (-150, 150):
        canvas.box(x + at - 10, FLOOR - 62, x + at + 10, FLOOR - 30, STEEL)
        canvas.disc(x + at, FLOOR - 24, 24, DARK)
        canvas.disc(x + at, FLOOR - 24, 9, STEEL)
    _body(canvas, half, top, FLOOR - 52, tint)
    _drawers(canvas, tint, (half, top, FLOOR - 54), rows=3, open_row=chance.choice((0, 0, 1)))


def _drawers(
    canvas: Canvas, tint: Colour, place: tuple[float, float, float], *, rows: int, open_row: int
) -> None:
    """Drawer fronts between half a width to each side, a top and a bottom; one may stand open."""
    x = MIDDLE
    half, top, bottom = place
    height = (bottom - top - 32) / rows
    for row in range(rows):
        y = top + 32 + row * height
        wider = 9 if open_row and row == open_row else 0
        if wider:
            canvas.box(x - half - 4, y - 16, x + half + 4, y + 20, shade(tint, -0.5), 4)
        canvas.box(x - half + 14 - wider, y, x + half - 14 + wider, y + height - 12,
                   soft(shade(tint, 0.12), 0.06), 8)  # fmt: skip
        canvas.box(x - 62, y + height * 0.5, x + 62, y + height * 0.5 + 16, soft(STEEL, 0.2), 8)
        canvas.box(x - 44, y + height * 0.2, x + 44, y + height * 0.2 + 24, shade(tint, -0.2), 4)
        canvas.box(x - 38, y + height * 0.2 + 4, x + 38, y + height * 0.2 + 20, CREAM, 2)


def wardrobe(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A tall wardrobe, often with a drawer below."""
    x, half, top = MIDDLE, 320, 140
    _carcass(canvas, half, top, tint)
    bottom = 760 if chance.random() < 0.6 else FLOOR - 52
    for side in (-1, 1):
        near, far = x + side * 5, x + side * (half - 14)
        left, right = min(near, far), max(near, far)
        canvas.box(left, top + 34, right, bottom, soft(shade(tint, 0.07), 0.07), 8)
        canvas.box(left + 40, top + 76, right - 40, bottom - 42, soft(shade(tint, -0.03), 0.04), 8)
        canvas.disc(x + side * 32, 480, 14, soft(STEEL, 0.2))
    if bottom < 800:
        canvas.box(x - half + 14, 772, x + half - 14, FLOOR - 52, soft(shade(tint, 0.07)), 8)
        for side in (-1, 1):
            canvas.disc(x + side * 150, 824, 14, soft(STEEL, 0.2))


def lockers(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """Three narrow steel lockers side by side."""
    x, half, top = MIDDLE, 330, 170
    body = (176, 178, 174)
    _carcass(canvas, half, top, body)
    width = (2 * half - 28) / 3
    for place in range(3):
        left = x - half + 14 + place * width
        door = blend(tint, CREAM, 0.1 * place)
        canvas.box(left + 4, top + 34, left + width - 4, FLOOR - 52, soft(door, 0.08), 6)
        for vent in range(3):
            y = top + 80 + vent * 24
            canvas.box(left + 56, y, left + width - 56, y + 9, shade(door, -0.3), 4)
        canvas.box(left + 70, 350, left + width - 70, 388, CREAM, 4)
        canvas.disc(left + width - 40, 570, 15, soft(CHROME, 0.2))


def cloakroom(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A children's cloakroom: boxes above, hooks, and a bench to sit on."""
    x, half, top = MIDDLE, 440, 250
    canvas.shadow(x - half, x + half)
    canvas.box(x - half, top, x + half, FLOOR, soft(WOOD, 0.08), 10)
    width = (2 * half - 24) / 4
    for place in range(4):
        left = x - half + 12 + place * width
        canvas.box(left + 8, top + 20, left + width - 8, top + 150, shade(WOOD, -0.35), 6)
        canvas.box(left + 26, top + 56, left + width - 26, top + 150,
                   soft(shade(tint, 0.14 * place)), 12)  # fmt: skip
        canvas.box(left + 8, top + 172, left + width - 8, 730, soft(shade(WOOD, 0.2), 0.04), 6)
        for hook in (0.32, 0.68):
            at = left + width * hook
            canvas.curve(((at, 476), (at, 530), (at + 20, 512)), 11, STEEL)
    canvas.box(x - half - 10, 728, x + half + 10, 768, soft(shade(WOOD, 0.14)), 10)
    canvas.box(x - half + 12, 778, x + half - 12, FLOOR - 16, shade(WOOD, -0.35), 6)
    for bar in range(4):
        y = 800 + bar * 28
        canvas.line(((x - half + 20, y), (x + half - 20, y)), 6, shade(WOOD, 0.1))


def trolley(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A serving trolley with two or three trays."""
    x, half = MIDDLE, 310
    canvas.shadow(x - half, x + half)
    trays = (390, 610, 820) if chance.random() < 0.6 else (400, 800)
    for side in (-1, 1):
        post = x + side * (half - 12)
        canvas.line(((post, 360), (post, 880)), 22, soft(CHROME, 0.14))
        canvas.disc(post, FLOOR - 23, 27, DARK)
        canvas.disc(post, FLOOR - 23, 10, CHROME)
    for y in trays:
        canvas.box(x - half, y - 8, x + half, y + 54, soft(tint, 0.1), 16)
        canvas.box(x - half + 14, y - 4, x + half - 14, y + 12, shade(tint, 0.22), 8)
    right = x + half
    canvas.curve(((right - 14, 372), (right + 76, 356), (right + 66, 300)), 20, soft(CHROME, 0.14))


def coat_stand(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A coat stand with hooks, often with a coat on it."""
    x = MIDDLE
    canvas.shadow(x - 150, x + 150)
    for reach, drop in ((-150, 0), (150, 0), (-64, 14), (64, 14)):
        canvas.curve(((x, 850), (x + reach * 0.7, 862), (x + reach, FLOOR - 16 + drop)), 22, STEEL)
    canvas.box(x - 16, 170, x + 16, 880, soft(STEEL, 0.12), 14)
    for side in (-1, 1):
        for y, reach in ((230, 116), (300, 88)):
            canvas.curve(
                ((x, y + 50), (x + side * reach, y + 62), (x + side * reach, y)), 18, STEEL
            )
            canvas.disc(x + side * reach, y - 4, 17, shade(tint, 0.05))
    canvas.disc(x, 164, 25, soft(tint))
    if chance.random() < 0.6:
        coat = ((x + 62, 250), (x + 150, 262), (x + 190, 640), (x + 16, 640))
        canvas.shape(coat, soft(shade(tint, -0.06), 0.12), 42)
        canvas.line(((x + 104, 300), (x + 104, 628)), 4, shade(tint, -0.3))


def toy_box(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A box of toys: blocks, a ball and a toy car peep out."""
    x, half = MIDDLE, 290
    canvas.shadow(x - half, x + half)
    colours: list[Colour] = [(196, 92, 70), (86, 124, 152), (214, 170, 84), (108, 146, 108)]
    chance.shuffle(colours)
    canvas.disc(x - 130, 540, 100, soft(colours[0], 0.14))
    canvas.curve(((x - 226, 520), (x - 130, 590), (x - 34, 520)), 12, shade(colours[0], 0.4))
    canvas.shape(((x - 10, 470), (x + 110, 448), (x + 134, 580), (x + 14, 600)), soft(colours[1]),
                 14)  # fmt: skip
    canvas.shape(((x + 130, 600), (x + 196, 470), (x + 262, 600)), soft(colours[2]), 16)
    canvas.box(x - half, 580, x + half, FLOOR, soft(tint, 0.1), 20)
    canvas.box(x - half - 14, 566, x + half + 14, 614, soft(shade(tint, 0.14)), 20)
    canvas.box(x - 74, 690, x + 74, 730, shade(tint, -0.4), 20)
