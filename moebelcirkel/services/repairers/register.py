"""The register of repairers, with what is agreed with each by task type and from which day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.repairers import AgreedPrice, in_force
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import repairers as queries
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.tables.repairs import Repairer, RepairerPrice
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class RepairerForm:
    """All that can be filled in; ``active`` is off where the firm has closed."""

    name: str
    cvr: str = ""
    contact: str = ""
    active: bool = True
    prices: Sequence[AgreedPrice] = ()


RepairerRow = registers.FormRow[RepairerForm]


@dataclass(frozen=True, slots=True)
class RepairerChoice:
    """A repairer to choose, with what is agreed today by task type."""

    id: int
    name: str
    prices: dict[int, int]


def repairers(context: Context, *, inactive: bool = False) -> list[RepairerRow]:
    """The repairers by name, with all that was agreed with them."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        return [
            registers.FormRow(
                row.id,
                row.version,
                RepairerForm(
                    row.name, row.cvr, row.contact, row.active, queries.agreed(session, row.id)
                ),
            )
            for row in queries.repairers(session, inactive=inactive)
        ]


def task_types(context: Context) -> list[tuple[int, str]]:
    """The task types that a price can be agreed for; also those no longer in use."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        kinds = task_queries.task_types(session, inactive=True)
        return [(kind.id, kind.name) for kind in kinds]


def choices(context: Context) -> list[RepairerChoice]:
    """The repairers in use, for who sends furniture to one."""
    context.require(Action.CASE)
    today = context.today()
    with context.read() as session:
        return [
            RepairerChoice(row.id, row.name, in_force(queries.agreed(session, row.id), today))
            for row in queries.repairers(session)
        ]


@writes("repairer.save", Action.SETTINGS)
def save(
    work: Work, form: RepairerForm, repairer_id: int | None = None, version: int | None = None
) -> Saved:
    """Add a repairer, or correct one with the version its form was opened with."""
    row = Repairer()
    if repairer_id is not None:
        row = work.get(Repairer, repairer_id, version)
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("name"):
        values["name"] = registers.free_name(work, Repairer.name, form.name, repairer_id)
    with fields.field("cvr"):
        values["cvr"] = identifiers.storable_cvr(form.cvr)
    with fields.field("contact"):
        values["contact"] = short_text(form.contact, limits.NAME)
    with fields.field("prices"):
        _check(work.session, form.prices)
    fields.finish()
    saved = registers.keep(work, row, values)
    if _save_prices(work, saved.id, form.prices) and repairer_id is not None:
        registers.touch(work, row)
    work.session.flush()
    return saved


def _check(session: Session, given: Sequence[AgreedPrice]) -> None:
    known = {kind.id for kind in task_queries.task_types(session, inactive=True)}
    times = Counter((each.task_type_id, each.valid_from) for each in given)
    for each in given:
        each.checked()
        if each.task_type_id not in known:
            raise Refused(N_("Choose from the list."))
        if times[each.task_type_id, each.valid_from] > 1:
            raise Refused(
                N_("The price of {task} is there twice from the same day."),
                task=session.get_one(TaskTypeRow, each.task_type_id).name,
            )


def _save_prices(work: Work, repairer_id: int, given: Sequence[AgreedPrice]) -> bool:
    """Bring what is agreed in line; whether anything changed."""
    wanted = [RepairerPrice(repairer_id=repairer_id, **asdict(each)) for each in given]
    known, by = queries.price_rows(work.session, repairer_id), ("task_type_id", "valid_from")
    return registers.bring_in_line(work, known, wanted, by, "price_ore")


@writes("repairer.delete", Action.SETTINGS)
def delete(work: Work, repairer_id: int, version: int) -> Saved:
    """Delete a repairer that nothing was sent to, with what was agreed."""
    row = work.get(Repairer, repairer_id, version)
    if is_used(work.session, row, apart_from={"repairer_price"}):
        raise registers.in_use()
    _save_prices(work, repairer_id, ())
    work.session.flush()
    work.session.delete(row)
    work.session.flush()
    return Saved(id=repairer_id)
