"""The words argparse itself says, in the reader's language.

It asks the process's gettext for them, which has no Danish; here it asks ours. What a later
Python may say besides stays English, and harms nothing.
"""

import argparse

from moebelcirkel.domain.errors import N_
from moebelcirkel.language import _, ngettext

#: As argparse spells them, so that they are found and translated like all other texts.
WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
)

vars(argparse).update(_=_, ngettext=ngettext)


class Parser(argparse.ArgumentParser):
    """Errors in one line: usage is what --help is for."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """End the program; a wrong command line is exit code 2."""
        self.exit(2, f"moebelcirkel: {message}\n")
