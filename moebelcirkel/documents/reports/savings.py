"""Besparelsesrapport: what a printed report says, as plain frozen data, and its bytes.

Money is whole øre and mass whole grams. Every total is the sum of the lines in ``lines``, which may
be left out on paper but then are counted in ``line_count``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from moebelcirkel.domain.figures import Coverage, Extremes, LineKind, Sums
from moebelcirkel.language import zone


@dataclass(frozen=True, slots=True)
class SinceStart:
    """What has come together since the first line, up to the end of a period.

    ``first_year`` are its first twelve months and ``last_year`` the twelve that end with the
    period; both None where they would share days.
    """

    start: date
    totals: Sums
    first_year: Sums | None = None
    last_year: Sums | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the period; months without lines are there with zeros."""

    year: int
    month: int
    totals: Sums


@dataclass(frozen=True, slots=True)
class Group:
    """The sums of one institution or one category.

    ``apart`` stands by itself after all others: what left the exchange without a receiver.
    """

    name: str
    totals: Sums
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """Lines of one kind that are no hand-overs: how many, and how they change saved purchases."""

    kind: LineKind
    lines: int
    cash_ore: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The result if this share of the pieces had replaced a new purchase.

    Adjusted for life it is worked out from the lines, so without them it is not told.
    """

    share: Decimal
    cash_ore: int
    lifetime_ore: int | None
    net_g: int


@dataclass(frozen=True, slots=True)
class Bounding:
    """The sums of lines with all inputs at their lowest, and with all at their highest."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ClimatePrices:
    """What two prices of CO₂e make of the lines, in øre; neither is in the savings.

    ``levy`` would have been paid for new pieces; ``value`` is that of net avoided CO₂e at
    ``prices``, øre per tonne by year, and None where no year of the lines has one.
    """

    levy: int = 0
    value: int | None = None
    prices: tuple[tuple[int, int], ...] = ()
    late: "ClimatePrices | None" = None
    """What they make of the corrections to earlier periods; None where there are none."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A factor used by the lines: what it says and where it is from."""

    category: str
    factor_set: str
    low: int
    mid: int
    high: int
    source: str
    year: str
    stage: str
    verified: bool
    lines: int
    new_price: int | None = None
    price_source: str = ""
    price_verified: bool = False


@dataclass(frozen=True, slots=True)
class Assumption:
    """A setting the lines used, as people read it."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class MissingFactor:
    """A møbeltype without a factor, and how many lines have no CO₂e for it."""

    article: str
    category: str
    lines: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line behind the totals; CO₂e is None where a factor is missing.

    ``share``, ``left``, ``life`` and the costs are what the line's amounts are made with, signs
    and all: cash = new price × share × left − costs + fee, and so it is for returns (life that
    was used minus what the hand-over credited) and reversals (the opposite of the line reversed).
    """

    number: str
    effective_on: date
    kind: LineKind
    institution: str
    article: str
    category: str
    condition: str
    pieces: int
    new_price: int
    documented: bool
    new_value_ore: int
    share: Decimal
    left: Decimal
    life: Decimal
    refurbishment: int
    transport: int
    cash_ore: int
    lifetime_ore: int
    net_g: int | None
    low_g: int | None
    high_g: int | None
    gross_g: int | None
    fee: int = 0
    days: int | None = None
    """Days in use of a return, or of the return that is reversed; None of all other lines."""
    lifetime_years: Decimal | None = None
    source: str = ""
    line_id: int = 0
    corrects_id: int | None = None
    paid_ore: int = 0
    mass: int = 0
    km: Decimal | None = None
    task_co2: int = 0
    """What the refurbishment emitted, with the sign of the costs."""
    bound_low_g: int | None = None
    bound_high_g: int | None = None
    cash_at: tuple[int, ...] = ()
    """Saved purchases at each share of the table of shares; so are the next two."""
    lifetime_at: tuple[int, ...] = ()
    co2_at: tuple[int | None, ...] = ()
    levy: int = 0
    """The climate levy avoided, beside all else."""

    @property
    def costs(self) -> int:
        """What was spent on the piece."""
        return self.refurbishment + self.transport


@dataclass(frozen=True, slots=True)
class LatePeriod:
    """What came too late for a recorded report of an earlier period: its number and days."""

    number: str
    start: date
    end: date
    totals: Sums


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Lines that came too late for report ``lacking`` and stand in report ``number`` already."""

    lacking: str
    start: date
    end: date
    number: str
    totals: Sums


@dataclass(frozen=True, slots=True)
class Late:
    """Corrections to earlier periods, by the report they came too late for.

    ``told`` are recorded reports that have told lines of this period as corrections already, with
    how many; a later report of a period reported before has such lines among its own.
    ``elsewhere`` are corrections to earlier periods that other reports have told, and not this one.
    """

    periods: tuple[LatePeriod, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    digest: str = ""
    """SHA-256 of the lines, where they are recorded."""

    @property
    def lines(self) -> int:
        """How many lines they are."""
        return self.totals.lines

    @property
    def totals(self) -> Sums:
        """What they come to."""
        return sum((each.totals for each in self.periods), Sums())


@dataclass(frozen=True, slots=True)
class InHouse:
    """Work done on pieces that are not delivered yet: øre, and how many pieces."""

    ore: int
    pieces: int


@dataclass(frozen=True, slots=True)
class SavingsReport:
    """Everything a report shows. Without a number it is a preview that nobody has recorded.

    Without ``lines`` although some are counted there were too many for paper.
    """

    municipality: str
    number: str | None
    settled_at: datetime
    start: date
    end: date
    totals: Sums
    months: tuple[Month, ...]
    institutions: tuple[Group, ...]
    categories: tuple[Group, ...]
    coverage: Coverage
    sensitivity: tuple[Sensitivity, ...]
    bounding: Bounding
    sources: tuple[SourceRow, ...]
    factor_sets: tuple[str, ...]
    line_count: int
    extremes: Extremes = field(default_factory=Extremes)
    """How far the net of the whole reaches: see ``domain.figures``."""
    previous: Sums | None = None
    institution: str | None = None
    paid_ore: int | None = None
    assumptions: tuple[Assumption, ...] = ()
    told: tuple[Assumption, ...] = ()
    """What is said of the period that is no sum of lines: goals served, and needs that ended."""
    method: tuple[str, ...] = ()
    missing: tuple[MissingFactor, ...] = ()
    corrections: tuple[Correction, ...] = ()
    loans: Sums | None = None
    """Those of the totals that are of loans; None where there are none."""
    different: int = 0
    """How many pieces the hand-overs are of; fewer where some were delivered twice."""
    undone_before: int = 0
    """How many hand-overs from before the period were undone in it; each counts −1 here."""
    since: SinceStart | None = None
    fee_counted: bool = False
    """Whether a saved waste fee is in the saved purchases of any line."""
    late: Late = Late()
    in_house: InHouse | None = None
    climate: ClimatePrices | None = None
    """None in reports recorded by versions that did not tell it."""
    seal: str | None = None
    chain: str = ""
    """The newest link of the chain of changes when the report was made up; none in older ones."""
    lines: tuple[FigureRow, ...] = ()

    @property
    def corrected(self) -> Sums:
        """The result with the corrections to earlier periods."""
        return self.totals + self.late.totals

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to report."""
        return self.line_count == 0

    @property
    def unfinished(self) -> bool:
        """Tell whether the period goes on after the day the report was made up."""
        return self.end > self.settled_on

    @property
    def settled_on(self) -> date:
        """The day in the municipality on which the report was made up."""
        return self.settled_at.astimezone(zone()).date()

    @property
    def without_pieces(self) -> int:
        """How many institutions have nothing but corrections in the period."""
        return sum(1 for each in self.institutions if not each.apart and each.totals.pieces <= 0)

    @property
    def co2_known(self) -> bool:
        """Tell whether any line has a factor at all."""
        return self.coverage.without_factor < self.coverage.lines or self.totals.net_g != 0
