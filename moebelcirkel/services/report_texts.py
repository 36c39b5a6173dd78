"""What a report says besides figures: the assumptions in use, and where the method is weak."""

from decimal import Decimal

from moebelcirkel.documents.savingsreport import Assumption
from moebelcirkel.domain import figure_inputs
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition, base_l
from moebelcirkel.language import _, decimal, kroner, number, percent
from moebelcirkel.storage import figure_queries, report_queries
from moebelcirkel.storage.figure_queries import Selection
from moebelcirkel.storage.work import Session, load_parameter

#: The set this program brings; what was looked for in vain is only known of it.
OWN_SET = "2026.1"


def assumptions(session: Session) -> tuple[Assumption, ...]:
    """The settings of today; each line keeps the values it was computed with."""
    return (*_rates(session), *_transport(session), *_shares())


def _rates(session: Session) -> list[Assumption]:
    confirmed = bool(load_parameter(session, "rates_confirmed"))
    source = _("confirmed by the municipality") if confirmed else _("estimate, not confirmed")
    return [
        Assumption(_("Hour rate, {group}").format(group=group), kroner(rate), source)
        for group, rate in report_queries.hour_rates(session)
    ]


def _transport(session: Session) -> list[Assumption]:
    setting = _("setting")

    def figure(key: str) -> str:
        return decimal(Decimal(load_parameter(session, key)))

    return [
        Assumption(
            _("Handling and transport per piece"),
            kroner(int(load_parameter(session, "handling_ore"))),
            setting,
        ),
        Assumption(
            _("Driving of a reused piece"),
            _("{km} km").format(km=figure("transport_km")),
            _("setting; {factor} kg CO₂e per tonne-km, small van, DESNZ/DEFRA 2025").format(
                factor=decimal(figure_inputs.FREIGHT_REUSE, 5)
            ),
        ),
        Assumption(
            _("Freight of a new piece"),
            _("{km} km").format(km=figure("new_transport_km")),
            _("setting; {factor} kg CO₂e per tonne-km, lorry, DESNZ/DEFRA 2025").format(
                factor=decimal(figure_inputs.FREIGHT_NEW, 5)
            ),
        ),
        Assumption(
            _("Saved waste fee per tonne"),
            kroner(int(load_parameter(session, "waste_fee_ore"))),
            _("setting; waste is postponed, not avoided"),
        ),
    ]


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


def weak_points(session: Session, chosen: Selection) -> tuple[str, ...]:
    """Where the method is weak, as it must be said beside its results."""
    found = []
    for name, count, seen in figure_queries.factor_sets(session, chosen):
        text = _(
            "Weak points of factor set {name}: {derived} of {count} CO₂e figures were derived or"
            " judged, not read in a source. Ranges are wide for desks, storage and mattresses."
        )
        found.append(
            text.format(name=name, derived=number(int(count) - int(seen)), count=number(count))
        )
        if name == OWN_SET:
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
