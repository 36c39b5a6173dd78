"""Drawings of what one sits on: chairs, stools, armchairs, sofas and benches."""

from __future__ import annotations

import random

from moebelcirkel.documents.drawing_canvas import (
    CHROME,
    DARK,
    FLOOR,
    MIDDLE,
    PALE_WOOD,
    STEEL,
    WOOD,
    Canvas,
    Colour,
    shade,
    soft,
)


def task_chair(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """An office chair on a five-star base, with or without arms."""
    x = MIDDLE
    canvas.shadow(x - 190, x + 190)
    for reach, drop in ((-178, 0), (178, 0), (-96, 14), (96, 14)):
        canvas.curve(((x, 822), (x + reach * 0.55, 828), (x + reach, 890 + drop)), 24, DARK)
        canvas.disc(x + reach, 905 + drop, 23, DARK)
        canvas.disc(x + reach, 905 + drop, 9, STEEL)
    canvas.line(((x, 826), (x, 900)), 26, shade(DARK, 0.06))
    canvas.disc(x, 922, 25, shade(DARK, -0.1))
    canvas.disc(x, 922, 10, STEEL)
    canvas.box(x - 15, 650, x + 15, 830, soft(CHROME, 0.12), 6)
    canvas.box(x - 24, 740, x + 24, 838, DARK, 12)
    canvas.box(x - 92, 640, x + 92, 668, DARK, 14)
    canvas.box(x - 17, 540, x + 17, 650, STEEL, 8)
    back = ((x - 168, 208), (x + 168, 208), (x + 142, 556), (x - 142, 556))
    canvas.shape(back, soft(shade(tint, -0.22)), 74)
    front = ((x - 152, 220), (x + 152, 220), (x + 128, 544), (x - 128, 544))
    canvas.shape(front, soft(tint, 0.12), 66)
    canvas.curve(((x - 118, 452), (x, 482), (x + 118, 452)), 5, shade(tint, -0.2))
    if chance.random() < 0.6:
        for side in (-1, 1):
            canvas.curve(
                ((x + side * 120, 652), (x + side * 236, 660), (x + side * 212, 512)), 18, DARK
            )
            canvas.box(x + side * 212 - 34, 486, x + side * 212 + 34, 514, soft(DARK, 0.1), 14)
    canvas.box(x - 184, 580, x + 184, 652, soft(shade(tint, -0.06), 0.14), 34)
    canvas.box(x - 170, 586, x + 170, 606, shade(tint, 0.14), 10)


def stacking_chair(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A shell on four legs, of wood or steel."""
    legs = STEEL if chance.random() < 0.6 else WOOD
    x = MIDDLE
    canvas.shadow(x - 180, x + 180)
    for side in (-1, 1):
        canvas.line(((x + side * 92, 620), (x + side * 116, FLOOR - 22)), 17, shade(legs, -0.25))
    canvas.box(x - 22, 500, x + 22, 620, shade(tint, -0.25), 10)
    back = ((x - 170, 250), (x + 170, 250), (x + 138, 518), (x - 138, 518))
    canvas.shape(back, soft(tint, 0.14), 60)
    if chance.random() < 0.5:
        canvas.box(x - 58, 300, x + 58, 334, (232, 227, 217), 17)
    for side in (-1, 1):
        canvas.line(((x + side * 142, 622), (x + side * 182, FLOOR)), 21, soft(legs))
        canvas.line(((x + side * 128, 520), (x + side * 150, 620)), 17, soft(legs))
    canvas.box(x - 178, 582, x + 178, 640, soft(shade(tint, -0.1), 0.1), 27)
    canvas.box(x - 166, 586, x + 166, 602, shade(tint, 0.16), 8)


def visitor_chair(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """An upholstered meeting chair on a bent steel frame."""
    x = MIDDLE
    canvas.shadow(x - 205, x + 205)
    for side in (-1, 1):
        canvas.line(((x + side * 150, 330), (x + side * 160, 640)), 19, soft(STEEL))
        canvas.line(
            ((x + side * 196, 556), (x + side * 196, 900), (x + side * 172, FLOOR - 5)),
            19,
            soft(CHROME, 0.14),
        )
        canvas.box(x + side * 192 - 40, 536, x + side * 192 + 40, 562, soft(WOOD), 12)
    canvas.line(((x - 176, FLOOR - 6), (x + 176, FLOOR - 6)), 19, soft(CHROME, 0.14))
    back = ((x - 170, 262), (x + 170, 262), (x + 154, 540), (x - 154, 540))
    canvas.shape(back, soft(tint, 0.13), 48)
    if chance.random() < 0.5:
        canvas.line(((x, 290), (x, 520)), 4, shade(tint, -0.18))
    canvas.box(x - 180, 590, x + 180, 672, soft(shade(tint, -0.06), 0.13), 34)
    canvas.box(x - 166, 597, x + 166, 618, shade(tint, 0.13), 10)


def bar_stool(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A high stool with a foot rest and a low back."""
    x = MIDDLE
    canvas.shadow(x - 150, x + 150)
    for side in (-1, 1):
        canvas.line(((x + side * 78, 470), (x + side * 92, FLOOR - 20)), 15, shade(STEEL, -0.25))
    canvas.line(((x - 138, 770), (x + 138, 770)), 15, soft(CHROME, 0.14))
    for side in (-1, 1):
        canvas.line(((x + side * 110, 470), (x + side * 154, FLOOR)), 19, soft(STEEL))
    if chance.random() < 0.7:
        for side in (-1, 1):
            canvas.line(((x + side * 104, 300), (x + side * 104, 440)), 15, soft(STEEL))
        canvas.box(x - 134, 236, x + 134, 332, soft(tint, 0.13), 40)
    canvas.box(x - 148, 424, x + 148, 486, soft(shade(tint, -0.08), 0.13), 28)
    canvas.box(x - 134, 430, x + 134, 446, shade(tint, 0.14), 8)


def stool(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A low stool with three or four splayed legs."""
    x = MIDDLE
    canvas.shadow(x - 165, x + 165)
    legs = shade(tint, -0.12)
    for side in (-1, 1):
        canvas.line(((x + side * 60, 590), (x + side * 84, FLOOR - 18)), 24, shade(legs, -0.25))
    if chance.random() < 0.6:
        canvas.line(((x - 128, 786), (x + 128, 786)), 16, shade(legs, -0.12))
    for side in (-1, 1):
        canvas.line(((x + side * 108, 590), (x + side * 158, FLOOR)), 28, soft(legs))
    canvas.oval(x - 190, 546, x + 190, 622, soft(shade(tint, -0.2)))
    canvas.oval(x - 190, 526, x + 190, 602, soft(shade(tint, 0.08)))
    canvas.oval(x - 128, 540, x + 128, 586, shade(tint, 0.16))


def armchair(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A deep armchair with round arms."""
    x, low = MIDDLE, chance.randint(0, 30)
    canvas.shadow(x - 268, x + 268)
    for side in (-1, 1):
        canvas.line(((x + side * 196, 850), (x + side * 214, FLOOR)), 27, DARK)
    canvas.box(x - 196, 272 + low, x + 196, 720, soft(shade(tint, -0.05), 0.14), 84)
    canvas.box(x - 172, 292 + low, x + 172, 700, soft(shade(tint, 0.03), 0.1), 70)
    canvas.box(x - 226, 760, x + 226, 872, soft(shade(tint, -0.2)), 34)
    canvas.box(x - 186, 632, x + 186, 782, soft(shade(tint, 0.1), 0.09), 46)
    canvas.box(x - 170, 640, x + 170, 662, shade(tint, 0.22), 11)
    for side in (-1, 1):
        inner, outer = x + side * 168, x + side * 288
        canvas.box(
            min(inner, outer), 520, max(inner, outer), 876, soft(shade(tint, -0.1), 0.15), 58
        )
        canvas.box(min(inner, outer) + 22, 532, max(inner, outer) - 22, 562, shade(tint, 0.1), 15)


def sofa_for_two(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A sofa for two, now and then with a cushion."""
    _sofa(canvas, tint, seats=2)
    if chance.random() < 0.5:
        _cushion(canvas, MIDDLE - 210, shade(tint, 0.42))


def sofa_for_three(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A sofa for three, now and then with a cushion."""
    _sofa(canvas, tint, seats=3)
    if chance.random() < 0.5:
        _cushion(canvas, MIDDLE + 330, shade(tint, 0.42))


def _sofa(canvas: Canvas, tint: Colour, seats: int) -> None:
    x, half = MIDDLE, 132 * seats + 60
    canvas.shadow(x - half - 90, x + half + 90)
    for side in (-1, 1):
        canvas.line(((x + side * (half + 20), 850), (x + side * (half + 34), FLOOR)), 24, DARK)
    canvas.box(x - half - 10, 400, x + half + 10, 780, soft(shade(tint, -0.12), 0.12), 56)
    width = 2 * half / seats
    for seat in range(seats):
        left = x - half + seat * width
        canvas.box(left + 6, 420, left + width - 6, 690, soft(shade(tint, 0.02), 0.12), 50)
    canvas.box(x - half - 60, 770, x + half + 60, 872, soft(shade(tint, -0.24)), 32)
    for seat in range(seats):
        left = x - half + seat * width
        canvas.box(left + 3, 648, left + width - 3, 792, soft(shade(tint, 0.12), 0.08), 38)
        canvas.box(left + 20, 655, left + width - 20, 676, shade(tint, 0.24), 10)
    for side in (-1, 1):
        inner, outer = x + side * (half - 8), x + side * (half + 102)
        canvas.box(
            min(inner, outer), 560, max(inner, outer), 876, soft(shade(tint, -0.08), 0.14), 52
        )
        canvas.box(min(inner, outer) + 20, 571, max(inner, outer) - 20, 600, shade(tint, 0.12), 14)


def _cushion(canvas: Canvas, x: float, colour: Colour) -> None:
    points = ((x - 92, 470), (x + 66, 500), (x + 92, 664), (x - 66, 656))
    canvas.shape(points, soft(colour, 0.08), 34)


def pouf(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A round pouf with seams."""
    x = MIDDLE
    canvas.shadow(x - 236, x + 236)
    canvas.box(x - 246, 622, x + 246, FLOOR, soft(shade(tint, -0.08), 0.16), 78)
    for seam in range(-2, 3):
        bend = seam * 112 + chance.randint(-6, 6)
        canvas.curve(((x + bend * 0.82, 680), (x + bend, 800), (x + bend * 0.92, 916)), 4,
                     shade(tint, -0.22))  # fmt: skip
    canvas.oval(x - 240, 602, x + 240, 708, soft(shade(tint, 0.14), 0.06))
    canvas.disc(x, 654, 15, shade(tint, -0.15))


def bench(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A bench of boards, for outdoors, with a back or without."""
    x = MIDDLE
    back = chance.random() < 0.6
    canvas.shadow(x - 430, x + 430)
    for side in (-1, 1):
        top = 380 if back else 660
        canvas.line(((x + side * 352, top), (x + side * 352, FLOOR)), 30, soft(STEEL))
        canvas.line(((x + side * 412, 690), (x + side * 424, FLOOR)), 26, soft(shade(STEEL, -0.2)))
    if back:
        for row in range(3):
            top = 392 + row * 76
            canvas.box(x - 460, top, x + 460, top + 56, soft(shade(tint, 0.04)), 12)
    for row in range(3):
        top = 640 + row * 26
        canvas.box(x - 474, top, x + 474, top + 22, soft(shade(tint, 0.1 - row * 0.11), 0.05), 8)


def high_chair(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A child's high chair of wood with a foot board."""
    x = MIDDLE
    frame = PALE_WOOD if chance.random() < 0.5 else WOOD
    canvas.shadow(x - 200, x + 200)
    for side in (-1, 1):
        canvas.line(((x + side * 96, 300), (x + side * 118, FLOOR - 20)), 26, shade(frame, -0.22))
    canvas.box(x - 128, 262, x + 128, 372, soft(tint, 0.12), 38)
    canvas.box(x - 120, 410, x + 120, 470, soft(tint, 0.12), 26)
    for side in (-1, 1):
        canvas.line(((x + side * 132, 470), (x + side * 196, FLOOR)), 30, soft(frame))
    canvas.box(x - 168, 780, x + 168, 812, soft(shade(frame, 0.1)), 12)
    canvas.box(x - 160, 560, x + 160, 606, soft(shade(tint, -0.08), 0.12), 20)
    canvas.box(x - 190, 478, x + 190, 512, soft(shade(frame, 0.16)), 15)
