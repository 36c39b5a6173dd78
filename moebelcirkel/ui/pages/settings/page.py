"""Indstillinger: a list of its parts to the left, and the chosen part beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel import loading
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.kit.shell import Shell
from moebelcirkel.ui.kit.turns import Turns
from moebelcirkel.ui.pages.settings.section import Section

NAVIGATION_WIDTH = 184

#: Word, entry in the list, module and what makes each part; a part is made when it is first seen.
PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("municipality", N_("Municipality"), "parameters", "MunicipalitySection"),
    ("institutions", N_("Institutions"), "institutions.section", "InstitutionsSection"),
    ("places", N_("Places"), "places", "PlacesSection"),
    ("users", N_("Users and roles"), "users", "UsersSection"),
    ("vehicles", N_("Vehicles"), "runs.vehicles", "VehiclesSection"),
    ("tasks", N_("Task types"), "tasks", "TasksSection"),
    ("rates", N_("Hour rates"), "rates", "RatesSection"),
    ("repairers", N_("Repairers"), "repairers", "RepairersSection"),
    ("prices", N_("Prices"), "parameters", "PricesSection"),
    ("labels", N_("Labels"), "parameters", "LabelsSection"),
    ("shop", N_("Shop"), "parameters", "ShopSection"),
    ("ecolabels", N_("Ecolabels"), "ecolabels", "EcolabelsSection"),
    ("figures", N_("Calculation"), "parameters", "FiguresSection"),
    ("reports", N_("Regular reports"), "parameters", "RegularReportsSection"),
    ("settlement", N_("Settlement"), "settlement", "SettlementSection"),
    ("mail", N_("Mail"), "mail.sections", "MailSection"),
    ("texts", N_("Texts of messages"), "mail.sections", "TextsSection"),
    ("factors", N_("Factor sets"), "factors", "FactorsSection"),
    ("copies", N_("Copies"), "copies", "section"),
    ("people", N_("Retention"), "persons", "RetentionSection"),
    ("pictures", N_("Pictures"), "persons", "PicturesSection"),
    ("routines", N_("By itself"), "routines", "RoutinesSection"),
    ("roles", N_("Rights by role"), "roles", "RolesSection"),
)
#: Parts that are opened from within another, whose entry stands for both.
INSIDE = {"texts": "mail", "pictures": "people"}


class SettingsPage(Page):
    """All that an administrator decides for everyone."""

    word = "settings"
    title = N_("Settings")
    search_hint = N_("Search in the list")
    kinds = frozenset(
        {
            "institution",
            "cost_bearer",
            "place",
            "app_user",
            "user_role",
            "task_type",
            "hour_rate",
            "vehicle",
            "ecolabel",
            "repairer",
            "repairer_price",
            "parameter",
            "factor_set",
            "factor",
            "copy",
            "routine",
            "photo_blob",
            "pickup_photo",
            "complaint_photo",
        }
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.sections: dict[str, Section] = {}
        self.word_shown = self._wanted = ""
        self.stack = QStackedWidget()
        self.new_button = QPushButton()
        self.new_button.setToolTip("Ctrl+N")
        self.new_button.clicked.connect(self.create_new)
        self.extra_button = QPushButton()
        self.extra_button.clicked.connect(lambda: self.section().extra())
        self.entries: dict[str, QPushButton] = {}
        side = SidePanel(
            self.stack, [], before=[(self._navigation(), NAVIGATION_WIDTH)], collapse_below=0
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(side)
        self._show(PARTS[0][0])

    def section(self) -> Section:
        """The part that is shown."""
        return self.sections[self.word_shown]

    def activate(self, argument: object | None) -> None:
        """Open the part the caller names; "places:new" begins a new row there."""
        word, _colon, new = str(argument or "").partition(":")
        if word in self.entries:
            self.show_part(word)
            if new:
                self.create_new()

    def reload(self) -> None:
        """Read the part that is shown again; the others do it when they are shown."""
        self.section().reload()

    def search(self, text: str) -> None:
        """Search in the part that is shown."""
        self.section().search(text)

    def search_entered(self) -> None:
        """Open the first of what is found."""
        self.section().search_entered()

    def create_new(self) -> None:
        if self.section().new_text:
            self.section().create_new()

    def save(self) -> None:
        self.section().save()

    def is_unsaved(self) -> bool:
        """Whether any part has something typed that is not saved."""
        return any(section.is_dirty() for section in self.sections.values())

    def header_buttons(self) -> list[QPushButton]:
        """What the shown part can make."""
        return [self.extra_button, self.new_button]

    def show_part(self, word: str) -> None:
        """Show another part; what was typed in this one stays there."""
        if word == self.word_shown:
            return
        self._show(word)
        self.section().shown()
        self.shell.refresh_header()

    def _choose(self, word: str) -> None:
        """One that nobody has seen is made in a turn before; who chooses another gets that."""
        self._wanted = word
        if word in self.sections:
            self.show_part(word)
        else:
            Turns(self, (partial(self._make, word), partial(self._show_wanted, word)))

    def _show_wanted(self, word: str) -> None:
        if word == self._wanted:
            self.show_part(word)

    def _make(self, word: str) -> None:
        if word not in self.sections:
            _word, _title, module, name = next(part for part in PARTS if part[0] == word)
            found = loading.module(f"moebelcirkel.ui.pages.settings.{module}")
            make: Callable[[Page], Section] = getattr(found, name)
            section = make(self)
            section.dirty_changed.connect(self._mark_unsaved)
            self.sections[word] = section
            self.stack.addWidget(section)

    def _show(self, word: str) -> None:
        self.word_shown = self._wanted = word
        self._make(word)
        section = self.section()
        self.stack.setCurrentWidget(section)
        self.entries[word].setChecked(True)
        at_hand = any(entry.hasFocus() for entry in self.entries.values())
        self.setFocusProxy(self.entries[word])  # where the keyboard begins is what is shown
        if at_hand:
            self.entries[word].setFocus(Qt.FocusReason.OtherFocusReason)
        self.search_hint = type(self).search_hint if section.searchable else ""
        self.new_button.setText(_(section.new_text))
        self.new_button.setVisible(bool(section.new_text))
        icons.put(self.new_button, section.new_icon)
        self.extra_button.setText(_(section.extra_text))
        self.extra_button.setVisible(bool(section.extra_text))
        if section.extra_icon:
            icons.put(self.extra_button, section.extra_icon)

    def _navigation(self) -> QWidget:
        card = CardFrame(padded=False)
        card.setAccessibleName(_("Settings"))
        card.body.setContentsMargins(8, 4, 8, 4)
        card.body.setSpacing(0)
        group = QButtonGroup(card)
        for word, title, _module, _name in PARTS:
            if word in INSIDE:
                self.entries[word] = self.entries[INSIDE[word]]
                continue
            button = push_button(_(title), lambda _on, word=word: self._choose(word))
            button.setCheckable(True)
            button.setProperty("rail", True)
            button.setProperty("dense", True)  # all of them in sight in a small window
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            group.addButton(button)
            card.add(button)
            self.entries[word] = button
        card.body.addStretch(1)
        return card

    def _mark_unsaved(self) -> None:
        """A dot by each part where something typed is not saved."""
        for word, title, _module, _name in PARTS:
            if word in INSIDE:
                continue
            with_it = (word, *(each for each, of in INSIDE.items() if of == word))
            made = [self.sections[each] for each in with_it if each in self.sections]
            dirty = any(section.is_dirty() for section in made)
            self.entries[word].setText(f"{_(title)} •" if dirty else _(title))
            self.entries[word].setAccessibleDescription(_("Not saved") if dirty else "")
        self.shell.show_unsaved()
