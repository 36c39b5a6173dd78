"""Drawings of what furnishes a room besides seats, tables and storage: beds, lamps, boards."""

from __future__ import annotations

import random

from moebelcirkel.documents.drawing_canvas import (
    CHROME,
    CREAM,
    DARK,
    FLOOR,
    MIDDLE,
    PALE_WOOD,
    STEEL,
    WOOD,
    Canvas,
    Colour,
    blend,
    shade,
    soft,
)


def bed(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A bed from the side, made up with a pillow and a blanket."""
    x = MIDDLE
    canvas.shadow(x - 560, x + 560)
    frame = WOOD
    for side in (-1, 1):
        canvas.box(
            x + side * 528 - 22, 760, x + side * 528 + 22, FLOOR, soft(shade(frame, -0.1)), 6
        )
    canvas.box(x - 580, 430, x - 528, 850, soft(frame, 0.1), 16)
    canvas.box(x + 528, 600, x + 576, 850, soft(frame, 0.1), 16)
    canvas.box(x - 540, 760, x + 540, 836, soft(shade(frame, -0.06), 0.08), 8)
    canvas.box(x - 530, 660, x + 530, 770, soft(CREAM, 0.04), 34)
    canvas.shape(((x - 500, 600), (x - 300, 590), (x - 282, 676), (x - 508, 680)),
                 soft((252, 251, 248), 0.03), 40)  # fmt: skip
    canvas.box(x - 240, 640, x + 540, 792, soft(tint, 0.13), 40)
    canvas.box(x - 240, 640, x - 150, 792, soft(shade(tint, 0.36), 0.06), 30)


def care_bed(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """An adjustable care bed on castors with rails."""
    x = MIDDLE
    canvas.shadow(x - 520, x + 520)
    canvas.line(((x - 330, 880), (x + 210, 712)), 24, shade(STEEL, -0.1))
    canvas.line(((x - 200, 712), (x + 330, 880)), 24, soft(STEEL))
    canvas.box(x - 430, 868, x + 430, 894, soft(STEEL), 8)
    for side in (-1, 1):
        canvas.disc(x + side * 410, FLOOR - 24, 31, DARK)
        canvas.disc(x + side * 410, FLOOR - 24, 11, CHROME)
        canvas.box(x + side * 560 - 22, 440 if side < 0 else 520, x + side * 560 + 22, 730,
                   soft(WOOD), 14)  # fmt: skip
    canvas.box(x - 545, 680, x + 545, 716, soft(STEEL), 8)
    canvas.shape(((x - 540, 684), (x - 530, 560), (x - 470, 520), (x - 130, 612), (x - 130, 684)),
                 soft(CREAM, 0.04), 26)  # fmt: skip
    canvas.box(x - 180, 608, x + 540, 686, soft(CREAM, 0.04), 26)
    canvas.shape(((x - 520, 540), (x - 400, 512), (x - 340, 560), (x - 480, 580)),
                 (253, 252, 250), 26)  # fmt: skip
    canvas.box(x - 40, 588, x + 540, 690, soft(tint, 0.12), 28)
    for y in (560, 604, 648):
        canvas.line(((x - 60, y), (x + 250, y)), 12, soft(CHROME, 0.1))
    for at in (-60, 95, 250):
        canvas.line(((x + at, 560), (x + at, 700)), 12, soft(CHROME, 0.1))


def child_bed(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A cot with bars."""
    x, half = MIDDLE, 380
    canvas.shadow(x - half, x + half)
    canvas.box(x - half + 20, 660, x + half - 20, 760, soft(CREAM, 0.04), 26)
    canvas.box(x - 120, 640, x + half - 20, 762, soft(tint, 0.12), 26)
    for bar in range(15):
        at = x - half + 54 + bar * (2 * half - 108) / 14
        canvas.line(((at, 470), (at, 770)), 15, soft(PALE_WOOD))
    for y in (440, 762):
        canvas.box(x - half, y, x + half, y + 42, soft(shade(PALE_WOOD, 0.06)), 14)
    for side in (-1, 1):
        canvas.box(x + side * half - 24, 390, x + side * half + 24, FLOOR, soft(PALE_WOOD, 0.1), 18)


def mattress(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A mattress lying flat with a piped edge."""
    x, half = MIDDLE, 540
    canvas.shadow(x - half, x + half)
    upper = ((x - half + 90, 640), (x + half - 90, 640), (x + half, 760), (x - half, 760))
    canvas.shape(upper, soft(blend(CREAM, tint, 0.14), 0.04), 46)
    for row in range(2):
        for place in range(7):
            spread = 124 + row * 12
            canvas.disc(x + (place - 3) * spread, 676 + row * 40, 7, blend(CREAM, tint, 0.5))
    canvas.box(x - half, 742, x + half, FLOOR, soft(blend(CREAM, tint, 0.3), 0.07), 46)
    for y in (764, FLOOR - 22):
        canvas.line(((x - half + 24, y), (x + half - 24, y)), 8, tint)


def activity_mat(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A folding foam mat in four colours."""
    x, half = MIDDLE, 520
    canvas.shadow(x - half, x + half)
    width = 2 * half / 4
    for place in range(4):
        colour = shade(tint, 0.16 * place)
        left = x - half + place * width
        slant = [90 - place * 45, 90 - (place + 1) * 45]
        points = ((left + slant[0], 680), (left + width + slant[1], 680),
                  (left + width, 850), (left, 850))  # fmt: skip
        canvas.shape(points, soft(shade(colour, 0.1), 0.06), 10)
        canvas.box(left + 2, 842, left + width - 2, FLOOR, soft(shade(colour, -0.12)), 16)


def floor_lamp(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A standing lamp with a shade."""
    x = MIDDLE
    canvas.shadow(x - 120, x + 120)
    light = ((x - 170, 380), (x + 170, 380), (x + 250, 640), (x - 250, 640))
    canvas.glow(light, (255, 249, 230), 0.5)
    canvas.oval(x - 132, 894, x + 132, FLOOR + 6, soft(DARK, 0.12))
    canvas.box(x - 11, 370, x + 11, 912, soft(STEEL, 0.14), 8)
    narrow = chance.choice((92, 112))
    canvas.shape(((x - narrow, 160), (x + narrow, 160), (x + 172, 384), (x - 172, 384)),
                 soft(tint, 0.2), 14)  # fmt: skip
    canvas.box(x - 170, 372, x + 170, 386, shade(tint, 0.45), 6)


def desk_lamp(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A jointed lamp for a desk."""
    canvas.shadow(560, 820)
    canvas.glow(((900, 470), (1070, 420), (1180, 900), (820, 900)), (255, 249, 230), 0.5)
    canvas.oval(560, 884, 830, FLOOR + 8, soft(shade(tint, -0.2), 0.12))
    canvas.oval(560, 872, 830, FLOOR - 8, soft(tint, 0.12))
    canvas.line(((694, 880), (600, 600), (886, 330)), 23, soft(STEEL, 0.1))
    for x, y in ((600, 600), (886, 330)):
        canvas.disc(x, y, 23, DARK)
        canvas.disc(x, y, 9, CHROME)
    canvas.shape(((850, 330), (952, 270), (1090, 430), (890, 514)), soft(tint, 0.16), 34)
    canvas.line(((912, 500), (1074, 432)), 17, (255, 248, 226))


def whiteboard(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A board on the wall with a tray, a sketch and pens."""
    x = MIDDLE
    canvas.shadow(x - 500, x + 500, 830, strength=0.14)
    canvas.box(x - 540, 240, x + 540, 820, soft((186, 188, 186), 0.06), 14)
    canvas.box(x - 522, 258, x + 522, 802, ((255, 255, 254), (244, 245, 244)), 6)
    canvas.box(x - 260, 806, x + 260, 838, soft(CHROME, 0.1), 10)
    for at, colour in ((-180, tint), (-90, DARK), (60, (164, 60, 52))):
        canvas.box(x + at, 788, x + at + 74, 806, soft(colour), 8)
    canvas.curve(((x - 420, 660), (x - 260, 640), (x - 200, 420), (x + 20, 400)), 9, tint)
    for row in range(3):
        end = x + chance.randint(330, 440)
        canvas.line(((x + 150, 380 + row * 74), (end, 380 + row * 74)), 9, (196, 200, 198))


def notice_board(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A pin board with some notes."""
    x = MIDDLE
    canvas.shadow(x - 480, x + 480, 830, strength=0.14)
    canvas.box(x - 520, 250, x + 520, 820, soft(WOOD, 0.08), 12)
    canvas.box(x - 492, 278, x + 492, 792, soft(blend((206, 174, 132), tint, 0.25), 0.04), 4)
    for left, top, wide, tall in ((-420, 330, 190, 240), (-190, 380, 230, 170), (90, 320, 180, 210),
                                  (310, 420, 140, 180), (-330, 610, 210, 130)):  # fmt: skip
        lean = chance.randint(-10, 10)
        paper = chance.choice((CREAM, (250, 240, 206), shade(tint, 0.72)))
        canvas.shape(((x + left, top), (x + left + wide, top + lean),
                      (x + left + wide - lean, top + tall + lean), (x + left - lean, top + tall)),
                     soft(paper, 0.03), 4)  # fmt: skip
        canvas.disc(x + left + wide / 2, top + 16 + lean / 2, 12, (172, 70, 58))


def screen(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A padded partition that stands on the floor."""
    x, half = MIDDLE, chance.choice((400, 440))
    canvas.shadow(x - half, x + half)
    for side in (-1, 1):
        foot = x + side * (half - 90)
        canvas.box(foot - 95, FLOOR - 25, foot + 95, FLOOR, soft(STEEL), 12)
        canvas.box(foot - 13, 860, foot + 13, FLOOR - 14, STEEL)
    canvas.box(x - half, 230, x + half, 880, soft(shade(tint, -0.2)), 40)
    canvas.box(x - half + 12, 242, x + half - 12, 868, soft(tint, 0.08), 32)
    for seam in (-1, 1):
        at = x + seam * half / 3
        canvas.line(((at, 250), (at, 860)), 4, shade(tint, -0.16))


def desk_screen(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A low screen clamped to the edge of a desk."""
    x = MIDDLE
    canvas.box(x - 470, 340, x + 470, 720, soft(shade(tint, -0.2)), 40)
    canvas.box(x - 460, 350, x + 460, 710, soft(tint, 0.08), 32)
    surface = ((x - 560, 690), (x + 560, 690), (x + 640, 800), (x - 640, 800))
    canvas.shape(surface, soft(shade(WOOD, 0.26), 0.06), 8)
    canvas.box(x - 640, 794, x + 640, 836, soft(WOOD, 0.08), 10)
    for side in (-1, 1):
        canvas.box(x + side * 330 - 26, 660, x + side * 330 + 26, 716, soft(DARK, 0.1), 10)


def monitor_arm(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A jointed arm for a screen, clamped to a desk."""
    x = MIDDLE
    surface = ((x - 560, 790), (x + 560, 790), (x + 620, 870), (x - 620, 870))
    canvas.shape(surface, soft(shade(WOOD, 0.26), 0.06), 8)
    canvas.box(x - 620, 864, x + 620, 904, soft(WOOD, 0.08), 10)
    canvas.shadow(x - 240, x - 100, 806, strength=0.25)
    canvas.box(x - 240, 790, x - 100, 818, soft(DARK, 0.1), 10)
    canvas.box(x - 190, 470, x - 150, 800, soft(CHROME, 0.14), 12)
    canvas.line(((x - 170, 520), (x + 70, 610), (x + 270, 430)), 40, soft(tint, 0.12))
    for at, y in ((x - 170, 520), (x + 70, 610), (x + 270, 430)):
        canvas.disc(at, y, 33, soft(DARK, 0.1))
        canvas.disc(at, y, 13, CHROME)
    canvas.box(x + 262, 330, x + 300, 530, soft(STEEL), 10)
    canvas.box(x + 298, 300, x + 330, 560, soft(DARK, 0.12), 8)


def reception(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """A counter with a raised front."""
    x, half = MIDDLE, 520
    canvas.shadow(x - half, x + half)
    canvas.box(x - half + 20, FLOOR - 40, x + half - 20, FLOOR, shade(tint, -0.5), 4)
    canvas.box(x - half, 480, x + half, FLOOR - 28, soft(tint, 0.1), 12)
    slats = chance.choice((12, 16))
    for slat in range(1, slats):
        at = x - half + slat * 2 * half / slats
        canvas.line(((at, 520), (at, FLOOR - 40)), 4, shade(tint, -0.2))
    canvas.shape(((x - half + 30, 410), (x + half - 30, 410), (x + half + 24, 458),
                  (x - half - 24, 458)), soft(shade(PALE_WOOD, 0.2), 0.05), 10)  # fmt: skip
    canvas.box(x - half - 24, 452, x + half + 24, 496, soft(PALE_WOOD, 0.08), 12)


def any_piece(canvas: Canvas, tint: Colour, _chance: random.Random) -> None:
    """A low cabinet on legs, for pieces that fit no other drawing."""
    x, half = MIDDLE, 390
    canvas.shadow(x - half, x + half)
    for side in (-1, 1):
        canvas.line(((x + side * 320, 800), (x + side * 344, FLOOR)), 27, soft(shade(tint, -0.25)))
    canvas.box(x - half, 490, x + half, 826, soft(tint, 0.09), 16)
    for place in range(3):
        left = x - half + 16 + place * (2 * half - 32) / 3
        right = left + (2 * half - 32) / 3
        canvas.box(left + 5, 512, right - 5, 804, soft(shade(tint, 0.1), 0.06), 8)
        canvas.disc((left + right) / 2, 560, 14, soft(STEEL, 0.2))
    canvas.box(x - half - 10, 472, x + half + 10, 506, soft(shade(tint, 0.16)), 12)
