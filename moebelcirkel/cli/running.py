"""Running a command: open the database, find out who asks, and say errors in one line."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from importlib import import_module

from moebelcirkel import settings
from moebelcirkel.domain.errors import N_, Invalid, Refused, Unavailable
from moebelcirkel.language import _, refusal
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import clock, login, opening, system_user

PASSWORD_VARIABLE = "MOEBELCIRKEL_PASSWORD"

Run = Callable[[argparse.Namespace, Context], int]
Alone = Callable[[argparse.Namespace], int]

#: Commands that make or open the database themselves.
_ALONE = {
    name: name
    for name in ("demo", "migrate", "move", "backup", "restore", "prove", "server", "doctor")
}
#: Commands for whoever may use this machine, acting as the program itself.
_MACHINE = {"user": "users", "work": "work"}
#: Commands a user runs with the user's own rights.
_PERSON = {
    "import": "imports",
    "report": "reports",
    "labels": "labels",
    "shop": "shop",
    "check": "check",
    "person": "persons",
}
#: The command that helps where the window says what is wrong with a database.
_HELPS = {
    opening.MISSING: "demo --create",
    opening.EMPTY: "demo --create",
    opening.NOT_SET_UP: "migrate",
    opening.OLDER: "migrate",
}


def run(options: argparse.Namespace) -> int:
    """Run the chosen command; 0 is success, 1 a finding or a refusal."""
    try:
        code = _run(options)
        if sys.stdout is not None:
            sys.stdout.flush()  # at exit it would be too late to say that nobody heard us
        return code
    except Invalid as error:
        for wrong in error.errors.values():
            say(refusal(wrong))
    except (Refused, Unavailable) as error:
        helps = _HELPS.get(error.message)
        hint = "" if helps is None else _("This does it: moebelcirkel {command}")
        say(f"{refusal(error)} {hint.format(command=helps)}")
    except KeyboardInterrupt:
        say(_("Stopped. Nothing was saved."))
    except BrokenPipeError:
        _mute()  # whoever read our lines has read enough
    except OSError as error:
        if error.filename is not None:
            raise
        _mute()
        say(_("The answer could not be written out. Check that there is room on the drive."))
    return 1


def _mute() -> None:
    """Python must not try to write the rest at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """One line on stderr."""
    print(f"moebelcirkel: {' '.join(text.split())}", file=sys.stderr)


def target_of(options: argparse.Namespace) -> str:
    """The database named, or the one this PC remembers."""
    target = options.database or settings.Settings().get(settings.DATABASE)
    if not target:
        raise Refused(N_("Say which database to use, with --database."))
    return str(target)


def _run(options: argparse.Namespace) -> int:
    if options.command in _ALONE:
        alone: Alone = import_module(f"moebelcirkel.cli.{_ALONE[options.command]}").run
        return alone(options)
    context = opening.open_existing(target_of(options))
    try:
        if options.clock_is_right:
            clock.confirm(context)
        if options.command in _MACHINE:
            name = _MACHINE[options.command]
        else:
            name = _PERSON[options.command]
            context = context.as_actor(_identify(options, context).actor)
        run_command: Run = import_module(f"moebelcirkel.cli.{name}").run
        return run_command(options, context)
    finally:
        opening.close(context)


def _identify(options: argparse.Namespace, context: Context) -> Context:
    """The person by --user and password, or by the system's user where it is linked."""
    if options.user is None:
        actor = login.log_in_by_server(context)
        return context.as_actor(actor or login.log_in_by_system(context, system_user.names()))
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        password = asked(options.user)
    return context.as_actor(login.log_in(context, options.user, password))


def asked(name: str) -> str:
    """The password from the terminal; without one there is nobody to ask."""
    if not sys.stdin.isatty():
        raise Refused(
            N_("There is no terminal to ask for the password. Give it in {variable}."),
            variable=PASSWORD_VARIABLE,
        )
    try:
        return getpass.getpass(_("Password for {name}: ").format(name=name))
    except EOFError:
        raise Refused(N_("No password was given.")) from None
