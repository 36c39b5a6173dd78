"""The three endings an action can have besides success; the texts are English message ids.

A domain rule never translates: it names the message and its values, and the edge (window,
command line) shows it in the reader's language through ``language.refusal``.
"""

import re

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|\([^()\n]*\)=\([^\n]*\)")
_LINES_OF_CODE = (" ", "Traceback", "The above exception", "During handling")


def without_values(trace: str) -> str:
    """A traceback without what people wrote: values quoted in messages, and a database's DETAIL.

    The lines of code, which are the program's own, stay as they are.
    """
    kept = [line for line in trace.split("\n") if not line.startswith(("DETAIL:", "CONTEXT:"))]
    return "\n".join(
        line if line.startswith(_LINES_OF_CODE) else _QUOTED.sub("…", line) for line in kept
    )


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "translate later"
    """Mark a message for translation without translating it here."""
    return message


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A rule said no. ``message`` is an English msgid, ``values`` fill its placeholders.

    ``field`` names the form field the message belongs to, when there is one.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
        self.field = field

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class Stale(Refused):
    """Someone else changed the row first; says who and when where it is known."""


class Anew(Refused):
    """What was undone is not done again by itself, but may be done anew where it was done."""


class SignedOut(Refused):
    """Whoever asks may not go on, and has to log in again where that is possible at all."""


class ClockDoubt(Refused):
    """The clock of this PC cannot be right, unless somebody says so."""


class Invalid(Refused):
    """Several fields are wrong at once: ``errors`` maps field name to its own ``Refused``."""

    def __init__(self, errors: dict[str, Refused]) -> None:
        super().__init__(N_("Some fields need correcting."))
        self.errors = errors


class Unavailable(Exception):  # noqa: N818 - the environment's fault, not the program's
    """The database cannot be used right now: locked, full, read-only, unreachable, damaged."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class Damaged(Unavailable):
    """The database file itself is damaged: nothing may be written to it any more."""


class Exchanged(Damaged):
    """Another file lies where the database was, which is still open."""


class Interrupted(Exception):  # noqa: N818 - a newer question made this one needless
    """A read was stopped because a newer one took its place, or the user cancelled."""
