"""Composition: the only place that knows everything. Arguments in, exit code out.

Without a command the window opens; everything that costs time is imported after it is painted.
"""

import contextlib
import gc
import io
import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from moebelcirkel import __version__, language, paths, settings
from moebelcirkel.domain.errors import Refused, Unavailable, without_values

_ADDRESS = re.compile(
    r"(?P<before>postgres(?:ql)?(?:\+\w+)?://[^/:@\s]+):(?P<password>[^/@\s]+)(?P<after>@)"
)
#: What tells Qt on Linux where a window can be shown.
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")


def main(argv: Sequence[str]) -> int:
    """Run the program; the exit code is 0 when all went well."""
    argv = hide_password(argv)
    if not argv:  # most starts; the words of the command line need not be read for them
        return _window(None)
    from moebelcirkel.cli import arguments

    _let_pass()
    language.set_language(settings.Settings().get(settings.LANGUAGE))
    options = arguments.parse(argv)
    if options.command is None:
        return _window(options.database)
    if options.command == "open":
        return _open(options.link, options.database)
    _log_to_file()
    # What a command loads and makes is kept until it ends: looking for garbage finds little.
    gc.set_threshold(50_000, 20, 50)
    if options.command == "tour":
        return _tour(options.out, options.shots, options.database)
    if options.command == "self-test":
        return _self_test()
    from moebelcirkel.cli import running

    return running.run(options)


def _let_pass() -> None:
    """A sign that the terminal has no code for is written as ``?``; those of Windows lack many."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def hide_password(argv: Sequence[str]) -> list[str]:
    """The arguments without a password in an address, which everybody on a machine can read.

    It goes on to PostgreSQL's own variable, and on POSIX the program starts again without it.
    """
    found = [_ADDRESS.search(each) for each in argv]
    secrets = [match["password"] for match in found if match]
    if not secrets:
        return list(argv)
    os.environ["PGPASSWORD"] = unquote(secrets[0])
    clean = [_ADDRESS.sub(r"\g<before>\g<after>", each) for each in argv]
    if os.name == "posix" and list(sys.argv[1:]) == list(argv):
        os.execv(sys.executable, [*paths.program(), *clean])
    return clean


def _open(link: str, target: str | None) -> int:
    """The window on the type that an address names: the one that is open, or a new one."""
    from moebelcirkel.cli import running
    from moebelcirkel.domain.shop import read_link

    try:
        article_id = read_link(link)
    except Refused as error:
        running.say(language.refusal(error))
        return 1
    return _window(target, article_id)


def _window(target: str | None, article_id: int | None = None) -> int:
    """The desktop program on the database given, or on the one this PC remembers.

    With the id of a type it shows that, in the window that is open already where there is one.
    """
    if _no_screen():
        return 1
    # Collecting garbage while some ten thousand objects are made costs a third of the start.
    gc.disable()
    from PySide6.QtCore import QTimer

    from moebelcirkel.ui.kit import theme
    from moebelcirkel.ui.kit.crash import CrashHandler
    from moebelcirkel.ui.kit.gui_thread import Collector
    from moebelcirkel.ui.window.program import Program

    app = theme.application(sys.argv[:1])
    app.setApplicationName("Møbelcirklen")
    app.setApplicationVersion(__version__)
    own = settings.Settings()
    if article_id is not None:
        from moebelcirkel.ui.window.links import hand_over

        if hand_over(target or own.get(settings.DATABASE), article_id):
            return 0
    program = Program(app, own, target)
    if article_id is not None:
        program.links.open(article_id)
    crash = CrashHandler(paths.logs(), __version__, app.quit)
    crash.install()
    program.login_flow.start_window.when_painted(_log_to_file)
    try:
        program.start()
        QTimer.singleShot(2_000, program, lambda: Collector(program))
        return app.exec()
    finally:
        program.end()
        crash.uninstall()


def _no_screen() -> bool:
    """Say that there is nowhere to show a window, where Qt would only abort; Linux knows it."""
    if sys.platform != "linux" or any(os.environ.get(name) for name in _SCREENS):
        return False
    from moebelcirkel.cli import running

    language.set_language(settings.Settings().get(settings.LANGUAGE))
    running.say(
        language._("There is no screen here for the window. The commands need none: see --help.")
    )
    return True


def _tour(out: str | None, shots: str | None, target: str | None) -> int:
    """The main job without a screen, and pictures of the pages."""
    from moebelcirkel.cli import running
    from moebelcirkel.ui.headless import tour

    try:
        return tour.run(
            out=Path(out) if out else None, shots=Path(shots) if shots else None, target=target
        )
    except (Refused, Unavailable) as error:
        running.say(language.refusal(error))
        return 1


def _self_test() -> int:
    """Prove that this installation can do its work, down to a window."""
    from moebelcirkel.cli import self_test
    from moebelcirkel.ui.headless import self_test as window_test

    return self_test.run(window_test.check)


def _log_to_file() -> None:
    """Warnings and bugs go to a log file of bounded size; without a folder only to the screen."""
    from logging.handlers import RotatingFileHandler  # which brings sockets and much else

    handlers: list[logging.Handler] = []
    with contextlib.suppress(OSError, Unavailable):
        folder = paths.made(paths.logs())
        handlers.append(
            RotatingFileHandler(
                folder / "moebelcirklen.log",
                maxBytes=1_000_000,
                backupCount=3,
                encoding="utf-8",
                delay=True,
            )
        )
    logging.basicConfig(level=logging.WARNING, handlers=handlers or None)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))


class _Discreet(logging.Formatter):
    """Writes tracebacks without the values that people wrote."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging calls it so
        """The traceback of an error, as the log keeps it."""
        return without_values(super().formatException(ei))
