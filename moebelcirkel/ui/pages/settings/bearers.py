"""The accounts of an institution as rows of code, name and active, in one field of its form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox

from moebelcirkel.domain import limits
from moebelcirkel.domain.fields import in_one_line
from moebelcirkel.domain.identifiers import cost_bearer
from moebelcirkel.language import _
from moebelcirkel.services.institutions import CostBearerForm
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.rows_field import FieldRow, RowsField, can_be


class BearersField(RowsField[Sequence[CostBearerForm], "_BearerRow"]):
    """Rows that can be added and taken away; one that has paid something stays as inactive."""

    def __init__(self, label: str) -> None:
        super().__init__(label, _("Add account"))

    def value(self) -> Sequence[CostBearerForm]:
        """Return the rows that are filled in; refuse the first that is wrong."""
        found = []
        for row in self._rows:
            bearer = row.bearer()
            if bearer.code or bearer.name or bearer.id is not None:
                cost_bearer(bearer.code)
                in_one_line(bearer.name, limits.BEARER_NAME)
                found.append(bearer)
        return tuple(found)

    def set_value(self, value: Sequence[CostBearerForm]) -> None:
        """Show these accounts."""
        self._clear()
        for bearer in value:
            self._add(_BearerRow(bearer))

    def _row_of(self, plain: Any) -> _BearerRow:
        key, code, name, active = plain
        return _BearerRow(CostBearerForm(code, name, active, key))

    def _begin_row(self) -> None:
        self._add(_BearerRow(CostBearerForm(""))).code.setFocus()


class _BearerRow(FieldRow):
    """Code, name, active, and a button to take it away."""

    def __init__(self, bearer: CostBearerForm) -> None:
        super().__init__()
        self._id = bearer.id
        self.code = self.line(bearer.code, _("Account"))
        self.name = self.line(bearer.name, _("What it is for"))
        self.active = QCheckBox()
        self.active.setChecked(bearer.active)
        self.active.setToolTip(_("Active"))
        self.active.setAccessibleName(_("Active"))
        self.active.toggled.connect(self.edited)
        self.lay((self.code, 2), (self.name, 3), (self.active, 0))

    def bearer(self) -> CostBearerForm:
        """What the row says."""
        return CostBearerForm(
            self.code.text().strip(), self.name.text().strip(), self.active.isChecked(), self._id
        )

    def plain(self) -> list[object] | None:
        """Nothing without account and name, but for one that is kept already."""
        bearer = self.bearer()
        if not (bearer.id or bearer.code or bearer.name):
            return None
        return [bearer.id, bearer.code, bearer.name, bearer.active]

    def mark(self, *, wrong: bool) -> None:
        """Account and name."""
        long = len(self.bearer().name) > limits.BEARER_NAME
        theme.mark(self.code, "invalid", wrong and not can_be(cost_bearer, self.code.text()))
        theme.mark(self.name, "invalid", wrong and long)
