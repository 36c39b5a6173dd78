"""Drawings of tables and desks, and of the small set for children."""

from __future__ import annotations

import random

from moebelcirkel.documents.drawing_canvas import (
    CHROME,
    DARK,
    FLOOR,
    MIDDLE,
    PALE_WOOD,
    STEEL,
    Canvas,
    Colour,
    shade,
    soft,
)


def _top(canvas: Canvas, half: float, y: float, tint: Colour, thick: float = 40) -> None:
    """A table top seen a little from above: its surface and its front edge."""
    x = MIDDLE
    surface = ((x - half + 46, y - 42), (x + half - 46, y - 42), (x + half, y), (x - half, y))
    canvas.shape(surface, soft(shade(tint, 0.2), 0.06), 8)
    canvas.box(x - half, y - 4, x + half, y + thick - 4, soft(shade(tint, -0.06), 0.08), 9)


def sit_stand_desk(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A desk on two lifting columns, raised as it may be."""
    x, y = MIDDLE, chance.choice((400, 430, 470))
    canvas.shadow(x - 460, x + 460)
    for side in (-1, 1):
        column = x + side * 318
        canvas.box(column - 26, y + 30, column + 26, 720, soft(CHROME, 0.1), 5)
        canvas.box(column - 36, 600, column + 36, 900, soft(STEEL, 0.1), 6)
        canvas.box(column - 128, 892, column + 128, FLOOR, soft(shade(STEEL, -0.12)), 16)
    canvas.box(x - 330, y + 40, x + 330, y + 74, soft(shade(STEEL, -0.1)), 6)
    _top(canvas, 520, y, tint)
    canvas.box(x + 330, y + 36, x + 430, y + 56, DARK, 8)
    for button in range(2):
        canvas.disc(x + 362 + button * 34, y + 46, 5, shade(CHROME, 0.3))


def desk(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A fixed desk with four legs, often with drawers under it."""
    x, y = MIDDLE, 520
    canvas.shadow(x - 480, x + 480)
    for side in (-1, 1):
        back = x + side * 424
        canvas.line(((back, y + 30), (back, FLOOR - 24)), 26, shade(STEEL, -0.25))
    if chance.random() < 0.6:
        canvas.box(x + 150, y + 36, x + 400, 850, soft(shade(tint, -0.14)), 8)
        for row in range(3):
            top = y + 52 + row * 92
            canvas.box(x + 164, top, x + 386, top + 80, soft(shade(tint, 0.04), 0.05), 6)
            canvas.box(x + 236, top + 18, x + 314, top + 28, STEEL, 5)
    for side in (-1, 1):
        front = x + side * 468
        canvas.line(((front, y + 30), (front, FLOOR)), 32, soft(STEEL))
    _top(canvas, 510, y, tint)


def table(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A rectangular table for meals and meetings."""
    x, y = MIDDLE, 500
    legs = shade(tint, -0.18) if chance.random() < 0.6 else STEEL
    canvas.shadow(x - 530, x + 530)
    for side in (-1, 1):
        back = x + side * 452
        canvas.line(((back, y + 40), (back - side * 14, FLOOR - 30)), 30, shade(legs, -0.28))
    canvas.box(x - 500, y + 30, x + 500, y + 88, soft(shade(legs, -0.1)), 6)
    for side in (-1, 1):
        front = x + side * 514
        canvas.line(((front, y + 40), (front + side * 14, FLOOR)), 38, soft(legs))
    _top(canvas, 590, y, tint, 44)


def round_table(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A round meeting table on a column, with a plate or a star for a foot."""
    x, y = MIDDLE, 430
    canvas.shadow(x - 210, x + 210, FLOOR - 4)
    if chance.random() < 0.5:
        canvas.oval(x - 218, 874, x + 218, FLOOR + 8, soft(shade(STEEL, -0.1), 0.14))
        canvas.oval(x - 206, 868, x + 206, FLOOR - 8, soft(shade(STEEL, 0.12), 0.08))
    else:
        for reach, drop in ((-206, 0), (206, 0), (-96, 18), (96, 18)):
            canvas.curve(((x, 850), (x + reach * 0.6, 880), (x + reach, 908 + drop)), 27, STEEL)
    canvas.box(x - 27, y + 60, x + 27, 900, soft(STEEL, 0.14), 10)
    canvas.box(x - 66, y + 66, x + 66, y + 96, shade(STEEL, -0.2), 10)
    canvas.oval(x - 470, y - 62, x + 470, y + 88, soft(shade(tint, -0.2), 0.08))
    canvas.oval(x - 470, y - 84, x + 470, y + 66, soft(shade(tint, 0.16), 0.08))
    canvas.oval(x - 372, y - 66, x + 300, y + 28, shade(tint, 0.26))


def coffee_table(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A low table, with a shelf under its top or without."""
    x, y = MIDDLE, 650
    canvas.shadow(x - 390, x + 390)
    legs = shade(tint, -0.2)
    for side in (-1, 1):
        canvas.line(((x + side * 318, y), (x + side * 324, FLOOR - 24)), 26, shade(legs, -0.25))
    if chance.random() < 0.6:
        canvas.box(x - 350, 800, x + 350, 830, soft(shade(tint, -0.06)), 8)
    for side in (-1, 1):
        canvas.line(((x + side * 372, y), (x + side * 394, FLOOR)), 32, soft(legs))
    _top(canvas, 440, y, tint, 38)


def folding_table(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A table on crossed legs."""
    x, y = MIDDLE, 520 + chance.randint(-20, 20)
    canvas.shadow(x - 420, x + 420)
    for side in (-1, 1):
        near, far = x + side * 392, x + side * 210
        canvas.line(((near, FLOOR), (far, y + 30)), 25, soft(STEEL))
        canvas.line(((far, FLOOR), (near, y + 30)), 25, soft(shade(STEEL, 0.16)))
        canvas.disc((near + far) / 2, (FLOOR + y + 30) / 2, 13, DARK)
    _top(canvas, 500, y, tint, 36)


def children_set(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A low table with two small chairs."""
    x, y = MIDDLE, 668
    canvas.shadow(x - 300, x + 300)
    for side, colour in ((-1, tint), (1, shade(tint, 0.28))):
        _child_chair(canvas, x + side * 438, colour, side)
    legs = PALE_WOOD if chance.random() < 0.5 else shade(PALE_WOOD, -0.12)
    for side in (-1, 1):
        canvas.line(((x + side * 196, y), (x + side * 204, FLOOR - 22)), 30, shade(legs, -0.18))
    for side in (-1, 1):
        canvas.line(((x + side * 242, y), (x + side * 260, FLOOR)), 36, soft(legs))
    _top(canvas, 320, y, PALE_WOOD, 40)


def child_chair(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A small chair of wood, seen from the front."""
    x = MIDDLE
    canvas.shadow(x - 165, x + 165)
    legs = PALE_WOOD
    for side in (-1, 1):
        canvas.line(((x + side * 96, 690), (x + side * 108, FLOOR - 18)), 26, shade(legs, -0.2))
        canvas.line(((x + side * 116, 480), (x + side * 122, 700)), 25, soft(shade(legs, -0.08)))
    canvas.box(x - 150, 412, x + 150, 540, soft(tint, 0.12), 46)
    canvas.disc(x, 476, 25, (233, 228, 218))
    for side in (-1, 1):
        canvas.line(((x + side * 134, 700), (x + side * 158, FLOOR)), 32, soft(legs))
    canvas.box(x - 172, 664, x + 172, 724, soft(shade(tint, -0.08), 0.12), 25)
    canvas.box(x - 158, 669, x + 158, 687, shade(tint, 0.16), 9)


def _child_chair(canvas: Canvas, x: float, colour: Colour, side: int) -> None:
    """A small chair beside the table, turned towards it."""
    canvas.shadow(x - 92, x + 92, strength=0.22)
    outer, inner = x + side * 84, x - side * 78
    legs = shade(PALE_WOOD, -0.06)
    canvas.line(((outer, 540), (outer + side * 16, FLOOR)), 26, soft(legs))
    canvas.line(((inner, 750), (inner - side * 12, FLOOR)), 26, soft(legs))
    back = ((outer - 24, 500), (outer + 24, 500), (outer + 20, 640), (outer - 20, 640))
    canvas.shape(back, soft(colour, 0.12), 20)
    canvas.box(min(outer, inner) - 22, 730, max(outer, inner) + 22, 774, soft(colour, 0.12), 18)


def changing_table(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A changing table: a mat with raised sides over shelves or lifting columns."""
    x, y = MIDDLE, 500
    canvas.shadow(x - 350, x + 350)
    if chance.random() < 0.5:
        for side in (-1, 1):
            canvas.box(x + side * 300 - 28, y, x + side * 300 + 28, FLOOR, soft(PALE_WOOD), 6)
        for top in (690, 850):
            canvas.box(x - 300, top, x + 300, top + 30, soft(shade(PALE_WOOD, 0.06)), 6)
        for at, share in ((-180, 0.3), (0, 0.5), (180, 0.15)):
            canvas.box(x + at - 78, 748, x + at + 78, 850, soft(shade(tint, share)), 14)
    else:
        for side in (-1, 1):
            canvas.box(x + side * 220 - 34, y, x + side * 220 + 34, 900, soft(CHROME, 0.1), 8)
            canvas.box(x + side * 220 - 110, 892, x + side * 220 + 110, FLOOR, soft(STEEL), 16)
    canvas.box(x - 372, y - 20, x + 372, y + 46, soft(PALE_WOOD, 0.1), 10)
    canvas.box(x - 350, y - 84, x + 350, y - 12, soft(shade(tint, 0.1), 0.12), 34)
    canvas.box(x - 320, y - 76, x + 320, y - 56, shade(tint, 0.28), 10)
