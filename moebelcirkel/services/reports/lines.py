"""The lines behind a report's totals, as rows for its appendix and its spreadsheet."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from moebelcirkel.documents.reports.savings import FigureRow, Sensitivity
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import (
    REPAIR_ORE,
    SCENARIOS,
    LineKind,
    credited_fee_ore,
    l_used,
    lifetime_at_shares,
)
from moebelcirkel.domain.figures.inputs import LifeTerms, exact
from moebelcirkel.domain.money import grams, whole
from moebelcirkel.language import _
from moebelcirkel.services.figures.lines import FEE_BACK
from moebelcirkel.services.figures.transport import SHARE_ORE
from moebelcirkel.services.reports import names
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures import settings as figure_settings
from moebelcirkel.storage.queries.figures.lines import LineRow, Rests
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import Session

_NOTHING = Decimal(0)
_UNREADABLE = N_(
    "Figure line {line} cannot be read: it is not what the program wrote. See the check of the"
    " figures, and restore a copy from before it was changed."
)
#: Most pieces of a type are alike in all of them.
_at_shares = functools.lru_cache(4_096)(lifetime_at_shares)


def without_receiver() -> str:
    """The name of what left the exchange without a receiver."""
    return _("Without a receiver (scrapped)")


def _nobody(base: Rests) -> str:
    """What was only fetched is in stock; the rest has left."""
    return _("Without a receiver") if base.kind == LineKind.TRANSPORT else without_receiver()


def rows(
    session: Session, selection: Selection, count: int, progress: Callable[[int, int], object]
) -> Iterator[FigureRow]:
    """Every line by day; ``progress`` hears how many of ``count`` are read, and may raise."""
    institutions, categories = names.institutions(session), names.categories(session)
    done = 0
    for page in line_queries.lines(session, selection):
        bases = line_queries.bases_of(session, page)
        returns = figure_settings.returns(session, page)
        for line in page:
            receiver = line.institution_id
            place = _nobody(bases[line.id]) if receiver is None else institutions[receiver]
            category = categories[line.category_key]
            yield _told(line, bases[line.id], returns.get(line.id), place, category)
        done += len(page)
        progress(done, count)


def with_life(
    sensitivity: Sequence[Sensitivity], lines: Sequence[FigureRow]
) -> tuple[Sensitivity, ...]:
    """The table of shares with what the lines come to, adjusted for life."""
    sums = [sum(line.lifetime_at[place] for line in lines) for place in range(len(SCENARIOS))]
    return tuple(
        replace(row, lifetime_ore=lifetime) for row, lifetime in zip(sensitivity, sums, strict=True)
    )


def _told(
    line: LineRow, base: Rests, ended: Json | None, institution: str, category: str
) -> FigureRow:
    """The row of a line; what somebody has written into it past the program may be no inputs."""
    try:
        return _row(line, base, ended, institution, category)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Refused(_UNREADABLE, line=line.id) from error


def _row(
    line: LineRow, base: Rests, ended: Json | None, institution: str, category: str
) -> FigureRow:
    """A row; ``ended`` is what the return or the run has kept that the line is, or takes back."""
    inputs = base.inputs
    days = None if ended is None or "days_in_use" not in ended else int(ended["days_in_use"])
    years = inputs.get("lifetime_years")
    return like(
        FigureRow,
        line,
        institution=institution,
        article=line.name,
        category=category,
        condition=str(inputs.get("condition", "")),
        new_price=int(inputs.get("new_price_ore", 0)),
        days=days,
        lifetime_years=None if years is None else exact(years),
        source=str(inputs.get("co2_source", "")),
        line_id=line.id,
        paid_ore=line.price_paid_ore,
        mass=grams(exact(inputs.get("mass_kg", 0))),
        cash_at=_cash_at(line),
        co2_at=_co2_at(line),
        levy=line.levy_ore or 0,
        **_terms(line, base, ended, days),
    )


def _is_driven(base: Rests) -> bool:
    reckoned = base.kind not in (LineKind.LATE_COST, LineKind.TRANSPORT)
    return reckoned or bool(base.inputs.get("went_home"))


def _terms(line: LineRow, base: Rests, ended: Json | None, days: int | None) -> Json:
    """What a line's amounts come of; what only stands beside a hand-over has nothing of its."""
    if ended is not None and SHARE_ORE in ended:
        return _driven(line)
    if ended is not None and REPAIR_ORE in ended:
        return _complained(line)
    refurbishment, transport = _costs(line, base)
    share, left, life = _shares(line, base, days)
    return {
        "share": share,
        "left": left,
        "life": life,
        "refurbishment": refurbishment,
        "transport": transport,
        "fee": _fee(line, base, ended),
        "km": exact(base.inputs.get("km", 0)) if _is_driven(base) else None,
        "task_co2": _task_co2(line, base),
        "lifetime_at": _lifetime_at(line, base, ended),
    }


def _driven(line: LineRow) -> Json:
    """Of a run's share: nothing but what its driving costs more than was reckoned."""
    return {
        "share": _NOTHING,
        "left": _NOTHING,
        "life": _NOTHING,
        "refurbishment": 0,
        "transport": -line.cash_ore,
        "fee": 0,
        "km": None,
        "task_co2": 0,
        "lifetime_at": (line.lifetime_ore,) * len(SCENARIOS),
    }


def _complained(line: LineRow) -> Json:
    """Of a complaint: nothing but what its repair cost, and what was paid less."""
    own = {"transport": 0, "refurbishment": -line.cash_ore, "task_co2": -(line.net_g or 0)}
    return _driven(line) | own


_cash_at = attrgetter(*(f"cash_d{key}_ore" for key in SCENARIOS))
_co2_at = attrgetter(*(f"net_d{key}_g" for key in SCENARIOS))


def _costs(line: LineRow, base: Rests) -> tuple[int, int]:
    """Refurbishment and transport of a line; a return takes none of them back."""
    spent = int(base.inputs.get("refurb_ore", 0))
    if base.kind == LineKind.LATE_COST:
        sign = -1 if line.kind == LineKind.REVERSAL else 1
        return sign * spent, sign * _driven_home(base)
    return line.pieces * spent, line.pieces * int(base.inputs.get("transport_ore", 0))


def _driven_home(base: Rests) -> int:
    """What it cost to bring home what could not be repaired."""
    return int(base.inputs["transport_ore"]) if base.inputs.get("went_home") else 0


def _task_co2(line: LineRow, base: Rests) -> int:
    """What the refurbishment of a line emitted; as its cost, it is in no return."""
    emitted = grams(exact(base.inputs.get("r_kg", 0)))
    if base.kind == LineKind.LATE_COST:
        return -emitted if line.kind == LineKind.REVERSAL else emitted
    return line.pieces * emitted


def _lifetime_at(line: LineRow, base: Rests, ended: Json | None) -> tuple[int, ...]:
    """Adjusted for life at each share; a reversal is the opposite of what it takes back.

    What was only fetched has no life: its driving is the same at each share.
    """
    sign = -1 if line.kind == LineKind.REVERSAL else 1
    if base.kind == LineKind.LATE_COST:
        spent = int(base.inputs["refurb_ore"]) + _driven_home(base)
        return (-sign * spent,) * len(SCENARIOS)
    if base.kind == LineKind.TRANSPORT:
        return (line.lifetime_ore,) * len(SCENARIOS)
    inputs = LifeTerms.from_dict(base.inputs)
    if ended is None:
        found = _at_shares(inputs)
    else:
        kept = not ended.get(FEE_BACK)
        found = _at_shares(inputs, int(ended["days_in_use"]), fee_kept=kept)
    return tuple(sign * ore for ore in found)


def _fee(line: LineRow, base: Rests, ended: Json | None) -> int:
    """Saved waste fee of a line; a return takes it back, but those of the first version left it."""
    if base.kind == LineKind.LATE_COST or not int(base.inputs.get("fee_ore_per_tonne", 0)):
        return 0
    fee = whole(credited_fee_ore(LifeTerms.from_dict(base.inputs)))
    if ended is None:
        return line.pieces * fee
    if not ended.get(FEE_BACK):
        return 0
    return fee if line.kind == LineKind.REVERSAL else -fee


def _shares(line: LineRow, base: Rests, days: int | None) -> tuple[Decimal, Decimal, Decimal]:
    """D, the life not counted before and L, with the signs the line's amounts have them with.

    A return takes back the life its hand-over credited and credits what was used; a late cost
    gained nothing.
    """
    inputs = base.inputs
    if base.kind == LineKind.LATE_COST:
        return _NOTHING, _NOTHING, _NOTHING
    left, life = exact(inputs.get("life_left", 0)), exact(inputs.get("l", 0))
    most = life
    if inputs.get("loan_days") is not None:
        # A loan credits in cash as well no more than the life it uses.
        most, left = min(exact(inputs["base_l"]), left), life
    if days is not None:
        used = l_used(most, days, exact(inputs["lifetime_years"]))
        left, life = used - left, used - life
    sign = -1 if line.kind == LineKind.REVERSAL else 1
    return exact(inputs.get("d", 0)), sign * left, sign * life
