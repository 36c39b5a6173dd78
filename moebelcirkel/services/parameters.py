"""The municipality's settings: all of them in groups, and saving many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from moebelcirkel.domain import settlement
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.copies import time_of_day
from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields
from moebelcirkel.domain.figures import read_shadow_prices
from moebelcirkel.domain.identifiers import storable_cvr
from moebelcirkel.domain.labels import label_prefix
from moebelcirkel.domain.messages import CAUSE_OF, check_template, is_address, is_host
from moebelcirkel.domain.orders import called
from moebelcirkel.domain.parameters import PARAMETERS, Kind, Value, read_goals
from moebelcirkel.domain.prices import PriceRule
from moebelcirkel.domain.purchases import check_levies
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.routines import hours_of
from moebelcirkel.services.articles.register import all_categories
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.orders import rounds as order_rounds
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import parameters as parameter_queries
from moebelcirkel.storage.tables.parameters import ParameterRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, stale

#: The group of what the program itself remembers; nobody sees or changes it.
HIDDEN = "hidden"
SHEET_WIDTH_MM, SHEET_HEIGHT_MM = 210, 297


@dataclass(frozen=True, slots=True)
class ParameterItem:
    """One setting as its form shows it; ``label`` is an English msgid."""

    key: str
    kind: Kind
    label: str
    value: Value
    low: int
    high: int


def grouped(context: Context) -> dict[str, tuple[ParameterItem, ...]]:
    """All settings by group: municipality, labels, shop, prices, figures."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        stored = parameter_queries.stored(session)
    groups: dict[str, tuple[ParameterItem, ...]] = {}
    for declared in PARAMETERS.values():
        if declared.group == HIDDEN:
            continue
        value = declared.read(stored[declared.key]) if declared.key in stored else declared.default
        item = ParameterItem(
            declared.key, declared.kind, declared.label, value, declared.low, declared.high
        )
        groups[declared.group] = (*groups.get(declared.group, ()), item)
    return groups


@dataclass(frozen=True, slots=True)
class ParametersSaved(Done):
    """The keys of the settings that got another value."""

    changed: tuple[str, ...]


@writes("parameter.save", Action.SETTINGS)
def save(
    work: Work, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None
) -> ParametersSaved:
    """Save settings by key; ``seen`` is what the form showed, so that no one overwrites blindly."""
    checked = _checked(work, values)
    changed = []
    for key, value in checked.items():
        now = work.parameter(key)
        if seen is not None and key in seen and seen[key] != now and value != now:
            raise stale(work.session, "parameter", key)
        if value != now:
            store(work, key, value)
            changed.append(key)
    work.session.flush()
    return ParametersSaved(changed=tuple(changed))


def store(work: Work, key: str, value: Value) -> None:
    """Keep a value that fits, in a change that is under way."""
    declared = PARAMETERS[key]
    row = work.session.get(ParameterRow, declared.key)
    if row is None:
        row = ParameterRow(key=declared.key)
        work.session.add(row)
    row.value = declared.store(value)


def _checked(work: Work, values: Mapping[str, Value]) -> dict[str, Value]:
    """Each value by its own rule, and those that must fit together."""
    fields = Fields()
    checked: dict[str, Value] = {}
    for key, value in values.items():
        with fields.field(key):
            checked[key] = _by_rule(key, value)
    with fields.field("order_rounds"):
        order_rounds.check(work.session, str(checked.get("order_rounds", "")))
    with fields.field("levy_categories"):
        if levied := str(checked.get("levy_categories", "")):
            check_levies(levied, *_names_of_categories(work.session))
    with fields.field("label_prefix"):
        _keep_prefix_of_printed_labels(work, checked)
    fields.finish()
    together = {key: checked.get(key, work.parameter(key)) for key in PARAMETERS}
    if any(key.startswith("price_") for key in checked):
        _check_prices(fields, together)
    if any(key.startswith("label_") for key in checked):
        _check_sheet(fields, together)
    fields.finish()
    return checked


def _names_of_categories(session: Session) -> tuple[list[str], set[str]]:
    """What categories and their groups are called, those that people write first; their codes."""
    known = all_categories(session)
    codes = {code for each in known for code in (each.key, each.group_key)}
    names = dict.fromkeys(name for each in known for name in called(each))
    return [name for name in names if name not in codes], codes


def _by_rule(key: str, value: Value) -> Value:
    if PARAMETERS[key].group == HIDDEN:
        raise ValueError(f"{key} is not a setting of the municipality")
    checked = PARAMETERS[key].check(value)
    if key == "label_prefix":
        return label_prefix(str(checked))
    if key == "copies_at":
        at = time_of_day(str(checked))
        return f"{at:%H.%M}" if at else ""
    if key == "export_hours":
        return ", ".join(f"{hour:%H.%M}" for hour in hours_of(str(checked)))
    if key == "municipality_cvr":
        return storable_cvr(str(checked))
    if key in ("municipality", "warehouse_name") and not checked:
        raise Refused(N_("Fill in this field."))
    if key == "mail_sender" and checked and not is_address(str(checked)):
        raise Refused(N_("Write one mail address, such as moebler@kommune.dk."))
    if key in CAUSE_OF:
        return without_cpr(_own_text(key, str(checked)))
    if key in _WRITTEN:
        _WRITTEN[key](str(checked))
    return without_cpr(checked) if isinstance(checked, str) else checked


def _own_text(key: str, text: str) -> str:
    """What people are told has words, and only placeholders that can be filled."""
    if not text:
        raise Refused(N_("Fill in this field."))
    return check_template(CAUSE_OF[key], text)


def _server(name: str) -> None:
    if name and not is_host(name):
        raise Refused(N_("Write the name of the server alone, such as smtp.kommune.dk."))


#: How texts that are written by a rule of their own are looked at.
_WRITTEN: Mapping[str, Callable[[str], object]] = {
    "mail_host": _server,
    "settlement_columns": settlement.columns_of,
    "settlement_text": settlement.check_text,
    "settlement_kinds": settlement.check_kinds,
    "settlement_account_pattern": settlement.check_pattern,
    "settlement_bearer_pattern": settlement.check_pattern,
    "shadow_prices": read_shadow_prices,
    "world_goals": read_goals,
}


def _keep_prefix_of_printed_labels(work: Work, checked: Mapping[str, Value]) -> None:
    """A scanner must go on understanding the labels that stick to the furniture."""
    now = work.parameter("label_prefix")
    if checked.get("label_prefix", now) == now:
        return
    if registers.any_rows(work.session, Unit):
        raise Refused(N_("Labels with {prefix} are in use already, so it must stay."), prefix=now)


def _check_prices(fields: Fields, values: Mapping[str, Value]) -> None:
    percents = [int(values[f"price_percent_{grade.value.lower()}"]) for grade in Condition]
    rule = replace(PriceRule(*percents), step_ore=int(values["price_step_ore"]))
    for better, worse, grade in zip(percents, percents[1:], list(Condition)[1:], strict=False):
        if worse > better:
            fields.wrong(
                f"price_percent_{grade.value.lower()}",
                Refused(N_("A worse condition cannot cost more than a better one.")),
            )
    with fields.field("price_step_ore"):
        if not fields.errors:
            rule.check()


def _check_sheet(fields: Fields, values: Mapping[str, Value]) -> None:
    """All labels of a sheet must lie on the A4 paper."""
    across = Decimal(values["label_left_mm"]) + Decimal(values["label_width_mm"]) * int(
        values["label_columns"]
    )
    down = Decimal(values["label_top_mm"]) + Decimal(values["label_height_mm"]) * int(
        values["label_rows"]
    )
    if across > SHEET_WIDTH_MM:
        fields.wrong(
            "label_width_mm",
            Refused(
                N_("The labels are {size} mm across, but the sheet is {most} mm."),
                size=across,
                most=SHEET_WIDTH_MM,
            ),
        )
    if down > SHEET_HEIGHT_MM:
        fields.wrong(
            "label_height_mm",
            Refused(
                N_("The labels are {size} mm down, but the sheet is {most} mm."),
                size=down,
                most=SHEET_HEIGHT_MM,
            ),
        )
