"""The kinds of file the page takes in: their steps, what they ask of the services, and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moebelcirkel import services
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.pages.imports import previews, reading
from moebelcirkel.ui.pages.imports.record_steps import RecordSteps
from moebelcirkel.ui.pages.imports.step_frame import StepFrame
from moebelcirkel.ui.pages.imports.steps import ImportSteps

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.imports import Imported, ImportRow, ImportWatch, Source, Trial


class ImportFlow:
    """Files of one kind, from reading to importing; what is chosen is known to its steps alone."""

    key: str
    title: str
    about: str

    def make_steps(self) -> StepFrame:
        """The steps over such a file."""
        raise NotImplementedError

    def open_file(self, context: Context, path: Path) -> Any:
        """Read a file and suggest what its columns mean."""
        raise NotImplementedError

    def go_on(self, context: Context, path: Path, draft: dict[str, Any]) -> Any:
        """Read the file of an import that was begun, as it was read then."""
        raise NotImplementedError

    def read_again(self, context: Context, source: Source, facts: dict[str, Any]) -> Any:
        """The same bytes, read in another way."""
        raise NotImplementedError

    def try_out(
        self, context: Context, source: Source, choices: Any, *, any_price: bool
    ) -> Trial[Any]:
        """The dry run."""
        raise NotImplementedError

    def run(
        self, context: Context, source: Source, choices: Any, watch: ImportWatch, *, any_price: bool
    ) -> Imported:
        """Take the file in as one change."""
        raise NotImplementedError

    def facts(self, trial: Trial[Any]) -> list[Fact]:
        """What more there is to say of what will be made."""
        return []

    def go_text(self, count: int) -> str:
        """The button that imports so many lines."""
        text = ngettext("Import {count} line", "Import {count} lines", count)
        return text.format(count=number(count))

    def done_text(self, count: int) -> str:
        """What was imported."""
        text = ngettext("{count} line imported", "{count} lines imported", count)
        return text.format(count=number(count))


class ArticleFlow(ImportFlow):
    """Furniture types, with their prices and categories."""

    key = "articles"
    title = N_("Furniture types")
    about = N_("A price list as CSV or XLSX. Drop it here, or choose it. Nothing is saved yet.")

    def make_steps(self) -> StepFrame:
        return ImportSteps()

    def open_file(self, context: Context, path: Path) -> Any:
        return reading.open_file(context, path)

    def go_on(self, context: Context, path: Path, draft: dict[str, Any]) -> Any:
        return reading.go_on(context, path, draft)

    def read_again(self, context: Context, source: Source, facts: dict[str, Any]) -> Any:
        return reading.read_again(context, source, facts)

    def try_out(
        self, context: Context, source: Source, choices: Any, *, any_price: bool
    ) -> Trial[Any]:
        return services.imports.try_out(context, source, choices, any_price=any_price)

    def run(
        self, context: Context, source: Source, choices: Any, watch: ImportWatch, *, any_price: bool
    ) -> Imported:
        return services.imports.run(
            context,
            source,
            choices,
            any_price=any_price,
            progress=watch.progress,
            cancelled=watch.cancelled,
        )

    def go_text(self, count: int) -> str:
        text = ngettext("Import {count} furniture type", "Import {count} furniture types", count)
        return text.format(count=number(count))

    def done_text(self, count: int) -> str:
        text = ngettext(
            "{count} furniture type imported", "{count} furniture types imported", count
        )
        return text.format(count=number(count))


@dataclass
class RecordFlow(ImportFlow):
    """Records of a kind that the services describe."""

    key: str
    title: str
    about: str
    preview: Callable[[], list[Column[Any]]]
    more: Callable[[Trial[Any]], list[Fact]] = lambda _trial: []

    @property
    def _kind(self) -> Any:
        return services.imports.RECORD_KINDS[self.key]

    def make_steps(self) -> StepFrame:
        return RecordSteps(self._kind.fields, self.preview)

    def open_file(self, context: Context, path: Path) -> Any:
        return reading.open_records(context, self._kind, path)

    def go_on(self, context: Context, path: Path, draft: dict[str, Any]) -> Any:
        return reading.open_records(context, self._kind, path, draft.get("source", {}))

    def read_again(self, context: Context, source: Source, facts: dict[str, Any]) -> Any:
        return reading.records_again(context, self._kind, source, facts)

    def try_out(
        self, context: Context, source: Source, choices: Any, *, any_price: bool
    ) -> Trial[Any]:
        return services.imports.try_records(
            context, self._kind, source, choices, any_price=any_price
        )

    def run(
        self, context: Context, source: Source, choices: Any, watch: ImportWatch, *, any_price: bool
    ) -> Imported:
        return services.imports.run_records(
            context, self._kind, source, choices, watch, any_price=any_price
        )

    def facts(self, trial: Trial[Any]) -> list[Fact]:
        return self.more(trial)


def _pieces(trial: Trial[Any]) -> list[Fact]:
    """How many pieces the lines are, and how many types are made for them."""
    new = {record.new_type for record in trial.records if record.new_type}
    return [
        Fact(_("Pieces of furniture"), number(sum(record.count for record in trial.records))),
        Fact(_("New furniture types"), number(len(new))),
    ]


def _prices(trial: Trial[Any]) -> list[Fact]:
    """How many prices go up and down, and how many types had none."""
    known = [record for record in trial.records if record.before_ore is not None]
    return [
        Fact(_("Go up"), number(sum(record.price_ore > record.before_ore for record in known))),
        Fact(_("Go down"), number(sum(record.price_ore < record.before_ore for record in known))),
        Fact(_("Had no price"), number(len(trial.records) - len(known))),
    ]


FLOWS: tuple[ImportFlow, ...] = (
    ArticleFlow(),
    RecordFlow(
        "pieces",
        N_("Opening stock"),
        N_(
            "A list of the furniture you have: type, condition and place, and old numbers if there"
            " are any. CSV or XLSX. Nothing is saved yet."
        ),
        previews.piece_columns,
        _pieces,
    ),
    RecordFlow(
        "prices",
        N_("New prices"),
        N_(
            "New prices of furniture types that are there, by item number or name. The old prices"
            " stay in the history, and you see what changes before it is saved."
        ),
        previews.price_columns,
        _prices,
    ),
    RecordFlow(
        "institutions",
        N_("Institutions"),
        N_(
            "Institutions with department, EAN and CVR number, cost bearers and address. Weekdays"
            " and coordinates are not kept by the program."
        ),
        previews.institution_columns,
    ),
    RecordFlow(
        "places",
        N_("Places"),
        N_("Places as paths, for example Hal 1 / Reol 2 / A, or a series: Hal 1 / Reol 1–20."),
        previews.place_columns,
    ),
    RecordFlow(
        "users",
        N_("Users"),
        N_(
            "People with their roles and institutions, without passwords: nobody of them can log in"
            " before an administrator has given a password for one use."
        ),
        previews.user_columns,
    ),
)


def undo_text(row: ImportRow) -> str:
    """What undoing an import does."""
    if row.kind == ArticleFlow.key:
        text = ngettext(
            "{count} furniture type goes away again, if no furniture has come of it.",
            "{count} furniture types go away again, if no furniture has come of them.",
            row.taken,
        )
    else:
        text = ngettext(
            "What {count} line made or changed is as before, if nothing has happened to it since.",
            "What {count} lines made or changed is as before, if nothing has happened to it since.",
            row.taken,
        )
    return text.format(count=number(row.taken))
