"""Ecolabels: what they are called here and elsewhere, and which are of type 1."""

from collections.abc import Sequence

from moebelcirkel.domain import limits
from moebelcirkel.domain.fold import sort_key
from moebelcirkel.language import N_, _, number
from moebelcirkel.services import ecolabels
from moebelcirkel.services.ecolabels import EcolabelForm, EcolabelRow
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, figure_column
from moebelcirkel.ui.pages.settings.calls import of_few
from moebelcirkel.ui.pages.settings.columns import around
from moebelcirkel.ui.pages.settings.register import Register

_TYPES = {True: N_("Type 1"), False: N_("Not type 1"), None: N_("Not decided")}


class EcolabelsSection(Register[EcolabelRow]):
    """The register of ecolabels."""

    title = N_("Ecolabels")
    new_text = N_("New ecolabel")
    calls = of_few(ecolabels.ecolabels, ecolabels.save, ecolabels.delete, EcolabelForm(""))
    icon = "leaf"
    empty_text = N_("Furniture types choose among the ecolabels here. There are none yet.")
    given_up = ("also", "state", "types")

    def columns(self) -> Sequence[Column[EcolabelRow]]:
        """Name, type, other names, and how many types have it."""
        return around(
            _("Name"),
            Column(
                "type_1",
                _("Type"),
                lambda row: _(_TYPES[row.form.type_1]),
                lambda row: {True: 0, None: 1, False: 2}[row.form.type_1],
                width=124,
                chip=_chip,
            ),
            Column("also", _("Also called"), lambda row: row.form.also, tone="muted"),
            figure_column("types", _("Furniture types"), lambda row: row.types, number, width=120),
        )

    def make_form(self) -> Form:
        """Name, other names, type."""
        form = Form(columns=1)
        helper = _("Another name is given to the furniture types too.")
        form.add("name", LineField(_("Name"), required=True, most=limits.ECOLABEL, helper=helper))
        helper = _("Of imports. Semicolons between them; a part of the name is enough.")
        also = LineField(_("Also called"), most=limits.ECOLABEL_ALSO, helper=helper)
        form.add("also", also)
        helper = _("Type 1 (ISO 14024): given by a third party that looks at the whole life.")
        choices = [Choice(True, _("Yes")), Choice(False, _("No"))]
        kind = ChoiceField(_("Type 1"), choices, helper=helper, nothing=_(_TYPES[None]))
        form.add("type_1", kind)
        form.add("active", CheckField(_("Active")))
        return form


def _chip(row: EcolabelRow) -> Chip | None:
    if row.form.type_1 is None:
        return Chip(_(_TYPES[None]), "warning")
    return Chip(_(_TYPES[True]), "accent") if row.form.type_1 else None
