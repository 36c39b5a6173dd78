"""How commands and their options are said: each with what it does and what is written for it."""

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

from moebelcirkel.cli import values
from moebelcirkel.cli.wording import Parser
from moebelcirkel.language import _

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name


def commands(parser: Parser, into: str = "action", *, required: bool = True) -> Commands:
    """The commands of a parser; which of them was written is kept as ``into``."""
    return parser.add_subparsers(
        dest=into, required=required, metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )


def command(among: Commands, name: str, what: str) -> Parser:
    """One command, which says the same about itself in both helps."""
    return among.add_parser(name, help=what, description=what)


def option(
    to: argparse._ActionsContainer,
    name: str,
    metavar: str | None,
    what: str,
    kind: Callable[[str], object] = values.filled,
    **more: Any,
) -> None:
    """Something that is written: what it is called in the help, and what it may be."""
    to.add_argument(name, metavar=metavar, help=what, type=kind, **more)


def flag(to: argparse._ActionsContainer, name: str, what: str) -> None:
    """Something that is said or not."""
    to.add_argument(name, action="store_true", help=what)
