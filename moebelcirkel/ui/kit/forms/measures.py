"""The field for measures: typed freely as width × depth × height in cm, shown in one form."""

from decimal import Decimal

from moebelcirkel import language
from moebelcirkel.domain.measures import EXAMPLE, Measures, parse_measures, write_measures
from moebelcirkel.ui.kit.forms.field import LineBase


class MeasuresField(LineBase[Measures]):
    """Width, depth and height of a piece; empty is none known."""

    fills = ("width_mm", "depth_mm", "height_min_mm", "height_max_mm")

    def __init__(self, label: str, *, helper: str = "") -> None:
        super().__init__(label, helper=helper, placeholder=EXAMPLE)

    def value(self) -> Measures:
        return parse_measures(self.text())

    def set_value(self, value: Measures) -> None:
        point = language.decimal(Decimal("0.5"))[1]
        self.line.setText(write_measures(value, point))
