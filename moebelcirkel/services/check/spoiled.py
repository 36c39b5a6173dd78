"""What was changed past the program, said where a service stumbles over it."""

from dataclasses import replace

from moebelcirkel.domain.check import Finding, Findings
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.check.whole import text
from moebelcirkel.storage.checks import file as check_file
from moebelcirkel.storage.checks import stored, strays
from moebelcirkel.storage.work import Session

_PARTS = (
    stored.values_are_of_their_kind,
    stored.values_keep_rules,
    stored.values_can_be_added_up,
    strays.rows_refer_to_rows,
)
#: How many are named: the check of the figures names them all.
_MOST = 3
_SPOILED = N_(
    "The database was changed outside the program, so this can be neither shown nor done: {what}"
    " Restore a copy from before that."
)


def refusal(session: Session, findings: Findings) -> Refused | None:
    """What to say where values stand there that no service can use; None where there are none."""
    for part in _PARTS:
        check_file.guarded(part, session, findings)
    return Refused(_SPOILED, what=said(session, findings)) if findings.found else None


def said(session: Session, findings: Findings) -> str:
    """The first of what was found, in the reader's language."""
    return " ".join(text(_named(session, each)) for each in findings.found[:_MOST])


def _named(session: Session, finding: Finding) -> Finding:
    """A piece by its label and a type by its name, which stand in its row beside what is wrong."""
    values = finding.values
    name = stored.name_of(session, str(values.get("table")), str(values.get("key")))
    return replace(finding, values={**values, "key": name}) if name else finding
