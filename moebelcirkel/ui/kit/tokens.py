"""The colours of the program by role, one set for light and one for dark.

Every colour on the screen comes from here; tests check the contrast of each pair that is used.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Colours(NamedTuple):
    """One colour per role, as ``#RRGGBB``."""

    ground: str
    rail: str
    surface: str
    sunken: str
    line: str
    edge: str
    field_border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    accent_text: str
    accent_faint: str
    accent_fill: str
    on_accent: str
    money: str
    money_soft: str
    warning: str
    warning_soft: str
    warning_mark: str
    error: str
    error_soft: str
    picture_top: str
    picture_bottom: str


LIGHT: Final = Colours(
    ground="#F6F5F2",
    rail="#FBFAF8",
    surface="#FFFFFF",
    sunken="#EFEDE8",
    line="#DEDAD2",
    edge="#C9C4BA",
    field_border="#8C8778",
    text="#1E2421",
    muted="#5B645F",
    disabled="#8A918D",
    accent="#1F6B4F",
    accent_hover="#185A42",
    accent_pressed="#124934",
    accent_soft="#E3F0EA",
    accent_text="#14553D",
    accent_faint="#9CC7B4",
    accent_fill="#3F9A77",
    on_accent="#FFFFFF",
    money="#1F4E8C",
    money_soft="#E4ECF7",
    warning="#8A5A00",
    warning_soft="#FBEFD6",
    warning_mark="#C2860E",
    error="#A3271F",
    error_soft="#FBE6E4",
    picture_top="#EFEBE5",
    picture_bottom="#E0DCD0",
)

DARK: Final = Colours(
    ground="#181B1A",
    rail="#1B1F1D",
    surface="#1F2321",
    sunken="#282D2A",
    line="#353B38",
    edge="#56605B",
    field_border="#838D88",
    text="#E9EDEA",
    muted="#A7B0AB",
    disabled="#727B76",
    accent="#5FBF96",
    accent_hover="#74CDA7",
    accent_pressed="#4CAB83",
    accent_soft="#20392F",
    accent_text="#8ED8B6",
    accent_faint="#35664F",
    accent_fill="#4FA881",
    on_accent="#0B1712",
    money="#92B7EC",
    money_soft="#1F2D42",
    warning="#E9BB5E",
    warning_soft="#39301A",
    warning_mark="#D79A24",
    error="#F49A92",
    error_soft="#45241F",
    picture_top="#3A3F3B",
    picture_bottom="#2E322F",
)
