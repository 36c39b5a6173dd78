"""What only `work` does, by a `work` that the open window starts: one PC often has no scheduler."""

from moebelcirkel.services import apart, messages
from moebelcirkel.services.context import Context
from moebelcirkel.services.routines.table import Step

#: The way that stands in the log.
WAY = "beside"


def may(context: Context) -> bool:
    """Whether the open window may: of a file, where the mail server would let this PC in.

    Where many share a server, its password is with one machine alone: others would be refused,
    and all would wait.
    """
    if not context.database.is_sqlite or not context.parameter("mail_window"):
        return False
    return messages.can_log_in(context)


def work(context: Context, step: Step, *words: str) -> None:
    """Do it, and wait for it; who is closed meanwhile lets it come to its end by itself."""
    file = str(context.database.url.database)
    apart.attend(apart.start("--database", file, "work", "--beside-window", *words), step)
