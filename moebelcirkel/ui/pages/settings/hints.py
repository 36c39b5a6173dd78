"""A word of warning below a field: it is said, but what is typed can be saved."""

from typing import Any

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field import Field


def warn(field: Field[Any], message: str, otherwise: str = "") -> None:
    """Say the warning in place of the help, or the help again."""
    field.helper.setText(message or otherwise)
    theme.mark(field.helper, "tone", "warning" if message else "small")
    theme.mark(field.helper, "small", True)
    field.helper.setVisible(bool(message or otherwise))
    field.editor.setAccessibleDescription(message or otherwise)
