"""The window: rail, header and the stack of pages, and what pages share through it.

It knows pages only by their ``RailItem``; what there is to see comes as data from the composition.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys, scanner, second_click, theme
from moebelcirkel.ui.kit.messages import Messages, Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.shell import Changed, Person, RailItem
from moebelcirkel.ui.kit.strips import Banner, Strips
from moebelcirkel.ui.parts.codes import leads_to
from moebelcirkel.ui.window import keys as window_keys
from moebelcirkel.ui.window.header import Header
from moebelcirkel.ui.window.menu import PersonMenu
from moebelcirkel.ui.window.page_stack import PageStack
from moebelcirkel.ui.window.rail import Rail
from moebelcirkel.ui.window.steps import Answer, Steps, do_again, take_back
from moebelcirkel.ui.window.trail import Trail

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.drafts import Drafts
    from moebelcirkel.ui.kit.jobs import Jobs
    from moebelcirkel.ui.window.access.lock import Lock
    from moebelcirkel.ui.window.help import Keys


class MainWindow(QMainWindow):
    """The ``Shell`` of the desktop program."""

    closing = Signal()
    told = Signal(object)
    """The kinds of things that changed, for what is no page."""
    restoring = Signal(str)
    """A copy is to be put back, by its path; without one, somebody chooses."""
    _shut = False
    lock: Lock | None = None
    """Covers the window when nobody is there."""

    def __init__(
        self,
        items: Sequence[RailItem],
        *,
        context: Context,
        jobs: Jobs,
        drafts: Drafts,
        person: Person,
        menu: PersonMenu,
        undo: Answer = take_back,
        redo: Answer = do_again,
        is_code: Callable[[str], bool] = lambda _text: False,
    ) -> None:
        super().__init__()
        self.context = context
        self.jobs = jobs
        self.drafts = drafts
        self.menu = menu
        self._items = {item.word: item for item in items}
        self.steps = Steps(self, self, undo, redo)
        self._is_code = is_code
        self._trail = Trail()
        self._word = ""
        self._badges = QTimer(self)
        self._badges.setSingleShot(True)
        self.rail = Rail(items, person, menu)
        self.header = Header()
        self.stack = PageStack(self._items, self, self.header.strip)
        self._pages = self.stack.pages
        self.messages = self._build()
        self._wire()
        window_keys.bind(self)
        self.help = window_keys.Help(self, self)
        menu.help_asked.connect(self.help.open)
        self.setWindowIcon(icons.program_icon())
        self.setWindowTitle("Møbelcirklen")
        theme.dress(self)

    def choose(self, word: str) -> None:
        """Open a page by its entry in the rail: it is nobody's, and Esc leads nowhere."""
        self.stack.prepare(word, functools.partial(self.go, word, led=False))

    def go(self, word: str, argument: object | None = None, *, led: bool = True) -> None:
        """Open a page, made on its first visit; ``led`` there by another one, Esc goes back."""
        if word not in self._items:
            return
        self._remember_search()
        if self._word not in ("", word):
            self._trail.leave(self._word, led=led)
        opened = self.stack.open(word)
        if argument is not None:
            opened.search = ""  # What is pointed to is shown, whatever was searched for there.
        self._turn_to(word, argument, activate=True)

    def _turn_to(self, word: str, argument: object = None, *, activate: bool = False) -> None:
        opened = self._pages[word]
        focus = QApplication.focusWidget()
        if focus is not None and word != self._word and self.stack.isAncestorOf(focus):
            focus.clearFocus()  # else it goes on to whatever comes next while the page is hidden
        self._word = word
        self.messages.clear()
        self.rail.set_current(self._items[word].under or word)
        self.stack.setCurrentWidget(opened.view)
        self.refresh_header()
        if activate:
            opened.page.activate(argument)
        if not activate or QApplication.focusWidget() in (None, self):
            self._focus_page()
        if opened.stale:
            opened.stale = False
            opened.page.reload()

    def back(self) -> bool:
        """Show the page before this one, as it was left; False where there is none."""
        if not self._trail:
            return False
        self._remember_search()
        self._turn_to(self._trail.back())
        return True

    def changed(
        self, done: Changed, text: str = "", word: str | None = None, *, final: bool = False
    ) -> None:
        """Tell all pages what kinds of things changed; remember it for Ctrl+Z; say so."""
        self.steps.did(word or self._word, done.change_id)
        if text:
            back = None if final else self._undo_button(done.change_id)
            self.messages.success(text, back, done.change_id)
        self.broadcast(done.kinds)

    def undo(self, change_id: int | None = None) -> None:
        """Take back this change, or my latest one on the current page."""
        self.steps.undo(self._word, change_id)

    def redo(self) -> None:
        """Do again what was undone last on the current page."""
        self.steps.redo(self._word)

    def show_unsaved(self) -> None:
        """Ask all pages whether something typed waits to be saved."""
        self.rail.set_unsaved(unsaved=bool(self._unsaved()))

    def _unsaved(self) -> list[str]:
        return [word for word, opened in self._pages.items() if opened.page.is_unsaved()]

    def refresh_header(self) -> None:
        """Show the current page's parts of the header."""
        opened = self._pages[self._word]
        page = opened.page
        hint = _(page.search_hint) if page.search_hint else ""
        # Called as in the rail, where a word of its own for this role leads here.
        item = self._items[self._word]
        own = type(page).title == page.title and not item.under
        title = _(item.title if own else page.title)
        self.header.fill(
            title, hint, opened.search, opened.chips, opened.actions, back=self._trail.led
        )
        self.setWindowTitle(f"{title} – Møbelcirklen")

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages[self._word].page if self._word else None

    def broadcast(self, kinds: frozenset[str]) -> None:
        """The visible page reloads if it shows such things, hidden ones when they are next seen."""
        for word, opened in self._pages.items():
            if not opened.page.kinds & kinds:
                continue
            if word == self._word:
                opened.page.reload()
            else:
                opened.stale = True
        self.told.emit(kinds)
        self._badges.start(50)

    def reload(self) -> None:
        """F5: everything anew."""
        for word, opened in self._pages.items():
            opened.stale = word != self._word
        if self.page is not None:
            self.page.reload()
        self._badges.start(50)

    def scanned(self, code: str, type_out: Callable[[], bool] = lambda: False) -> None:
        """A code came from the scanner (or was typed into the search field).

        One of a stop opens it, whatever is shown. One that nobody here has a use for is typed out
        where the keyboard is, by ``type_out``.
        """
        dialog = QApplication.activeModalWidget()
        led = leads_to(code) if dialog is None else None
        if led is not None and led[0] in self._items:
            self.go(*led)
            return
        receiver = dialog if dialog is not None else self.page
        take = getattr(receiver, "scanned", None)
        good: bool | None = take(code) if take is not None else False
        if good is False and type_out():
            return
        if good is not None:
            self.heard(good=good)
        if good is False:
            self.messages.warn(_("{code} is not used on this page.").format(code=code))
        elif dialog is None and self.page is not None and self.page.scan_searches:
            self.header.field.put_text(code)

    def heard(self, *, good: bool) -> None:
        """Let what a scan came to be heard, and seen from afar."""
        scanner.sound(good=good)
        self.header.flash(good=good)
        if good:
            self.messages.notice.hide()

    def _build(self) -> Messages:
        banner, notice = Banner(), Notice(closable=True)
        right, ground = QWidget(), QWidget()
        ground.setObjectName("ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column, row = QVBoxLayout(right), QHBoxLayout(ground)
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        self.setCentralWidget(ground)
        Strips(right, self.stack, banner, notice)
        return Messages(right, banner, notice, self.rail)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.choose)
        self.header.back.clicked.connect(self.back)
        self.header.field.searched.connect(self.search)
        self.header.field.entered.connect(self._enter)
        self.header.field.left.connect(self._focus_page)
        self.jobs.busy.connect(self.rail.set_saving)
        self.jobs.refused.connect(self.messages.refused)
        self.jobs.unavailable.connect(self.messages.unavailable)
        self.jobs.settled.connect(self.messages.banner.settled)
        self.jobs.settled.connect(self.messages.place)  # answers bring buttons
        self._badges.timeout.connect(self._count)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        keys.UndoKey(app, self)
        keys.let_return_press()
        second_click.watch()
        self._badges.start(0)

    def _remember_search(self) -> None:
        if self._word:
            self._pages[self._word].search = self.header.field.text()

    def _undo_button(self, change_id: int | None) -> Callable[[], None] | None:
        return None if change_id is None else functools.partial(self.undo, change_id)

    def search(self, text: str) -> None:
        """Hand what is in the search field to the page."""
        if self.page is not None and self.page.search_hint:
            self.page.search(text.strip())

    def search_for(self, text: str) -> None:
        """The same with a text that nobody typed."""
        self.header.field.put_text(text)
        self.search(text)

    def _enter(self, text: str) -> None:
        if text and self._is_code(text):
            # Typed slowly it may have been searched for already.
            self.header.field.put_text("")
            self.search("")
            self.scanned(text)
        else:
            self.search(text)
            if text and self.page is not None:
                self.page.search_entered()

    def focus_start(self) -> None:
        """Where typing goes on the first page: a field of its own, else the search."""
        focus = QApplication.focusWidget()
        if self.page is None or (focus is not None and self.page.isAncestorOf(focus)):
            return
        if self.header.field.isHidden():
            self._focus_page()
        else:
            self.header.field.setFocus()

    def help_word(self) -> str:
        """The topic of the help on what is shown."""
        return self._word

    def help_pages(self) -> dict[str, str]:
        """The pages of this person by the names in the rail."""
        return {word: item.title for word, item in self._items.items()}

    def help_keys(self) -> dict[str, Keys]:
        """The keys that do something now."""
        return window_keys.listed(self)

    def _focus_page(self) -> None:
        if self.page is not None and not keys.focus_first(self.page):
            self._focus_outside()

    def _count(self) -> None:
        badges = {word: item.badge for word, item in self._items.items() if item.badge}
        if badges:
            self.jobs.read(
                lambda context: {word: badge(context) for word, badge in badges.items()},
                self.rail.show_counts,
                channel="badges",
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a page that another one led to."""
        if event.key() == Qt.Key.Key_Escape and self._trail.led and self.back():
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt names it so
        """Tab never ends in a place that is hidden.

        Qt also asks for the next one when what has the keyboard is hidden or disabled: then it goes
        on within the page, never to a toast or to whatever else takes back what was just done.
        """
        before = cast("QWidget | None", self.focusWidget())
        lost = before is not None and not (before.isVisibleTo(self) and before.isEnabled())
        if lost and before is not None and self.page is not None:
            if not keys.pass_on(before, self.page):
                self._focus_outside()
            return True
        moved = super().focusNextPrevChild(next)
        if moved and self.focusWidget() is before:
            keys.step_on(self, before, forward=next)
        return moved

    def _focus_outside(self) -> None:
        """The page has nothing for the keyboard now, as where a list has become empty."""
        field, entry = self.header.field, self.rail.buttons.get(self._word)
        if not field.isHidden():
            field.setFocus()
        elif entry is not None:
            entry.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Half-typed forms go to disk; the composition ends the rest in order.

        A form that keeps no draft would be lost, so that is asked about first.
        """
        if not self._shut and (self._unsaved() or (self.lock and self.lock.keeps_typed())):
            event.ignore()
            self.leave(self.shut)
            return
        self.drafts.flush()
        self.closing.emit()
        super().closeEvent(event)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or ask first where something typed would be lost with the window."""
        unsaved = self._unsaved()
        if self.lock is not None and self.lock.locked:
            self.lock.leave(unsaved, go_on)
            return
        if not unsaved:
            go_on()
            return
        self.go(unsaved[0])
        self.messages.ask_to_leave(_(self._items[unsaved[0]].title), go_on)

    def restore(self, copy: str) -> None:
        """Leave, so that a copy can be put back."""
        self.leave(functools.partial(self.restoring.emit, copy))

    def shut(self) -> None:
        """Close without asking: whoever closes has asked."""
        self._shut = True
        self.close()
