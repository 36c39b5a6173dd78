"""People and pictures that were erased, and that an older copy has brought back."""

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.services import copies
from moebelcirkel.services.context import Context

_SHORT = 12


def nobody_has_come_back(context: Context, findings: Findings) -> None:
    """What is written beside the database as erased is not here."""
    back = copies.come_back(context)
    for key in sorted(back.accounts):
        findings.add(
            N_("User {key} was anonymised, but is here again. Anonymise the person again."), key=key
        )
    for picture in sorted(back.pictures):
        findings.add(
            N_("Picture {key} was erased, but is here again. Erase it again."), key=picture[:_SHORT]
        )
