"""Imports: a file is read, tried, taken in as one change, and undone as one."""

from typing import Any

from moebelcirkel.exchange.articles import ArticleRecord as ArticleRecord
from moebelcirkel.exchange.headers import contains_vat as contains_vat
from moebelcirkel.exchange.kinds.institutions import InstitutionRecord as InstitutionRecord
from moebelcirkel.exchange.kinds.records import RecordChoices as RecordChoices
from moebelcirkel.exchange.kinds.records import RecordField as RecordField
from moebelcirkel.exchange.lines import LineError as LineError
from moebelcirkel.exchange.mapping import Mapping as ColumnMapping
from moebelcirkel.exchange.mapping import Measure as Measure
from moebelcirkel.exchange.mapping import PriceBasis as PriceBasis
from moebelcirkel.exchange.mapping_file import ImportChoices as ImportChoices
from moebelcirkel.services.imports.articles import (
    Value,
    choices_from_file,
    choices_to_file,
    doubt,
    run,
    suggest,
    suggest_values,
    suggest_words,
    try_out,
    values,
)
from moebelcirkel.services.imports.institutions import INSTITUTIONS
from moebelcirkel.services.imports.pieces import PIECES, PlannedPieces
from moebelcirkel.services.imports.places import PLACES, PlannedPlaces
from moebelcirkel.services.imports.prices import PRICES, PlannedPrice
from moebelcirkel.services.imports.records import FileKind
from moebelcirkel.services.imports.records import run as run_records
from moebelcirkel.services.imports.records import suggest as suggest_records
from moebelcirkel.services.imports.records import try_out as try_records
from moebelcirkel.services.imports.sources import Source, error_list, read
from moebelcirkel.services.imports.taking_in import Imported, ImportWatch, Trial, alike, latest
from moebelcirkel.services.imports.users import USERS, PlannedUser
from moebelcirkel.storage.queries.imports import AlikeImport, ImportRow

#: Every kind of file of records, by its name.
RECORD_KINDS: dict[str, FileKind[Any, Any]] = {
    kind.key: kind for kind in (PIECES, INSTITUTIONS, PLACES, PRICES, USERS)
}
