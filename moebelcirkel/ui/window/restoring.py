"""Putting a copy back while nobody is at work: which one, how far it is, and what came of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import file_dialogs, theme
from moebelcirkel.ui.kit.jobs import Job, Jobs
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.pictures import brand
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.kit.progressline import ProgressLine
from moebelcirkel.ui.parts import copy_words

if TYPE_CHECKING:
    from moebelcirkel.services.copies import Copy, Restored

#: Where a copy to choose has who changed it last.
_LAST = Qt.ItemDataRole.UserRole + 1


class RestorePage(QWidget):
    """Plain widgets: the copies to choose from, and two ways on."""

    asked = Signal(object)
    other_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = Notice()
        self.state = Label(_("Looking for copies …"), wrap=True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("The copy"))
        self.last = Label(tone="small", wrap=True)
        self.choice.currentIndexChanged.connect(self._show_last)
        self.progress = ProgressLine(_("Restore a copy"))
        self.progress.show_busy()
        self.go = QPushButton(_("Restore this copy"))
        self.go.setProperty("role", "primary")
        self.go.setProperty("main", True)
        self.go.clicked.connect(lambda: self.asked.emit(self.choice.currentData()))
        self.other = push_button(_("Choose another copy …"), self.other_asked)
        self.back = push_button(_("Back to log-in"), self.left)
        title = Label(_("Restore a copy"), tone="heading")
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(theme.current().px(620))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 24)
        inside.setSpacing(12)
        inside.addLayout(brand.head())
        chosen = (self.choice, self.last, self.progress, self.go)
        for widget in (title, self.notice, self.state, *chosen):
            inside.addWidget(widget)
        inside.addLayout(row(self.other, None, self.back))
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._ready(copies=False)

    def show_copies(self, found: Sequence[Copy]) -> None:
        """Let one of the good copies be chosen, the newest first."""
        self.choice.clear()
        for copy in found:
            if not copy.facts.flawed:
                self.choice.addItem(copy_words.taken(copy.facts), copy.path)
                last = copy_words.last(copy.facts)
                told = _("Last changed {moment}").format(moment=last) if last else ""
                self.choice.setItemData(self.choice.count() - 1, told, _LAST)
        self._show_last()
        any_ = self.choice.count() > 0
        self.state.setText(
            _(
                "What was done after the copy is lost, and has to be done again. The present file "
                "stays beside it, under another name."
            )
            if any_
            else _("No good copy was found. Choose one on another drive.")
        )
        self._ready(copies=any_)
        (self.go if any_ else self.other).setFocus()

    def _show_last(self) -> None:
        """Whoever changed it last may have a long name, which a line to choose would cut."""
        self.last.setText(self.choice.currentData(_LAST) or "")

    def working(self, text: str) -> None:
        """Something runs."""
        self.notice.hide()
        self.state.setText(text)
        self._ready(copies=False)
        self.progress.show()
        for button in (self.other, self.back):
            button.setEnabled(False)

    def show_done(self, text: str) -> None:
        """It is done: somebody logs in again."""
        self.state.setText(text)
        self._ready(copies=False)
        self.other.hide()
        self.back.setText(_("Log in"))
        theme.mark(self.back, "role", "primary")
        self.back.setFocus()

    def fail(self, text: str) -> None:
        """Say why not; another copy can be chosen."""
        self._ready(copies=self.choice.count() > 0)
        self.state.setText("")
        self.notice.say(text)

    def _ready(self, *, copies: bool) -> None:
        self.progress.hide()
        for widget in (self.choice, self.last, self.go):
            widget.setVisible(copies)
        for button in (self.other, self.back):
            button.setEnabled(True)


class Restoring(QObject):
    """Acts on what the page asks for; ``ready`` when somebody may log in again."""

    ready = Signal()

    def __init__(self, parent: QObject, target: str, copy: str) -> None:
        """``copy`` is put back at once; without one the copies are shown."""
        super().__init__(parent)
        self._target = target
        # The database may not be opened meanwhile, so these jobs get none.
        self._jobs = Jobs(self._context, self)
        self._jobs.unavailable.connect(self._unavailable)
        self.page = RestorePage()
        self.page.asked.connect(self._restore)
        self.page.other_asked.connect(self._ask_file)
        self.page.left.connect(self.ready)
        if copy:
            self._restore(Path(copy))
        else:
            self._run(_("Looking for copies …"), _there, self.page.show_copies)

    def end(self) -> None:
        """Let what runs come to its end."""
        self._jobs.shutdown()

    def _context(self, lane: str, request_id: str | None) -> Any:
        return None

    def _restore(self, copy: Path) -> None:
        done = functools.partial(self._restored, copy)
        self._run(_("The copy is being restored …"), _put_back(copy), done)

    def _restored(self, copy: Path, outcome: Restored) -> None:
        told = [_("The database is restored from {name}.").format(name=copy.name)]
        if outcome.kept is not None:
            kept = _("The file from before lies beside it: {name}")
            told.append(kept.format(name=outcome.kept.name))
        if outcome.erased:
            again = ngettext(
                "{count} person or picture, erased since the copy, is erased again.",
                "{count} people and pictures, erased since the copy, are erased again.",
                outcome.erased,
            )
            told.append(again.format(count=number(outcome.erased)))
        if outcome.missing:
            missing = ngettext(
                "{count} picture was not found.",
                "{count} pictures were not found.",
                outcome.missing,
            )
            told.append(missing.format(count=number(outcome.missing)))
        if outcome.flawed:
            told.append(_("Its books have faults; see the check of the figures."))
        self.page.show_done("\n".join(told))

    def _ask_file(self) -> None:
        kinds = _("Databases (*.sqlite);;All files (*)")

        def chosen(path: str) -> None:
            self._restore(Path(path))

        file_dialogs.ask_file(self.page, _("Choose a copy"), kinds, chosen)

    def _run(self, text: str, work: Callable[[Path], Any], done: Callable[[Any], object]) -> None:
        self.page.working(text)
        target = self._target
        self._jobs.aside(lambda _context: work(_file(target)), done, self._refused, owner=self)

    def _refused(self, error: Refused) -> None:
        self.page.fail(language.refusal(error))

    def _unavailable(self, error: Unavailable, job: Job) -> None:
        job.abandon()
        self.page.fail(language.refusal(error))


def _file(target: str) -> Path:
    from moebelcirkel.services.start import opening

    return opening.file_of(target)


def _there(file: Path) -> Sequence[Copy]:
    from moebelcirkel.services import copies

    return copies.there(file)


def _put_back(copy: Path) -> Callable[[Path], Restored]:
    def work(file: Path) -> Restored:
        from moebelcirkel.services import copies

        return copies.restore(file, copy)

    return work
