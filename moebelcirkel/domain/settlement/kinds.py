"""Accounts and texts of their own for kinds of charges; what they leave open is as usual.

They are written as a line for each kind: ``gebyr = 22901020; 97001020; Gebyr {ordre}``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import ChargeKind

#: The kinds of charges by what a settlement's settings call them.
KIND_WORDS = {
    "levering": ChargeKind.HANDOVER,
    "lån": ChargeKind.LOAN,
    "gebyr": ChargeKind.FEE,
    "reparation": ChargeKind.REPAIR,
    "reservedel": ChargeKind.PART,
    "ekstern": ChargeKind.OUTSIDE,
    "reklamation": ChargeKind.PRICE,
    "rettelse": ChargeKind.REVERSAL,
}
#: What a line of a paper calls them; what is delivered is called by its piece alone.
CHARGE_NAMES = {
    ChargeKind.LOAN: N_("Loan"),
    ChargeKind.REPAIR: N_("Repair"),
    ChargeKind.PART: N_("Spare part"),
    ChargeKind.OUTSIDE: N_("Repaired by others"),
    ChargeKind.PRICE: N_("Complaint"),
    ChargeKind.REVERSAL: N_("Given back"),
}
_WORDS = {kind: word for word, kind in KIND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class KindAccount:
    """How one kind of charge is posted; empty is as the profile has it for all."""

    kind: str
    pays: str = ""
    gets: str = ""
    text: str = ""

    @property
    def word(self) -> str:
        """What the settings call the kind."""
        return _WORDS[ChargeKind(self.kind)]


def kinds_of(text: str) -> tuple[KindAccount, ...]:
    """The kinds as they are written; refuses one that nobody knows, or that stands there twice."""
    found: dict[str, KindAccount] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _equals, rest = (each.strip() for each in line.partition("="))
        kind = KIND_WORDS.get(word.casefold())
        if kind is None:
            raise Refused(
                N_("There is no charge “{name}”. Choose among {known}."),
                name=word,
                known=", ".join(KIND_WORDS),
            )
        if kind in found:
            raise Refused(N_("“{name}” stands there twice."), name=word)
        parts = [each.strip() for each in rest.split(";", 2)]
        if not any(parts):
            raise Refused(
                N_("Write “{name}” with an account, as in {name} = 22901020; 97001020; the text."),
                name=word,
            )
        found[kind] = KindAccount(kind, *parts)
    return tuple(found.values())


def own_kind(known: Iterable[str], chain: Sequence[str]) -> str:
    """The first of a charge's kind, and of what it corrects, that has accounts of its own.

    So what is given back goes to the account it was taken by, unless corrections have one.
    """
    own = set(known)
    return next((kind for kind in chain if kind in own), "")


def kept_kinds(profile: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds with accounts of their own in a profile as a batch keeps it."""
    return tuple(each["kind"] for each in profile.get("kinds", ()))
