"""The small widgets: charts, history, facts, figures, photos, empty lists, columns."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.charts import Bar, BarChart
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.card_grid import CardGrid
from moebelcirkel.ui.kit.lists.cards import CardModel
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.keyfigure import KeyFigure
from moebelcirkel.ui.kit.lists.timeline import Timeline, TimelineEntry
from moebelcirkel.ui.kit.page_layout import (
    CardFrame,
    SidePanel,
    column,
    content,
    holder,
    open_at,
    row,
    scrolled,
)
from moebelcirkel.ui.kit.pictures.charts import BarChartView
from moebelcirkel.ui.kit.pictures.photo_view import PhotoView
from moebelcirkel.ui.kit.pictures.photos import PhotoPreview, PhotoStrip
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.kit.progressline import ProgressLine

CTRL = Qt.KeyboardModifier.ControlModifier
CHART = BarChart(
    "Sparet indkøb er højest i marts",
    "1.000 kr. pr. måned",
    (Bar("jan", 61, "61"), Bar("feb", -7, "-7"), Bar("mar", 131, "131")),
    "money",
)


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def jpeg(width: int = 32, height: int = 24) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#A3271F").save(file, "JPEG")
    return file.getvalue()


# --- charts --------------------------------------------------------------------------------------


@pytest.fixture
def chart(qtbot: QtBot) -> BarChartView:
    view = BarChartView()
    qtbot.addWidget(view)
    view.show_chart(CHART)
    view.resize(400, 220)
    view.show()
    return view


def test_arrows_go_from_bar_to_bar_and_say_the_value(chart: BarChartView) -> None:
    plot = chart.plot
    plot.setFocus()
    assert name_of(plot) == CHART.title
    assert "mar 131" in plot.accessibleDescription()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert name_of(plot) == f"{CHART.title}. feb: -7"
    QTest.keyClick(plot, Qt.Key.Key_End)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.lit == 2
    QTest.keyClick(plot, Qt.Key.Key_Home)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.lit == 0
    plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert name_of(plot) == CHART.title


def test_the_mouse_lights_the_bar_below_it(chart: BarChartView, qtbot: QtBot) -> None:
    plot = chart.plot
    QTest.mouseMove(plot, QPoint(plot.width() - 20, 10))
    assert plot.lit == 2
    assert plot.toolTip() == "mar: 131"
    plot.light(99)
    assert plot.lit == -1


def test_bars_are_painted_in_their_colour_and_below_the_axis(chart: BarChartView) -> None:
    plot = chart.plot
    picture = plot.grab().toImage()
    found = plot.geometry_now()
    for box in found.bars:
        spot = picture.pixelColor(int(box.x + box.width / 2) + 4, int(box.y + box.height / 2) + 4)
        assert spot == theme.current().color("money")
    assert found.bars[1].y == found.axis


def test_many_bars_get_a_scale_instead_of_values(chart: BarChartView) -> None:
    bars = tuple(Bar(f"Kategori {n}", n * 1000, f"{n}.000 stk.") for n in range(40))
    chart.show_chart(BarChart("Mange", "stk.", bars))
    found = chart.plot.geometry_now()
    assert found.lines
    assert [text.text for text in found.line_texts][:2] == ["0", "10.000"]
    chart.plot.light(3)
    chart.plot.grab()


def test_lines_of_a_scale_have_the_decimals_of_its_steps_and_nothing_is_0(
    chart: BarChartView,
) -> None:
    bars = tuple(Bar(f"Uge {n}", n * 40_000, "så mange gram") for n in range(40))
    chart.show_chart(BarChart("Mange", "Ton", bars, unit=1_000_000))
    found = chart.plot.geometry_now()
    assert [text.text for text in found.line_texts] == ["0", "0,5", "1,0", "1,5", "2,0"]


# --- history, facts, figures ---------------------------------------------------------------------


def test_history_keeps_qts_rules_and_is_heard(qtbot: QtBot) -> None:
    view = Timeline("Historik")
    qtbot.addWidget(view)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(view.model(), fatal)
    long = "Istandsat: ny gaspatron, renset, ompolstret sæde og ryg, 35 min., 210 kr."
    view.show_entries(
        [
            TimelineEntry("Bestilt", "i dag 10.38", "warning"),
            TimelineEntry(long, "16.11.2026 13.05"),
            TimelineEntry("1. brugsperiode: købt ny 2016", tone="period"),
        ]
    )
    view.resize(260, 400)
    view.show()
    view.grab()
    seen = QAccessible.queryAccessibleInterface(view)
    assert seen.text(QAccessible.Text.Name) == "Historik"
    assert seen.child(1).text(QAccessible.Text.Name) == long
    assert seen.child(1).text(QAccessible.Text.Description) == "16.11.2026 13.05"
    high = [view.visualRect(view.model().index(n, 0)).height() for n in range(3)]
    assert high[1] > high[0] > high[2]


def test_a_key_figure_is_heard_with_its_name(qtbot: QtBot) -> None:
    figure = KeyFigure("Genbrugte møbler")
    qtbot.addWidget(figure)
    figure.show_figure("1.912", "19 dage")
    assert figure.figure() == "1.912"
    assert name_of(figure) == "Genbrugte møbler: 1.912"
    assert figure.accessibleDescription() == "19 dage"


def test_a_progress_line_holds_its_ends(qtbot: QtBot) -> None:
    line = ProgressLine("Registreret")
    qtbot.addWidget(line)
    line.show_done(21, 62, "21 af 62")
    assert line.value() == 339
    line.show_done(99, 62)
    assert line.value() == line.maximum()
    line.show_done(1, 0)
    assert line.value() == 0
    line.show_busy()
    assert line.maximum() == 0
    line.show_known()
    assert line.maximum() > 0


# --- empty lists, columns ------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    model = CardModel(lambda _request: None)
    grid = CardGrid("Møbler")
    grid.show_model(model)
    empty = EmptyState("Ingen møbler", "Prøv færre ord.", "Ryd filtre", "search")
    both = ListOrEmpty(grid, empty)
    qtbot.addWidget(both)
    assert both.currentWidget() is grid  # which nobody has read yet
    model.reset(0)
    assert both.currentWidget() is empty
    with qtbot.waitSignal(empty.pressed):
        found = empty.findChild(QPushButton)
        assert isinstance(found, QPushButton)
        found.click()
    model.reset(3)
    assert both.currentWidget() is grid
    model.reset(0)
    assert both.currentWidget() is empty
    empty.say("Ingen")
    assert empty.accessibleName() == "Ingen"


def test_side_panels_go_below_where_it_is_narrow(qtbot: QtBot) -> None:
    side, first = CardFrame("Kurv"), CardFrame("Filtre")
    both = SidePanel(CardFrame("Kort"), [(side, 288)], [(first, 180)], collapse_below=900)
    qtbot.addWidget(both)
    both.resize(1180, 600)
    both.show()
    assert not both.is_narrow()
    assert (side.width(), first.width()) == (288, 180)
    both.resize(800, 900)
    QApplication.processEvents()
    assert both.is_narrow()
    assert side.width() == 800
    assert side.y() > first.y()


def test_rows_and_columns_hold_what_they_are_given(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    card = CardFrame()
    card.show_title("Kontrol", "oktober")
    card.beside_title(QLabel("7"))
    content(page, column(row(QLabel("a"), None, QLabel("b")), holder(column(card)), None))
    page.resize(400, 300)
    page.show()
    assert card.x() == 0
    assert card.mapTo(page, QPoint()).x() == 24


# --- photos --------------------------------------------------------------------------------------


@pytest.fixture
def strip(qtbot: QtBot) -> PhotoStrip:
    made = PhotoStrip()
    qtbot.addWidget(made)
    made.show_photos(
        [PhotoPreview(1, jpeg()), PhotoPreview(2, jpeg()), PhotoPreview(3, b"no picture")], "chair"
    )
    made.resize(500, 100)
    made.show()
    return made


def test_files_are_handed_out_as_bytes_and_bad_ones_named(
    strip: PhotoStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    good = tmp_path / "stol.jpg"
    good.write_bytes(jpeg())
    refused: list[str] = []
    strip.refused.connect(refused.append)
    with qtbot.waitSignal(strip.offered) as offered:
        strip.take_files([str(tmp_path / "væk.jpg"), str(good)])
    assert offered.args == [jpeg(), "stol.jpg"]
    assert refused == ["væk.jpg kunne ikke læses. Tjek, at filen findes."]


def test_a_file_that_is_too_large_is_refused_unread(
    strip: PhotoStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    large = tmp_path / "stor.jpg"
    with large.open("wb") as file:
        file.truncate(40_000_001)
    with qtbot.waitSignal(strip.refused) as refused, qtbot.assertNotEmitted(strip.offered):
        strip.take_files([str(large)])
    assert refused.args == ["stor.jpg fylder mere end 40 MB. Vælg et mindre billede."]


def test_pictures_are_pasted_and_dropped(strip: PhotoStrip, qtbot: QtBot, tmp_path: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(0xFF00FF00)
    clipboard.setImage(picture)
    with qtbot.waitSignal(strip.offered) as pasted:
        strip.paste()
    assert pasted.args is not None
    assert decode(pasted.args[0]).size() == picture.size()
    clipboard.setText("ord")
    with qtbot.waitSignal(strip.refused):
        strip.paste()
    file = tmp_path / "stol.jpg"
    file.write_bytes(jpeg())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(strip.offered) as offered:
        assert strip.take_data(dropped)
    assert offered.args == [jpeg(), "stol.jpg"]


def test_pictures_are_ordered_deleted_and_opened_by_keyboard(
    strip: PhotoStrip, qtbot: QtBot
) -> None:
    first, second, third = strip._tiles
    strip.focus_photo(1)
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    with qtbot.waitSignal(strip.reordered) as order:
        QTest.keyClick(second, Qt.Key.Key_Right, CTRL)
    assert order.args == [(1, 3, 2)]
    with qtbot.assertNotEmitted(strip.reordered):
        QTest.keyClick(third, Qt.Key.Key_Right, CTRL)
    with qtbot.waitSignal(strip.removed) as removed:
        QTest.keyClick(third, Qt.Key.Key_Delete)
    assert removed.args == [3]
    with qtbot.waitSignal(strip.opened) as opened:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert opened.args == [1]
    assert first.accessibleName() == "Billede 1 af 3"


def test_the_keyboard_stays_on_its_picture(strip: PhotoStrip) -> None:
    strip.focus_photo(2)
    strip.show_photos([PhotoPreview(2, jpeg()), PhotoPreview(1, jpeg())])
    assert strip.keys() == (2, 1)
    assert strip._tiles[0].hasFocus()


def test_a_large_picture_is_shown_whole(qtbot: QtBot) -> None:
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_image(None, "chair", "Kontorstol")
    assert name_of(view) == "Kontorstol"
    view.grab()
    view.show_image(decode(jpeg(100, 20)), "chair")
    shown = view.grab().toImage()
    assert shown.pixelColor(200, 150).red() > 120
    assert shown.pixelColor(200, 20).red() > 120


def test_decoding_is_bounded_and_never_fails() -> None:
    assert decode(jpeg(2000, 1000)).width() == 480
    assert decode(b"nothing").isNull()


# --- room for large text ------------------------------------------------------------------------


def test_an_area_unfolds_where_panels_go_below(qtbot: QtBot) -> None:
    inside = QLabel("\n".join(str(line) for line in range(40)))
    area = scrolled(inside, unfolds=True)
    side = SidePanel(QWidget(), [(area, 200)], collapse_below=500)
    qtbot.addWidget(side)
    turned: list[bool] = []
    side.turned.connect(turned.append)
    side.resize(800, 300)
    side.show()
    assert area.minimumHeight() == 0
    side.resize(400, 300)
    assert turned == [True]
    assert area.minimumHeight() >= inside.sizeHint().height()
    inside.setText("one line")
    qtbot.waitUntil(lambda: area.minimumHeight() < 100)
    side.resize(800, 300)
    assert turned == [True, False]
    assert area.minimumHeight() == 0


def test_a_dialog_stays_within_its_window(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    dialog = QDialog(window)
    open_at(dialog, 820, 560)
    assert (dialog.width(), dialog.height()) == (820, 560)
    theme.apply(qapp, "light", scale=2.0)
    open_at(dialog, 820, 560)
    theme.apply(qapp, "light")
    assert (dialog.width(), dialog.height()) == (1248, 688)


def test_a_growing_timeline_is_as_high_as_its_entries(qtbot: QtBot) -> None:
    timeline = Timeline("Historik", grows=True)
    qtbot.addWidget(timeline)
    timeline.resize(300, 100)
    timeline.show()
    timeline.show_entries([TimelineEntry("Sendt", "i dag")] * 5)
    assert timeline.verticalScrollBar().maximum() == 0
    assert timeline.height() >= 5 * 50
    timeline.show_entries([TimelineEntry("Sendt", "i dag")])
    assert timeline.height() < 100
