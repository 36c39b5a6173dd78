"""How a municipality's finance system wants its posting file, and what it would send back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.identifiers import ean_number
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.settlement.kinds import KindAccount, kinds_of

CURRENCY = "DKK"

#: The columns there are, by the name a profile calls them.
FIELDS = (
    "Batchnr",
    "Bilagsnr",
    "Linjenr",
    "Bilagsdato",
    "Bogføringsdato",
    "Periode",
    "Regnskabsår",
    "Artskonto",
    "Kostbærertype",
    "Kostbærer",
    "EAN",
    "CVR",
    "Modpart",
    "DebetKredit",
    "Beløb",
    "BeløbMedFortegn",
    "Valuta",
    "Momskode",
    "Tekst",
    "Ordrenr",
    "Institution",
    "GodkendtAf",
    "Reference",
)
#: Of those, what is a number or a day: never quoted, never guarded.
PLAIN = frozenset(
    {
        "Bilagsnr",
        "Linjenr",
        "Bilagsdato",
        "Bogføringsdato",
        "Periode",
        "Regnskabsår",
        "Beløb",
        "BeløbMedFortegn",
    }
)
TEXT_WORDS = ("ordre", "institution", "måned", "møbelbørs")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file: its header, and its field or a fixed text."""

    header: str
    field: str | None
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How the municipality's finance system wants its postings."""

    columns: tuple[FileColumn, ...]
    heading: bool
    windows: bool
    compact_dates: bool
    point: bool
    text: str
    text_length: int
    account_pays: str
    account_gets: str
    bearer_gets: str
    account_pattern: str
    bearer_pattern: str
    vat_own: str
    vat_other: str
    last_period: int
    kinds: tuple[KindAccount, ...] = ()

    def of(self, kind: str) -> KindAccount:
        """The accounts and the text of a kind of charge, as usual where it has none."""
        own = next((each for each in self.kinds if each.kind == kind), KindAccount(kind))
        return KindAccount(
            kind,
            own.pays or self.account_pays,
            own.gets or self.account_gets,
            own.text or self.text,
        )


#: The settings a profile is made of, by its fields.
KEYS = tuple(f"settlement_{name}" for name in Profile.__dataclass_fields__)


def profile_of(values: Mapping[str, Value]) -> Profile:
    """The profile out of the settings; refuses columns nobody knows."""
    named = {key.removeprefix("settlement_"): values[key] for key in KEYS}
    named["columns"] = columns_of(str(named["columns"]))  # type: ignore[assignment]
    named["kinds"] = kinds_of(str(named["kinds"]))  # type: ignore[assignment]
    return Profile(**named)  # type: ignore[arg-type]


def columns_of(text: str) -> tuple[FileColumn, ...]:
    """Columns as they are written: ``Felt``, ``Overskrift=Felt`` or ``Overskrift="fast tekst"``."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        header, _equals, rest = (each.strip() for each in part.partition("="))
        if rest[:1] == rest[-1:] == '"' and len(rest) > 1:
            found.append(FileColumn(header, None, rest[1:-1]))
            continue
        field = rest or header
        if field not in FIELDS:
            raise Refused(
                N_("There is no column “{name}”. Choose among {known}."),
                name=field,
                known=", ".join(FIELDS),
            )
        found.append(FileColumn(header, field))
    amounts = {column.field for column in found} & {"Beløb", "BeløbMedFortegn"}
    if not amounts:
        raise Refused(N_("The file needs a column of the amount: Beløb or BeløbMedFortegn."))
    return tuple(found)


def check_text(template: str) -> str:
    """The template of a posting's text; refuses words in braces that nobody knows."""
    try:
        words = {name for _text, name, _spec, _how in Formatter().parse(template) if name}
    except ValueError as error:
        raise Refused(N_("A brace is missing in the text.")) from error
    for word in words - set(TEXT_WORDS):
        raise Refused(
            N_("There is no {{{name}}}. Choose among {known}."),
            name=word,
            known=", ".join(f"{{{known}}}" for known in TEXT_WORDS),
        )
    return template


def text_of(profile: Profile, values: Mapping[str, str], kind: str = "") -> str:
    """A posting's text, on one line and never longer than the finance system takes."""
    whole = profile.of(kind).text.format_map({word: values.get(word, "") for word in TEXT_WORDS})
    return " ".join(whole.split())[: profile.text_length].rstrip()


def check_kinds(text: str) -> None:
    """Refuses kinds that nobody knows, and texts of theirs with words nobody knows."""
    for each in kinds_of(text):
        check_text(each.text)


def check_pattern(pattern: str) -> str:
    """A pattern that numbers must have; refuses one that is none."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise Refused(N_("This is not a pattern. Example: [0-9]{8,10}")) from error
    return pattern


def fits(pattern: str, value: str) -> bool:
    """Whether a number is of the pattern from end to end."""
    return re.fullmatch(pattern, value) is not None


def profile_faults(profile: Profile) -> list[Refused]:
    """What is missing or wrong in the settings, so that no posting can be made."""
    found = []
    for value, pattern, missing, wrong in (
        (
            profile.account_pays,
            profile.account_pattern,
            N_("The account of who pays is missing. Fill it in under Settings, Settlement."),
            N_("The account of who pays, {value}, is not of the pattern under Settings."),
        ),
        (
            profile.account_gets,
            profile.account_pattern,
            N_("The account of the exchange is missing. Fill it in under Settings, Settlement."),
            N_("The account of the exchange, {value}, is not of the pattern under Settings."),
        ),
        (
            profile.bearer_gets,
            profile.bearer_pattern,
            N_("The exchange's cost bearer is missing. Fill it in under Settings, Settlement."),
            N_("The exchange's cost bearer, {value}, is not of the pattern under Settings."),
        ),
    ):
        if not value:
            found.append(Refused(missing))
        elif not fits(pattern, value):
            found.append(Refused(wrong, value=value))
    return [*found, *_faults_of_kinds(profile)]


def _faults_of_kinds(profile: Profile) -> Iterator[Refused]:
    for each in profile.kinds:
        for value in filter(None, (each.pays, each.gets)):
            if not fits(profile.account_pattern, value):
                yield Refused(
                    N_("The account {value} of {kind} is not of the pattern under Settings."),
                    value=value,
                    kind=each.word,
                )


def ean_is_wrong(ean: str) -> bool:
    """Whether an EAN number is there and cannot be right."""
    if not ean:
        return False
    try:
        ean_number(ean)
    except Refused:
        return True
    return False
