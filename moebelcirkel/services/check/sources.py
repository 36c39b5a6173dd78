"""What a figure line's inputs were taken from, as it stood then: type, factors, settings, order.

The inputs are made again by the very function that made them, from the rows as they were right
after the line's own change, and compared one by one.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import MISSING, fields
from functools import partial

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.parameters import PARAMETERS, Value
from moebelcirkel.services.figures.inputs import Factors, Refurbishment, levies_in, make_inputs
from moebelcirkel.services.figures.lines import is_home, planned_days
from moebelcirkel.storage.checks.lines import OrderedPiece
from moebelcirkel.storage.history import History, RowT
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.parameters import ParameterRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session

#: Extremes that are the same for every line; a line of the first version has no others.
_FIXED = {
    field.name: field.default
    for field in fields(FigureInputs)
    if field.default is not MISSING and field.name.endswith(("_low", "_high"))
}
_Moment = tuple[dt.date, int]
_NAMES = tuple(field.name for field in fields(FigureInputs))


class Sources:
    """Types, factor sets and settings as they were when each line was written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._articles = History(session, Article)
        self._units = _units(session)
        self._sets = History(session, FactorSet)
        self._factors = History(session, Factor)
        self._settings = History(session, ParameterRow)
        self._categories = History(session, Category)
        asked = (self._sets, self._factors, self._settings, self._categories)
        for history in asked:
            history.read()
        self._changes = sorted({change for history in asked for change in history.changes()})
        self._orders = History(session, Order, "loan_until")
        self._known: dict[_Moment, Factors | None] = {}
        self._differ: dict[tuple[object, ...], list[str]] = {}

    def read_articles(self, lines: list[FigureLine]) -> None:
        """Read the types of these lines at once, and the pieces themselves."""
        self._articles.read(line.article_id for line in lines)
        # Pieces are many and are looked at once, so only those of these lines are kept.
        self._units = _units(self._session)
        self._units.read(line.unit_id for line in lines)

    def factors(self, line: FigureLine) -> Factors | None:
        """The factor set in force on the line's day and the settings, both as known then."""
        key = self._moment(line)
        if key not in self._known:
            self._known[key] = self._factors_on(line.effective_on, line.change_id)
        return self._known[key]

    def _moment(self, line: FigureLine) -> _Moment:
        return line.effective_on, bisect_right(self._changes, line.change_id)

    def _factors_on(self, on: dt.date, change_id: int) -> Factors | None:
        sets = self._all(self._sets, change_id)
        released = sorted(
            (row for row in sets if row.released), key=lambda row: (row.valid_from, row.id)
        )
        if not released:
            return None
        chosen = next((row for row in reversed(released) if row.valid_from <= on), released[0])
        rows = self._all(self._factors, change_id)
        return Factors.of(
            chosen.id,
            chosen.name,
            {each.category_key: each for each in rows if each.set_id == chosen.id},
            partial(self._setting, change_id=change_id),
            levies_in(
                partial(self._setting, change_id=change_id),
                partial(self._all, self._categories, change_id),
                on.year,
            ),
        )

    @staticmethod
    def _all(history: History[RowT], change_id: int) -> list[RowT]:
        return [row for key in history if (row := history.at(key, change_id))]

    def _setting(self, key: str, change_id: int) -> Value:
        declared = PARAMETERS[key]
        row = self._settings.at(key, change_id)
        return declared.default if row is None else declared.read(row.value)

    def article_id(self, line: FigureLine) -> int | None:
        """The type the piece had then; its registration may have been corrected since."""
        unit = self._units.at(line.unit_id, line.change_id)
        return unit.article_id if unit else None

    def received_on(self, line: FigureLine) -> dt.date | None:
        """The day the piece had last come in then."""
        unit = self._units.at(line.unit_id, line.change_id)
        return unit.received_on if unit else None

    def category_key(self, line: FigureLine) -> str | None:
        """The category that the line's type had then."""
        article = self._articles.at(line.article_id, line.change_id)
        return article.category_key if article else None

    def differences(
        self, line: FigureLine, inputs: FigureInputs, ordered: OrderedPiece | None, *, stays: bool
    ) -> list[str]:
        """The inputs that are not what they were taken from, by name.

        One that ``stays`` was on loan where it is.
        """
        factors, article = self.factors(line), self._articles.at(line.article_id, line.change_id)
        if factors is None or article is None:
            return ["factor_set"]
        unit = self._units.at(line.unit_id, line.change_id)
        reason = unit.condition_reason if unit else None
        condition = unit.condition if unit else inputs.condition
        answer = inputs.answer if ordered is None else Answer(ordered.answer)
        if line.kind == LineKind.LATE_COST:
            answer = Answer.UNANSWERED
        days = self._loan_days(line, ordered)
        # Alike pieces that were handed over together are looked at once.
        about = condition, answer, reason, days
        alike = (self._moment(line), article, inputs, about, stays, is_home(line))
        if alike not in self._differ:
            home = is_home(line)
            ought = _ought(factors, article, inputs, about, stays=stays, home=home)
            self._differ[alike] = [name for name in _NAMES if not _as(name, inputs, ought)]
        return self._differ[alike]

    def _loan_days(self, line: FigureLine, ordered: OrderedPiece | None) -> int | None:
        """The days the loan was planned for then; its last day may have been moved since."""
        if ordered is None or ordered.loan_until is None or line.kind != LineKind.HANDOVER:
            return None
        self._orders.read([ordered.order_id])
        order = self._orders.at(ordered.order_id, line.change_id)
        return planned_days(order.loan_until if order else None, line.effective_on)


def _ought(
    factors: Factors,
    article: Article,
    inputs: FigureInputs,
    about: tuple[str, Answer, str | None, int | None],
    *,
    stays: bool,
    home: bool,
) -> FigureInputs:
    """The inputs made anew; what was booked on the piece, and its life, are looked at elsewhere."""
    condition, answer, reason, loan_days = about
    return make_inputs(
        factors,
        article,
        condition,
        answer,
        refurbishment=Refurbishment(
            inputs.r_kg, inputs.r_low_kg, inputs.r_high_kg, inputs.refurb_ore, inputs.renewed
        ),
        life_left=inputs.life_left,
        condition_reason=reason,
        loan_days=loan_days,
        stays=stays,
        went_home=home,
    )


def _units(session: Session) -> History[Unit]:
    return History(session, Unit, "article_id", "condition", "condition_reason", "received_on")


def _as(name: str, inputs: FigureInputs, ought: FigureInputs) -> bool:
    value = getattr(inputs, name)
    if value is None and name == "levy_ore_per_tonne":
        return True  # a line of a version that asked for no levy
    return value == getattr(ought, name) or (name in _FIXED and value == _FIXED[name])
