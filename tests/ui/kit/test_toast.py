"""Where the real window says things: nothing that can be pressed or read is covered."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.forms.countcard import CountCard
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests.ui.conftest import NOW


@pytest.fixture
def warehouse(program: Program) -> Iterator[MainWindow]:
    """The window of the warehouse, in the smallest usual size."""
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = chain.people(context).context_of(Role.WAREHOUSE)
    window = program.open_for(own.actor, Person(own.actor.name, ""))
    settle(program)
    window.showNormal()
    window.resize(1280, 720)
    yield window
    opening.close(context)


def test_toasts_stand_on_the_rail_where_they_cover_nothing(warehouse: MainWindow) -> None:
    warehouse.resize(1440, 1100)
    for number in range(3):
        warehouse.messages.success(f"B-00025{number} er godkendt: 1.680 kr. til skolen", undo=list)
    QApplication.processEvents()
    toasts = [toast for toast in warehouse.findChildren(Toast) if toast.isVisible()]
    assert len(toasts) == 3
    rail = warehouse.rail
    pressed = (*rail.buttons.values(), rail.person)
    taken = [QRect(button.mapTo(rail, QPoint()), button.size()) for button in pressed]
    for toast in toasts:
        assert toast.parentWidget() is rail
        assert rail.rect().contains(toast.geometry())
        assert not any(toast.geometry().intersects(place) for place in taken)
        assert sum(toast.geometry().intersects(other.geometry()) for other in toasts) == 1
        label = toast.findChildren(QLabel)[-1]
        assert label.height() >= label.heightForWidth(label.width())


def test_an_address_too_long_for_the_rail_goes_on_in_the_next_line(warehouse: MainWindow) -> None:
    warehouse.resize(1440, 1100)
    said = "Prøvemail er sendt til administrator@eksempelkommune.example."
    warehouse.messages.success(said)
    QApplication.processEvents()
    (toast,) = warehouse.findChildren(Toast)
    assert toast.parentWidget() is warehouse.rail
    assert toast.accessibleName() == said
    label = toast.findChildren(QLabel)[-1]
    room = label.contentsRect()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    needed = label.fontMetrics().boundingRect(room, flags, QLabel.text(label))
    assert needed.width() <= room.width()
    assert needed.height() <= room.height()
    assert label.mapTo(toast, room.topRight()).x() < toast.width()


def test_without_room_on_the_rail_a_toast_lies_over_the_page(warehouse: MainWindow) -> None:
    warehouse.resize(960, 300)
    warehouse.messages.success("6 møbler udleveret")
    (toast,) = warehouse.findChildren(Toast)
    assert toast.isVisible()
    assert toast.parentWidget() is not warehouse.rail
    warehouse.resize(960, 900)
    assert toast.parentWidget() is warehouse.rail


def _told_over_intake(warehouse: MainWindow, program: Program) -> tuple[Toast, QWidget]:
    """What is said after twelve pieces were received, and what it lies on."""
    warehouse.go("intake")
    settle(program)
    warehouse.messages.success("12 møbler er oprettet: MC-000401-7 til MC-000412-6 " * 2, undo=list)
    (toast,) = warehouse.findChildren(Toast)
    ground = toast.parentWidget()
    assert ground is not None
    return toast, ground


def test_over_the_page_a_toast_covers_no_button_and_no_card_that_counts(
    warehouse: MainWindow, program: Program
) -> None:
    toast, ground = _told_over_intake(warehouse, program)
    assert ground is not warehouse.rail
    pressed = [*ground.findChildren(CountCard), *ground.findChildren(QPushButton)]
    shown = [each for each in pressed if each.isVisible() and not toast.isAncestorOf(each)]
    assert len(shown) > 6
    for each in shown:
        place = QRect(each.mapTo(ground, QPoint()), each.size())
        assert each.visibleRegion().isEmpty() or not place.intersects(toast.geometry())


def test_over_the_page_a_toast_goes_out_of_the_way_of_what_an_answer_brings(
    warehouse: MainWindow, program: Program
) -> None:
    toast, ground = _told_over_intake(warehouse, program)
    button = QPushButton("Vis bestilling", ground)
    button.setGeometry(toast.geometry())
    program.jobs.read(lambda _context: None, lambda _none: button.show())
    settle(program)
    assert button.isVisible()
    assert not button.geometry().intersects(toast.geometry())


def test_a_good_scan_takes_away_what_was_refused(warehouse: MainWindow) -> None:
    warehouse.messages.refused(Refused("No."))
    warehouse.heard(good=False)
    assert warehouse.messages.notice.isVisible()
    warehouse.heard(good=True)
    assert not warehouse.messages.notice.isVisible()


def test_a_refusal_goes_by_itself_once_it_can_be_read(warehouse: MainWindow) -> None:
    warehouse.messages.refused(Refused("No."))
    assert warehouse.messages._dismiss.isActive()
    warehouse.messages._dismiss.timeout.emit()
    assert not warehouse.messages.notice.isVisible()


def test_nothing_is_said_over_a_question(warehouse: MainWindow) -> None:
    question = warehouse.messages.ask("Luk uden at gemme?", "Noget er ikke gemt.", "Luk", list)
    warehouse.messages.warn("“X” is no label of ours.")
    assert not question.findChildren(Notice)
    assert warehouse.messages.notice.isVisible()
    question.reject()


def test_what_is_said_near_the_top_covers_no_heading_where_there_is_room_beside_it(
    warehouse: MainWindow, program: Program
) -> None:
    warehouse.resize(1366, 768)
    warehouse.go("intake")
    settle(program)
    warehouse.messages.warn(
        "“7-7-Q” er ikke en mærkat herfra, og heller ikke en placering, som programmet kender. Scan"
        " den igen, eller skriv dens nummer."
    )
    notice = warehouse.messages.notice
    ground = notice.parentWidget()
    assert ground is not None
    page = warehouse.page
    assert page is not None
    headings = [each for each in page.findChildren(Label) if each.property("tone") == "heading"]
    words = [
        QRect(each.mapTo(ground, QPoint()), each.sizeHint())
        for each in headings
        if each.isVisible()
    ]
    assert len(words) > 2
    assert [each for each in words if each.intersects(notice.geometry())] == []
    assert notice.y() < warehouse.height() // 4
