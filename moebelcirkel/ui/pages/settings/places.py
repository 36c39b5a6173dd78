"""Places: one at a time, or all shelves of a hall in one line."""

from collections.abc import Sequence

from moebelcirkel.domain.fold import sort_key
from moebelcirkel.domain.places import PlaceKind
from moebelcirkel.language import N_, _, number
from moebelcirkel.services import places
from moebelcirkel.services.places import PlaceForm, PlaceRow
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.settings.calls import Calls
from moebelcirkel.ui.pages.settings.columns import state_column, tone
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.pages.settings.series import SeriesDialog
from moebelcirkel.ui.parts.codes import NEW_CODE


def kind_choices() -> list[Choice]:
    """The kinds of places."""
    return [Choice(kind.value, _(kind.label)) for kind in PlaceKind]


class PlacesSection(Register[PlaceRow]):
    """The register of places."""

    title = N_("Places")
    new_text = N_("New place")
    extra_text = N_("Create a series…")
    extra_icon = "table"
    calls = Calls(places.find, places.get, places.save, places.delete, PlaceForm(""))
    icon = "place"
    empty_text = N_("Places say where furniture stands. There are none yet.")
    given_up = ("kind", "pieces")

    def columns(self) -> Sequence[Column[PlaceRow]]:
        """Code, name, kind, and how much stands there."""
        return [
            Column(
                "code",
                _("Code"),
                lambda row: row.code,
                lambda row: row.sort_key,
                width=130,
                strong=True,
                tone=lambda row: tone(active=row.active),
            ),
            Column("name", _("Name"), lambda row: row.name, lambda row: sort_key(row.name)),
            text_column("kind", _("Type of place"), _kind, width=130),
            Column(
                "pieces",
                _("Furniture"),
                lambda row: number(row.pieces) if row.pieces else "",
                lambda row: row.pieces,
                "right",
                width=110,
            ),
            state_column(lambda row: row.active),
        ]

    def make_form(self) -> Form:
        form = Form(columns=1)
        helper = _("Stands on the shelf's label and is scanned. Letters, digits and - . /")
        code = LineField(_("Code"), helper=helper, required=True)
        code.line.setProperty(NEW_CODE, True)
        form.add("code", code)
        name = LineField(_("Name"), placeholder=_("e.g. Hal 2 · Reol 14 · C"))
        form.add("name", name)
        form.add("kind", ChoiceField(_("Type of place"), kind_choices(), required=True))
        form.add("active", CheckField(_("Active")))
        return form

    def form_of(self, row: PlaceRow) -> PlaceForm:
        """What can be corrected."""
        return PlaceForm(row.code, row.name, row.kind, row.active)

    def fill_top(self, card: CardFrame) -> None:
        """Labels for the shelves that are shown, or for the one that is chosen."""
        self.print_button = push_button(_("Print shelf labels…"), self.print_labels, icon="label")
        bar = row(None, self.print_button)
        bar.setContentsMargins(8, 6, 8, 6)
        card.body.addLayout(bar)

    def print_labels(self) -> None:
        """Open the sheet: of the chosen place, else of all in use that are listed."""
        from moebelcirkel.ui.parts.paper_dialog import PlaceLabelDialog

        rows = self.table.selected_rows() or self.model.rows
        places_shown = [each.id for each in rows if each.active]
        if places_shown:
            PlaceLabelDialog(self.shell, places_shown, self.window()).open()
        else:
            self.shell.messages.info(_("There are no places in use to print labels for."))

    def extra(self) -> None:
        """A whole series in one line."""
        dialog = SeriesDialog(self.shell, kind_choices(), self.window())
        dialog.created.connect(lambda done: self.done(done, dialog.said(done)))
        dialog.open()


def _kind(row: PlaceRow) -> str:
    return _(PlaceKind(row.kind).label)
