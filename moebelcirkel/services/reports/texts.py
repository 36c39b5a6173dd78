"""What a report says besides figures: the assumptions in use, and where the method is weak."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.documents.reports.savings import Assumption
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition, base_l
from moebelcirkel.domain.figures import inputs as figure_inputs
from moebelcirkel.domain.parameters import GOALS, read_goals
from moebelcirkel.domain.purchases import FUNNEL
from moebelcirkel.language import NBSP, _, decimal, kroner, ngettext, number, percent
from moebelcirkel.storage.queries import purchases as purchase_queries
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.queries.figures import basis as figure_basis
from moebelcirkel.storage.queries.figures import settings as figure_settings
from moebelcirkel.storage.queries.figures.sums import Selection, SetQuality
from moebelcirkel.storage.work import Session, load_parameter

#: The sets this program brings; what was looked for in vain is only known of them.
OWN_SETS = ("2026.1", "2026.2")
#: More values of one setting than this are told as a range.
MOST_VALUES = 3

_Show = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class _Setting:
    """A setting that each line keeps its own value of, and how it is told."""

    name: str
    now: Decimal
    used: list[tuple[Decimal, int]]
    show: Callable[[Decimal], str]
    basis: str = ""

    def told(self) -> Iterator[Assumption]:
        """One row for each value that counts; a range where there are too many."""
        values = [value for value, _lines in self.used]
        if values in ([], [self.now]):
            yield self._row(self.show(self.now), _("setting"))
        elif len(values) > MOST_VALUES:
            text = _("{count} values used by the lines; setting when made up {now}")
            yield self._row(
                f"{self.show(min(values))} – {self.show(max(values))}",
                text.format(count=number(len(values)), now=self.show(self.now)),
            )
        else:
            yield from map(self._used, self.used)
            if self.now not in values:
                yield self._row(self.show(self.now), _("setting when made up, used by no line"))

    def _used(self, each: tuple[Decimal, int]) -> Assumption:
        value, lines = each
        if value == self.now:
            text = ngettext(
                "setting when made up, used by {lines} line",
                "setting when made up, used by {lines} lines",
                lines,
            )
        else:
            text = ngettext(
                "setting of its day, used by {lines} line",
                "setting of their day, used by {lines} lines",
                lines,
            )
        return self._row(self.show(value), text.format(lines=number(lines)))

    def _row(self, value: str, origin: str) -> Assumption:
        return Assumption(self.name, value, "; ".join(filter(None, (origin, self.basis))))


def assumptions(
    session: Session, chosen: Selection, basis: figure_basis.Basis
) -> tuple[Assumption, ...]:
    """What the lines were computed with, beside the settings of today where they differ."""
    settings = _settings(session, basis.used)
    told = [row for setting in settings for row in setting.told()]
    return (*_rates(session, chosen, basis.taken_back), *told, *_shares())


def told(session: Session, chosen: Selection) -> tuple[Assumption, ...]:
    """What is told of the period beside its lines: goals that are served, and needs that ended."""
    goals = read_goals(str(load_parameter(session, "world_goals")))
    names = " · ".join(f"{goal}{NBSP}{_(GOALS[goal - 1])}" for goal in goals)
    found = [Assumption(_("UN goals"), names, _("setting"))] if goals else []
    ended = purchase_queries.ended(session, chosen.institutions, chosen.start, chosen.end)
    for name, endings in FUNNEL:
        pieces = sum(ended.get(ending, (0, 0))[1] for ending in endings)
        if pieces:
            count = _("{count} pcs.").format(count=number(pieces))
            found.append(Assumption(_(name), count, _("answered under Before buying new")))
    return tuple(found)


def _rates(session: Session, chosen: Selection, taken_back: Sequence[int]) -> list[Assumption]:
    """The rates of today, and what an hour in these lines has cost: a finished task keeps its."""
    confirmed = bool(load_parameter(session, "rates_confirmed"))
    source = _("confirmed by the municipality") if confirmed else _("estimate, not confirmed")
    found = [
        Assumption(_("Hour rate, {group}").format(group=group), kroner(rate), source)
        for group, rate in report_queries.hour_rates(session)
    ]
    minutes, labour_ore = figure_settings.work(session, chosen, taken_back)
    if minutes > 0:
        average = round(labour_ore * 60 / minutes)
        text = _("{hours} hours booked, each task at the rate it was finished with")
        found.append(
            Assumption(
                _("Workshop hours in these lines, on average per hour"),
                kroner(average),
                text.format(hours=decimal(Decimal(minutes) / 60, 1)),
            )
        )
    return found


def _settings(session: Session, used: figure_basis.Used) -> list[_Setting]:
    def setting(name: str, key: str, kept: str, show: _Show, basis: str = "") -> _Setting:
        return _Setting(name, Decimal(load_parameter(session, key)), used[kept], show, basis)

    return [
        setting(_("Handling and transport per piece"), "handling_ore", "transport_ore", _money),
        setting(
            _("Driving of a reused piece"),
            "transport_km",
            "km",
            _distance,
            _("{factor} kg CO₂e per tonne-km, small van, DESNZ/DEFRA 2025").format(
                factor=decimal(figure_inputs.FREIGHT_REUSE, 5)
            ),
        ),
        setting(
            _("Freight of a new piece"),
            "new_transport_km",
            "km_new",
            _distance,
            _("{factor} kg CO₂e per tonne-km, lorry, DESNZ/DEFRA 2025").format(
                factor=decimal(figure_inputs.FREIGHT_NEW, 5)
            ),
        ),
        setting(
            _("Saved waste fee per tonne"),
            "waste_fee_ore",
            "fee_ore_per_tonne",
            _money,
            _("waste is postponed, not avoided"),
        ),
    ]


def _money(ore: Decimal) -> str:
    return kroner(int(ore))


def _distance(km: Decimal) -> str:
    return _("{km} km").format(km=decimal(km))


def _shares() -> list[Assumption]:
    answers = " · ".join(
        percent(answer.d) for answer in (Answer.YES, Answer.SOME, Answer.NO, Answer.UNANSWERED)
    )
    grades = " · ".join(percent(base_l(grade, renewed=False)) for grade in Condition)
    return [
        Assumption(
            _("Share that replaces new purchases: yes · some · no · unanswered"),
            answers,
            _("judgement; WRAP 2013 found 27 % among private users"),
        ),
        Assumption(
            _("Life left by condition: A · B · C · D"),
            grades,
            _("judgement; {share} after a task that gives new life (RISE)").format(
                share=percent(base_l(Condition.D, renewed=True))
            ),
        ),
    ]


def weak_points(sets: Sequence[SetQuality]) -> tuple[str, ...]:
    """Where the method is weak, as it must be said beside its results; ``sets`` are those used."""
    found = []
    for used in sets:
        text = _(
            "Weak points of factor set {name}: {derived} of {count} CO₂e figures were derived or"
            " judged, not read in a source. Ranges are wide for desks, storage and mattresses."
        )
        found.append(
            text.format(
                name=used.name, derived=number(used.figures - used.seen), count=number(used.figures)
            )
        )
    if any(used.name in OWN_SETS for used in sets):
        found.append(
            _(
                "No usable figure was found for lockers, whiteboards, acoustic screens,"
                " changing tables and care beds. Several figures come from vendors of reuse"
                " (Loopfront, Coggin, Rekomo, Möbelbruket, ecodesk360), who gain from high"
                " ones."
            )
        )
    found.append(
        _(
            "Avoided emissions compare with what would otherwise have happened. They are told by"
            " themselves and are never deducted from the municipality's own emissions. All CO₂e"
            " figures are estimates. For mattresses and care beds the rules of hygiene and safety"
            " come first."
        )
    )
    return tuple(found)
