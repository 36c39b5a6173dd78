"""The roles of a person: a box for each, and the institutions where a role is for some of them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import INSTITUTION_ROLES, Grant, Role
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.settings.pills import PillRow

_MEANING = {
    Role.EMPLOYEE: N_("finds furniture and orders it"),
    Role.LEADER: N_("orders, and approves employees up to the limit"),
    Role.APPROVER: N_("approves above the limit"),
    Role.WAREHOUSE: N_("receives, sells, picks and delivers"),
    Role.WORKSHOP: N_("works on cases"),
    Role.CONTROLLER: N_("figures, reports and new prices"),
    Role.ADMINISTRATOR: N_("settings, users and factor sets"),
}


class GrantsField(Field[frozenset[Grant]]):
    """One block a role."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.blocks = {role: _RoleBlock(role, self._edited) for role in Role}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for block in self.blocks.values():
            column.addWidget(block)
        self._put(holder)
        self.setFocusProxy(self.blocks[Role.EMPLOYEE].box)

    def set_institutions(self, choices: Sequence[Choice]) -> None:
        """Offer these institutions for the roles that need one."""
        for block in self.blocks.values():
            block.offer(choices)

    def value(self) -> frozenset[Grant]:
        """Return the roles; a role of institutions needs at least one."""
        found: set[Grant] = set()
        for block in self.blocks.values():
            grants = block.grants()
            if block.box.isChecked() and not grants:
                raise Refused(
                    N_("Choose at least one institution for the role {role}."),
                    role=_(block.role.label),
                )
            found |= grants
        return frozenset(found)

    def set_value(self, value: frozenset[Grant]) -> None:
        """Tick the roles of these grants."""
        for role, block in self.blocks.items():
            block.show_grants([grant for grant in value if grant.role is role])

    def draft(self) -> object:
        """Return role and institution as plain data."""
        return [block.plain() for block in self.blocks.values()]

    def restore(self, draft: object) -> None:
        rows: Any = draft if isinstance(draft, list) else []
        for block, (on, keys) in zip(self.blocks.values(), rows, strict=False):
            block.show_ids(list(keys), on=bool(on))


class _RoleBlock(QWidget):
    """A role's box; while it is ticked, pills of its institutions and a list to add one."""

    def __init__(self, role: Role, edited: Callable[[], object]) -> None:
        super().__init__()
        self.role = role
        self._edited = edited
        self._names: dict[int, str] = {}
        self._chosen: list[int] = []
        self.box = QCheckBox(_(role.label))
        self.box.setAccessibleDescription(_(_MEANING[role]))
        meaning = Label(_(_MEANING[role]), tone="small", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box)
        head.addWidget(meaning, 1)
        self.pills = PillRow()
        self.pills.removed.connect(self._remove)
        self.add_field = ChoiceField("", nothing=_("Add institution…"))
        self.add_field.combo.setAccessibleName(
            _("Add institution for the role {role}").format(role=_(role.label))
        )
        self.add_field.combo.activated.connect(lambda _index: self._add())
        self.where = QWidget()
        where = QVBoxLayout(self.where)
        where.setContentsMargins(24, 0, 0, 6)
        where.setSpacing(6)
        where.addWidget(self.pills)
        where.addWidget(self.add_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.where)
        self.box.toggled.connect(lambda _on: self._toggled())
        self._show()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Know the names of the institutions."""
        self._names = {int(choice.key): choice.text for choice in choices}
        self._show()

    def show_grants(self, grants: Sequence[Grant]) -> None:
        """Show what someone has."""
        keys = [grant.institution_id for grant in grants if grant.institution_id is not None]
        self.show_ids(sorted(keys), on=bool(grants))

    def show_ids(self, keys: list[int], *, on: bool) -> None:
        """Show these institutions."""
        self._chosen = keys
        self.pills.fold()
        self.box.blockSignals(True)
        self.box.setChecked(on)
        self.box.blockSignals(False)
        self._show()

    def grants(self) -> set[Grant]:
        """What is ticked and chosen."""
        if not self.box.isChecked():
            return set()
        if self.role not in INSTITUTION_ROLES:
            return {Grant(self.role)}
        return {Grant(self.role, key) for key in self._chosen}

    def plain(self) -> list[object]:
        """What is ticked and chosen, as plain data."""
        on = self.box.isChecked()
        return [on, list(self._chosen) if on else []]

    def _toggled(self) -> None:
        self._show()
        self._edited()

    def _add(self) -> None:
        key = self.add_field.combo.currentData()
        if isinstance(key, int) and key not in self._chosen:
            self._chosen.append(key)
            self._show()
            self._edited()

    def _remove(self, key: int) -> None:
        self._chosen.remove(key)
        self._show()
        self._edited()

    def _show(self) -> None:
        tied = self.role in INSTITUTION_ROLES
        self.where.setVisible(tied and self.box.isChecked())
        if not tied:
            return
        self.pills.show_pills([(key, self._names.get(key, "")) for key in self._chosen])
        left = [Choice(key, name) for key, name in self._names.items() if key not in self._chosen]
        self.add_field.set_choices(left)
        self.add_field.set_value(None)
        self.add_field.setVisible(bool(left))
