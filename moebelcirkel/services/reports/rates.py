"""The hour rates a report rests on: estimates until somebody has confirmed them."""

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import kroner
from moebelcirkel.services import tasks
from moebelcirkel.services.context import Context, Done
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.work import Session, load_parameter


class RatesNotConfirmed(Refused):
    """The first report must not rest on hour rates nobody has agreed to."""


def confirm_rates(context: Context) -> Done:
    """Say that the rates are the municipality's own."""
    return tasks.confirm_rates(context)


def need_confirmed(session: Session) -> None:
    """Refuse with the rates in plain words while nobody has confirmed them."""
    if load_parameter(session, "rates_confirmed"):
        return
    known = report_queries.hour_rates(session)
    listed = ", ".join(f"{group} {kroner(rate)}" for group, rate in known)
    raise RatesNotConfirmed(
        N_(
            "The hour rates ({rates}) are estimates until they are confirmed. Finance or an"
            " administrator must confirm them before the first report is recorded."
        ),
        rates=listed,
    )
