"""Properties of the chart geometry that screen and paper share."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.charts import Bar, BarChart, Layout, layout, nice_step, scale


def measure(text: str, size: float) -> float:
    """Half an em per letter is near enough to a real face."""
    return len(text) * size * 0.5


def chart_of(values: list[int], labels: list[str] | None = None) -> BarChart:
    names = labels or [f"m{n}" for n in range(len(values))]
    bars = tuple(Bar(label, value, str(value)) for label, value in zip(names, values, strict=True))
    return BarChart("Title", "Subtitle", bars)


amounts = st.integers(min_value=-(10**9), max_value=10**9)
charts = st.lists(st.tuples(st.text(max_size=30), amounts), max_size=40).map(
    lambda rows: chart_of([value for _, value in rows], [label for label, _ in rows])
)
widths = st.floats(min_value=40, max_value=2000)
heights = st.floats(min_value=60, max_value=800)


def texts(found: Layout) -> list[tuple[float, float, float, float]]:
    return [
        (text.box.x, text.box.y, text.box.right, text.box.bottom)
        for text in (*found.values, *found.labels)
    ]


@given(charts, widths, heights)
def test_labels_never_overlap(chart: BarChart, width: float, height: float) -> None:
    found = layout(chart, width, height, measure)
    for a, b in combinations(texts(found), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 1e-6 or b[3] <= a[1] + 1e-6
        assert apart or not (a[2] > a[0] and b[2] > b[0])


@given(charts, widths, heights)
def test_everything_lies_inside(chart: BarChart, width: float, height: float) -> None:
    found = layout(chart, width, height, measure)
    for left, _top, right, bottom in texts(found):
        assert left >= -1e-6
        assert right <= width + 1e-6
        assert bottom <= height + 1e-6
    for bar in found.bars:
        assert -1e-6 <= bar.x <= bar.right <= width + 1e-6
        assert -1e-6 <= bar.y <= bar.bottom <= height + 1e-6


@given(charts, widths, heights)
def test_bars_stand_on_zero_and_are_in_proportion(
    chart: BarChart, width: float, height: float
) -> None:
    found = layout(chart, width, height, measure)
    span = float(found.high - found.low)
    full = max((box.height for box in found.bars), default=0.0)
    for bar, box in zip(chart.bars, found.bars, strict=True):
        edge = box.y if bar.value < 0 else box.bottom
        assert abs(edge - found.axis) < 1e-6
        largest = max(abs(float(other.value)) for other in chart.bars)
        if largest:
            assert abs(box.height - full * abs(float(bar.value)) / largest) < 1e-6 * max(1.0, full)
    assert span > 0


@given(st.lists(amounts, max_size=20))
def test_scale_holds_zero_and_all_values_on_whole_steps(values: list[int]) -> None:
    low, high, step = scale(values)
    assert low <= 0 <= high
    assert low < high
    assert all(low <= value <= high for value in values)
    assert low % step == 0
    assert high % step == 0


@given(st.integers(min_value=1, max_value=10**12))
def test_steps_are_one_two_or_five(span: int) -> None:
    step = nice_step(Decimal(span))
    assert str(step.scaleb(-step.adjusted()).normalize()) in {"1", "2", "5"}
    assert step * 4 >= span


@given(charts, widths, heights)
def test_scale_lines_come_only_when_a_value_has_no_room(
    chart: BarChart, width: float, height: float
) -> None:
    plain = layout(chart, width, height, measure)
    lined = layout(chart, width, height, measure, line_text=str)
    assert bool(lined.lines) == (len(plain.values) < len(chart.bars))
    assert all(text.box.right <= lined.left for text in lined.line_texts)


def test_a_year_of_months_shows_every_value_and_label() -> None:
    chart = chart_of([61, 74, 70, 86, 98, 83, 44, 92, 104, 117, 131])
    found = layout(chart, 380, 120, measure)
    assert [text.text for text in found.values] == [bar.text for bar in chart.bars]
    assert len(found.labels) == 11
    assert (found.low, found.high) == (Decimal(0), Decimal(150))


def test_a_negative_month_lies_below_the_axis() -> None:
    found = layout(chart_of([50, -20, 30]), 300, 150, measure)
    assert found.bars[1].y == found.axis
    assert found.values[1].box.y == found.bars[1].bottom
    assert found.labels[1].box.y >= found.values[1].box.bottom


def test_an_empty_chart_has_only_an_axis() -> None:
    found = layout(chart_of([]), 300, 150, measure)
    assert found.bars == ()
    assert found.values == ()
    assert found.axis > 0


def test_a_label_wider_than_the_chart_is_cut() -> None:
    found = layout(chart_of([3], ["Plejecenter Åbo og omegn"]), 60, 100, measure)
    assert found.labels[0].text.endswith("…")
    assert found.labels[0].box.width <= 60
