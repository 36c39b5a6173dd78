"""An address goes from the program that was started with it to the window that is open.

They meet at a socket of this machine that is named after the person and the database, open to
nobody else and to no network. What comes is read as an address again, whoever sent it. The start
makes these objects, and what they need is imported when there is a picture.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from moebelcirkel import paths
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from moebelcirkel.ui.window.main_window import MainWindow

_PASSWORD = re.compile(r"(?<=//)([^/:@]+):[^@/]*@")
_MOST_BYTES = 256
_WAIT_MS = 2_000
#: A socket of Linux lies at no longer path.
_LONGEST = 100
_TAKEN = b"taken\n"


def hand_over(target: str, article_id: int) -> bool:
    """Give an address to this person's window on that database; False where there is none."""
    from PySide6.QtNetwork import QLocalSocket

    from moebelcirkel.domain.shop import link_of

    socket = QLocalSocket()
    socket.connectToServer(_name(target))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(f"{link_of(article_id)}\n".encode())
    socket.flush()
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(_WAIT_MS):
        answer += socket.readAll().data()
    return answer == _TAKEN


def _name(target: str) -> str:
    import hashlib

    place = _PASSWORD.sub(r"\1@", target) if "://" in target else str(Path(target).absolute())
    key = hashlib.sha256(f"{paths.user_data()}\n{place}".encode()).hexdigest()[:24]
    name = f"moebelcirklen-{key}"
    # A folder that only this person can put anything into; a pipe of Windows lies in none.
    folder = os.environ.get("XDG_RUNTIME_DIR") or str(paths.user_data())
    path = f"{folder}/{name}"
    return path if sys.platform != "win32" and len(path.encode()) <= _LONGEST else name


class Links(QObject):
    """Hears addresses for the window, and keeps the last one until somebody is logged in."""

    def __init__(self, window: Callable[[], MainWindow | None], parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._waiting: int | None = None
        self._server: QLocalServer | None = None

    def listen(self, target: str) -> None:
        """Be found as the window on this database; a window before this one stays the one."""
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        self.close()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = _name(target)
        if self._server.listen(name):
            return
        probe = QLocalSocket()
        probe.connectToServer(name)
        if not probe.waitForConnected(_WAIT_MS):
            QLocalServer.removeServer(name)  # left by a program that was killed
            self._server.listen(name)

    def close(self) -> None:
        """Be found no longer."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def open(self, article_id: int) -> None:
        """Show this type, at once or after the log-in."""
        self._waiting = article_id
        self.follow()

    def follow(self) -> None:
        """Show what waits, where somebody is at work."""
        window, waiting = self._window(), self._waiting
        if window is None or window.page is None or waiting is None:
            return
        self._waiting = None
        window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if QApplication.activeModalWidget() is not None:
            window.messages.warn(_("Finish what is open first, and follow the link again."))
            return
        pages = window.help_pages()
        words = [word for word in ("shop", "articles") if word in pages]
        if not words:
            window.messages.warn(_("You see no furniture types, so the link opens nothing."))
            return
        window.go(words[0], waiting)

    def _connected(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            _Visitor(socket, self)

    def heard(self, line: bytes) -> bool:
        """One address that came; False where it is none."""
        from moebelcirkel.domain.shop import read_link

        try:
            self.open(read_link(line.decode("ascii", "replace").strip()))
        except Refused:
            return False
        return True


class _Visitor(QObject):
    """One program that hands an address over; it has little time and little room."""

    def __init__(self, socket: QLocalSocket, links: Links) -> None:
        super().__init__(socket)
        self._socket, self._links = socket, links
        self._said = b""
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(_WAIT_MS, self, socket.abort)
        self._read()

    def _read(self) -> None:
        self._said += self._socket.read(_MOST_BYTES + 1 - len(self._said)).data()
        line, ended, _rest = self._said.partition(b"\n")
        if not ended and len(self._said) <= _MOST_BYTES:
            return
        self._socket.readyRead.disconnect(self._read)
        if ended and self._links.heard(line):
            self._socket.write(_TAKEN)
            self._socket.flush()
            self._socket.disconnectFromServer()
        else:
            self._socket.abort()
