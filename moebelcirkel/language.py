"""The reader's language: texts through gettext, and numbers, money and dates as written in it.

Every room above the domain formats through here, so that screen, paper and command line agree.
Danish is the language until another one is chosen. The forms are few, so they are written out
here and checked against Babel in a test, which spares its import at start.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

from moebelcirkel import paths
from moebelcirkel.catalogue import Catalogue
from moebelcirkel.domain.days import Near, typed_day
from moebelcirkel.domain.errors import N_, Invalid, Refused, Unavailable

__all__ = ["N_", "_", "ngettext", "refusal", "set_language"]

NBSP = "\u00a0"
_ORE = Decimal(100)
_MILLION = Decimal(1_000_000)
_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}


class _Form(NamedTuple):
    """How one language writes numbers, amounts and dates."""

    group: str
    point: str
    amount: str
    millions: str
    tonnes: str
    percent: str
    day: str
    medium_day: str
    long_day: str
    clock: str


_FORMS = {
    "da": _Form(
        group=".",
        point=",",
        amount=f"{{sign}}{{figure}}{NBSP}kr.",
        millions=f"{{sign}}{{figure}}{NBSP}mio.{NBSP}kr.",
        tonnes=f"{{figure}}{NBSP}ton",
        percent=f"{{figure}}{NBSP}%",
        day="{0:%d.%m.%Y}",
        medium_day="{0.day}. {1} {0.year}",
        long_day="{0.day}. {1} {0.year}",
        clock="{0:%H.%M}",
    ),
    "en": _Form(
        group=",",
        point=".",
        amount=f"{{sign}}DKK{NBSP}{{figure}}",
        millions=f"{{sign}}DKK{NBSP}{{figure}}{NBSP}million",
        tonnes=f"{{figure}}{NBSP}t",
        percent="{figure}%",
        day="{0:%d/%m/%Y}",
        medium_day="{0.day} {1} {0.year}",
        long_day="{0.day} {1} {0.year}",
        clock="{0:%H:%M}",
    ),
}


class _Chosen:
    """The language in use; one per process, as the whole window speaks one language."""

    code = "da"
    catalogue: Catalogue | None = None


def set_language(code: str) -> None:
    """Speak ``da`` or ``en`` from now on."""
    if code not in _FORMS:
        raise ValueError(f"unknown language {code!r}")
    _Chosen.code = code
    _Chosen.catalogue = _catalogue(paths.resources("translations", code))


def current_language() -> str:
    """The code of the language in use."""
    return _Chosen.code


@cache
def _catalogue(folder: Path) -> Catalogue:
    return Catalogue(folder)


def _texts() -> Catalogue:
    return _Chosen.catalogue or _catalogue(paths.resources("translations", _Chosen.code))


def read_texts() -> None:
    """Read all texts of the language now, by any thread, before a window asks for them."""
    _texts().read()


def _(message: str) -> str:
    """The text in the reader's language."""
    return _texts().text(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for this count in the reader's language."""
    return _texts().counted(singular, plural, n)


def refusal(error: Refused | Unavailable) -> str:
    """What a refusal says, in the reader's language; several wrong fields are said one by one."""
    if isinstance(error, Invalid):
        return " ".join([_(error.message), *(refusal(each) for each in error.errors.values())])
    values = {name: _readable(value) for name, value in error.values.items()}
    return _(error.message).format(**values) if values else _(error.message)


def _readable(value: object) -> object:
    """A value inside a message: moments, days and fractions are written as in the language."""
    from moebelcirkel.domain.lifecycle import StateName

    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, Refused | Unavailable):
        return refusal(value)
    return _(str(value)) if isinstance(value, StateName) else value


# --- numbers ---------------------------------------------------------------------------------

_MINUS = "\u2212"  # as wide as a plus, on screen as on paper; what is typed may have either


def decimal(value: Decimal | int, places: int | None = None, *, group: str = ",") -> str:
    """A number with so many decimals, or with those it has: "1.234,5"; no ``group``, no groups."""
    figure = Decimal(value)
    if places is not None:
        figure = figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    form = _FORMS[_Chosen.code]
    text = f"{abs(figure):{group}f}".translate({ord(","): form.group, ord("."): form.point})
    return f"{_MINUS}{text}" if figure < 0 else text


def number(value: int) -> str:
    """A whole number: "1.234"."""
    return decimal(value, 0)


def percent(fraction: Decimal | float) -> str:
    """A share: 0.35 is "35 %"."""
    figure = decimal(Decimal(str(fraction)) * 100, 0)
    return _FORMS[_Chosen.code].percent.format(figure=figure)


def kroner(ore: int, *, exact: bool = False) -> str:
    """An amount: "1.450 kr.", with øre where there are any or ``exact`` asks for them."""
    places = 2 if exact or ore % 100 else 0
    return _amount(_FORMS[_Chosen.code].amount, ore, Decimal(abs(ore)) / _ORE, places)


def kroner_about(ore: int) -> str:
    """An amount in two figures, for titles: "1,4 mio. kr.", "13.000 kr."."""
    form = _FORMS[_Chosen.code]
    whole = _two_figures(Decimal(abs(ore)) / _ORE, Decimal(1))
    if whole >= _MILLION:
        return _amount(form.millions, ore, whole / _MILLION, max(0, 7 - whole.adjusted()))
    return _amount(form.amount, ore, whole, 0)


def co2_about(grams: int) -> str:
    """A mass in two figures, for titles: "15 ton", "1,5 ton", "960 kg", "2,4 kg"."""
    kilos = _two_figures(Decimal(grams) / 1000, Decimal("0.1"))
    if abs(kilos) >= 1000:
        places = max(0, 4 - kilos.adjusted())
        return _FORMS[_Chosen.code].tonnes.format(figure=decimal(kilos / 1000, places))
    places = 1 if abs(kilos) < 10 and kilos % 1 else 0
    return f"{decimal(kilos, places)}{NBSP}kg"


def _two_figures(value: Decimal, finest: Decimal) -> Decimal:
    """Rounded half-even to two figures that count, and to no finer step than ``finest``."""
    step = max(Decimal(1).scaleb(value.adjusted() - 1), finest)
    return (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step


def _amount(form: str, ore: int, figure: Decimal, places: int) -> str:
    text = decimal(figure, places)
    negative = ore < 0 and any(digit in "123456789" for digit in text)
    return form.format(sign=_MINUS if negative else "", figure=text)


def co2(grams: int) -> str:
    """A mass by itself: "0,5 kg", "28 kg", "28,4 ton"."""
    return co2_alike((grams,))(grams)


def co2_alike(masses: Iterable[int]) -> Callable[[int], str]:
    """How masses that stand below each other are written: in one unit, with as many decimals.

    The largest decides: below 10 kg one decimal unless it is zero, from one tonne on it is tonnes;
    one more decimal where the smallest would be nothing.
    """
    kilos = [abs(Decimal(each)) / 1000 for each in masses]
    tenths = [round(each, 1) for each in kilos]
    most, least = max(tenths, default=0), min(filter(None, tenths), default=0)
    if round(max(kilos, default=0)) >= 1000:
        form, step, places = _FORMS[_Chosen.code].tonnes, 1_000_000, 1 + (0 < least < 50)
    else:
        fine = any(each % 1 for each in tenths) if most < 10 else 0 < least < 1
        form, step, places = f"{{figure}}{NBSP}kg", 1000, int(fine)
    return lambda grams: form.format(figure=decimal(Decimal(grams) / step, places))


def co2_span(low: int, high: int) -> str:
    """Two masses as a range in one unit, the smaller first: "20,9–38,6 ton", "−48 til −31 kg".

    Returns can weigh so much that low factors give the larger sum; one figure is no range.
    """
    low, high = sorted((low, high))
    unit = co2(max(high, low, key=abs)).rpartition(NBSP)[2]
    ends = [co2(end) if unit == "kg" else _tonnes(end, unit) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    figure = ends[0].removesuffix(f"{NBSP}{unit}")
    if low < 0:
        return _("{low} to {high}").format(low=figure, high=ends[1])
    return f"{figure}–{ends[1]}"


def _tonnes(grams: int, unit: str) -> str:
    """A mass in tonnes; what is less than 100 kg needs a second decimal."""
    fine = 0 < abs(grams) < 95_000
    return f"{decimal(Decimal(grams) / 1_000_000, 2 if fine else 1)}{NBSP}{unit}"


# --- days and times --------------------------------------------------------------------------


@cache
def zone() -> tzinfo:
    """The zone shown moments are in."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Copenhagen")


def day(value: date) -> str:
    """A day in figures: "20.11.2026"."""
    return _FORMS[_Chosen.code].day.format(value)


def medium_day(value: date) -> str:
    """A day with a short month: "20. nov. 2026"."""
    dot = "." if _Chosen.code == "da" and value.month != 5 else ""
    return _FORMS[_Chosen.code].medium_day.format(value, month_short(value.month) + dot)


def long_day(value: date) -> str:
    """A day in words: "20. november 2026"."""
    return _FORMS[_Chosen.code].long_day.format(value, month_long(value.month))


def moment(value: datetime) -> str:
    """A moment in the municipality's zone: "20.11.2026 09.05"."""
    return f"{day(_local(value))} {time_of_day(value)}"


def time_of_day(value: datetime) -> str:
    """The clock of a moment in the municipality's zone: "09.05"."""
    return _FORMS[_Chosen.code].clock.format(_local(value))


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(zone())


def month_long(month: int) -> str:
    """The name of month 1 to 12: "november"."""
    return _MONTHS[_Chosen.code].split()[month - 1]


def month_short(month: int) -> str:
    """The first three letters of a month's name, as under charts: "nov"."""
    return month_long(month)[:3]


# --- what people type ------------------------------------------------------------------------

# As text: compiled when somebody first types, since the start need not wait for it.
_CURRENCY = r"(?i)([-+\u2212]?)(?:kr\.?|dkk)?(.*?)(?:kr\.?|dkk)?"
_ORE_DASH = r",[-\u2013]{1,2}$"


def parse_decimal(text: str, *, grouped: bool = False) -> Decimal:
    """The number a person typed in the language's own form: "1.234,56" or "1234,56".

    A lone group as in "1.234" could be a number with the other language's decimal sign, so it is
    only taken where thousands are usual: ``grouped``.
    """
    form = _FORMS[_Chosen.code]
    clean = re.sub(r"\s", "", text).replace("\u2212", "-")
    example = decimal(Decimal("12.5"))
    if not clean:
        raise Refused(N_("Write a number, for example {example}."), example=example)
    group, point = re.escape(form.group), re.escape(form.point)
    if not grouped:
        _refuse_two_ways(clean, form.group, r"\d{3}")
    if re.fullmatch(rf"[-+]?([1-9]\d{{0,2}}({group}\d{{3}})+|\d+)?({point}\d+)?", clean):
        try:
            return Decimal(clean.replace(form.group, "").replace(form.point, "."))
        except InvalidOperation:
            pass  # nothing but a sign
    if re.fullmatch(rf"[-+]?\d+{group}\d+", clean):
        raise Refused(
            N_("Write “{suggestion}” with “{point}” before the decimals, not “{typed}”."),
            suggestion=clean.replace(form.group, form.point),
            point=form.point,
            typed=text.strip(),
        )
    raise Refused(
        N_("“{typed}” is not a number. Write for example {example}."),
        typed=text.strip(),
        example=example,
    )


def parse_kroner(text: str) -> int:
    """The øre of an amount a person typed: "1.450", "1450,50", "kr. 1.450,-", "1.450 kr."."""
    found = re.fullmatch(_CURRENCY, "".join(text.split()))
    bare = re.sub(_ORE_DASH, "", found[1] + found[2] if found else text)
    example = decimal(Decimal("1450.50"), 2)
    if not bare:
        raise Refused(N_("Write an amount, for example {example}."), example=example)
    _refuse_two_ways(bare, _FORMS[_Chosen.code].point, r"\d\d0")
    try:
        amount = parse_decimal(bare, grouped=True)
    except Refused as error:
        if "suggestion" in error.values:
            raise
        raise Refused(
            N_("“{typed}” is not an amount. Write for example {example}."),
            typed=text.strip(),
            example=example,
        ) from None
    ore = amount * _ORE
    if ore != ore.to_integral_value():
        raise Refused(
            N_("An amount has at most two decimals. You wrote {typed}."), typed=text.strip()
        )
    return int(ore)


def _refuse_two_ways(typed: str, sign: str, behind: str) -> None:
    """Refuse "1.450" where it may be 1450 or 1,45, as the writer is used to one sign or another."""
    if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}{re.escape(sign)}{behind}", typed):
        point = _FORMS[_Chosen.code].point
        raise Refused(
            N_("“{typed}” can be read in two ways. Write “{whole}” or “{suggestion}”."),
            typed=typed,
            whole=typed.replace(sign, ""),
            suggestion=typed.replace(sign, point).rstrip("0").rstrip(point),
        )


def parse_day(text: str, near: Near | None = None) -> date:
    """The day a person typed: 20.11.2026, 20-11-2026, 1.2.26, 201126, 2026-11-20, 20. nov. 2026."""
    return typed_day(text, _MONTHS.values(), day(date(2026, 11, 20)), near)
