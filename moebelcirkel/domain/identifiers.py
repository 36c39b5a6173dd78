"""Numbers and addresses that others rely on: EAN/GLN, CVR, cost bearer, mail, telephone, postcode.

Each check returns the cleaned value or raises Refused with what is wrong and what to do.
"""

import re
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import storable

EAN_DIGITS = 13
CVR_DIGITS = 8
COST_BEARER_LENGTH = 24
EMAIL_LENGTH = 160

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_SPACES = re.compile(r"\s+")
_BETWEEN_DIGITS = re.compile(r"[\s.\-]+")
_DIGITS = re.compile(r"[0-9]+")
_COST_BEARER = re.compile(r"[A-Za-z0-9.\-]+")
_PHONE = re.compile(r"(?:(?:\+|00)45)?([0-9]{8})")
_POSTCODE = re.compile(r"(?:DK-?)?([0-9]{4})", re.IGNORECASE)
_DEGREES = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,15})?")
_COORDINATES = re.compile(rf"({_DEGREES.pattern})\s*[,; ]\s*({_DEGREES.pattern})")
#: Denmark with Bornholm, in degrees north and east, a little wide.
_NORTH = (Decimal("54.5"), Decimal("57.9"))
_EAST = (Decimal("8.0"), Decimal("15.3"))
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")


def ean_number(text: str) -> str:
    """EAN number (GLN) of an institution: 13 digits with a right check digit, spaces removed."""
    digits = _SPACES.sub("", text)
    if not _DIGITS.fullmatch(digits):
        raise Refused(N_("The EAN number may only contain digits. Check what you have written."))
    if len(digits) != EAN_DIGITS:
        raise Refused(
            N_("The EAN number must have 13 digits. You have written {count}."), count=len(digits)
        )
    if ean_check_digit(digits[:-1]) != digits[-1]:
        raise Refused(N_("The check digit does not fit. Check whether two digits are swapped."))
    return digits


def ean_check_digit(first_twelve: str) -> str:
    """Thirteenth digit of an EAN number: weights 1 and 3 in turn over the first twelve."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(first_twelve))
    return str(-total % 10)


def cvr_number(text: str) -> str:
    """CVR number: 8 digits that pass modulus 11, spaces and a leading DK removed."""
    digits = clean_cvr(text)
    if not _DIGITS.fullmatch(digits):
        raise Refused(N_("The CVR number may only contain digits. Check what you have written."))
    if len(digits) != CVR_DIGITS:
        raise Refused(
            N_("The CVR number must have 8 digits. You have written {count}."), count=len(digits)
        )
    total = sum(int(digit) * weight for digit, weight in zip(digits, _CVR_WEIGHTS, strict=True))
    if total % 11 or digits[0] == "0":
        raise Refused(N_("This does not look like a CVR number. Check the digits once more."))
    return digits


def clean_cvr(text: str) -> str:
    """The CVR number as it is stored, right or wrong."""
    return _SPACES.sub("", text).upper().removeprefix("DK")


def storable_cvr(typed: str) -> str:
    """The CVR number as stored: 8 digits or none; an odd check digit is only warned of."""
    digits = clean_cvr(typed)
    if digits and (not digits.isascii() or not digits.isdigit()):
        raise Refused(N_("The CVR number may only contain digits. Check what you have written."))
    if digits and len(digits) != CVR_DIGITS:
        raise Refused(
            N_("The CVR number must have 8 digits. You have written {count}."), count=len(digits)
        )
    return digits


def cvr_warning(text: str) -> Refused | None:
    """What a form shows beside an odd CVR number; it warns and does not block."""
    try:
        cvr_number(text)
    except Refused as odd:
        return odd
    return None


def cost_bearer(text: str) -> str:
    """Cost bearer (cost centre or PSP element): letters, digits, dash and dot, at most 24."""
    value = text.strip()
    if not _COST_BEARER.fullmatch(value):
        raise Refused(N_("A cost bearer may only have letters, digits, dash and full stop."))
    if len(value) > COST_BEARER_LENGTH:
        raise Refused(
            N_("A cost bearer may have at most 24 characters. You have written {count}."),
            count=len(value),
        )
    return value


def email_address(text: str) -> str:
    """A plausible e-mail address; only a message sent to it can prove more."""
    value = text.strip()
    if len(value) > EMAIL_LENGTH or not _EMAIL.fullmatch(value):
        raise Refused(N_("The e-mail address must look like name@example.dk."))
    return storable(value, code=True)


def postcode(text: str) -> str:
    """Danish postcode: 4 digits, a leading DK removed; nothing where nothing is said."""
    said = " ".join(text.split())
    found = _POSTCODE.fullmatch(said)
    if said and not found:
        raise Refused(N_("The postcode “{text}” must be 4 digits."), text=said[:40])
    return found[1] if found else ""


def telephone(text: str) -> str:
    """Danish telephone number in pairs of digits, a leading +45 removed; nothing where none is."""
    found = _PHONE.fullmatch(_BETWEEN_DIGITS.sub("", text))
    if text.strip() and not found:
        raise Refused(N_("The telephone number “{text}” must be 8 digits."), text=text.strip()[:40])
    return " ".join(re.findall("..", found[1])) if found else ""


def degrees(text: str) -> Decimal | None:
    """One coordinate in degrees, with comma or point; to a hand's breadth."""
    said = "".join(text.split())
    if said and not _DEGREES.fullmatch(said):
        raise _no_coordinates()
    if not said:
        return None
    written = Decimal(said.replace(",", "."))
    rounded = round(written, 6)
    return written if written == rounded else rounded


def coordinates(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Degrees north and east as maps give them: 56.4606, 10.0364."""
    said = " ".join(text.split())
    found = _COORDINATES.fullmatch(said)
    if said and not found:
        raise _no_coordinates()
    return in_denmark(*map(degrees, found.groups())) if found else (None, None)


def in_denmark(
    north: Decimal | None, east: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """The same two; refused where only one is said, or where they are not in Denmark."""
    if north is None and east is None:
        return None, None
    if north is None or east is None:
        raise _no_coordinates()
    if not (_NORTH[0] <= north <= _NORTH[1] and _EAST[0] <= east <= _EAST[1]):
        raise Refused(N_("The coordinates are not in Denmark. Write north first, then east."))
    return north, east


def _no_coordinates() -> Refused:
    return Refused(N_("Write the coordinates as degrees north and east: 56.4606, 10.0364."))
