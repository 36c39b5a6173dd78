"""Currencies as cells and number formats name them: "kr.", "349,00 €", "6195 NOK", "[$kr-414]"."""

import re

CROWNS = "kr"
"""What "kr." says: crowns of a country that only the file as a whole can tell."""
_NAMED = {
    "kr": CROWNS,
    "krone": CROWNS,
    "kroner": CROWNS,
    "dkr": "DKK",
    "d.kr": "DKK",
    "skr": "SEK",
    "nkr": "NOK",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "$": "USD",
    "us$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "zł": "PLN",
    "fr": "CHF",
    "sr": "SAR",
}
_CODES = frozenset(
    (
        "AED",
        "AUD",
        "CAD",
        "CHF",
        "CNY",
        "CZK",
        "DKK",
        "EUR",
        "GBP",
        "HUF",
        "INR",
        "ISK",
        "JPY",
        "NOK",
        "PLN",
        "RON",
        "SAR",
        "SEK",
        "TRY",
        "USD",
        "ZAR",
    )
)
_COUNTRIES = {"DKK", "SEK", "NOK", "ISK"}
_WORDS = sorted({*_NAMED, *(code.lower() for code in _CODES)}, key=len, reverse=True)
MARK = rf"(?i:(?:{'|'.join(map(re.escape, _WORDS))})(?![^\W\d_])\.?)"
"""A currency's word, sign or code, perhaps with a full stop."""
PER_PIECE = r"(?i:\s*(?:/|pr\.?|per)\s*(?:stk|pcs?)\.?)?"
_FRONT = re.compile(rf"^\s*({MARK})\s*(?=[-+\u2212\d])")
_BEHIND = re.compile(rf"(?<=[\d,.\-\u2013\u2014])\s*(?<![^\W\d_])({MARK}){PER_PIECE}\s*$")
# Excel keeps the country of a "kr" behind it: [$kr-414] is Norwegian.
_LOCALES = {"06": "DKK", "14": "NOK", "1D": "SEK", "0F": "ISK"}
_FORMAT = re.compile(r"\[\$([^\]\-]*)(?:-([0-9A-Fa-f]+))?\]")


def without_currency(text: str) -> tuple[str, str | None]:
    """A cell without the currency it names in front or behind, and that currency.

    Codes are capitals as in ISO 4217; crowns that could be any country's are ``CROWNS``.
    """
    found = None
    for pattern in (_FRONT, _BEHIND):
        if match := pattern.search(text):
            found = found or named(match[1])
            text = text[: match.start()] + text[match.end() :]
    return text.strip(), found


def named(mark: str) -> str | None:
    """The currency of a word or sign by itself, or None."""
    word = mark.strip().lower().rstrip(".")
    return _NAMED.get(word) or (word.upper() if word.upper() in _CODES else None)


def in_words(text: str) -> str | None:
    """The currency a header names: "Pris (EUR)", "Nypris i kr."."""
    for word in re.findall(r"[^\W\d_]+|[€$£¥]", text):
        if (found := named(word)) and word.lower() not in ("fr", "sr", "try"):
            return found
    return None


def of_format(number_format: str) -> str | None:
    """The currency with which a workbook shows a number, or None."""
    if match := _FORMAT.search(number_format):
        found = named(match[1])
        if found == CROWNS and match[2]:
            return _LOCALES.get(match[2][-2:].upper(), CROWNS)
        return found
    shown = re.sub(r"[\\\"_*]|\[[^\]]*\]", " ", number_format.split(";", maxsplit=1)[0])
    return next((each for word in shown.split() if (each := named(word))), None)


def fits(found: str | None, chosen: str) -> bool:
    """Whether a cell that names ``found`` may be an amount in ``chosen``."""
    return found in (None, chosen) or (found == CROWNS and chosen in _COUNTRIES)
