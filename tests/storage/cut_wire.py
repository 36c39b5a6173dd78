"""A wire between program and PostgreSQL that is cut when the server has done its work."""

import contextlib
import socket
import threading
from collections.abc import Iterator

_PIECE = 65_536


class CutWire:
    """Passes bytes both ways; once ``armed`` it lets a COMMIT through, but never its answer."""

    def __init__(self, port: int) -> None:
        self.armed = False
        self.cuts = 0
        self._server = ("127.0.0.1", port)
        self._ears = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._ears.getsockname()[1])
        self._sockets: list[socket.socket] = []
        self._spawn(self._accept)

    def _spawn(self, target: object, *arguments: object) -> None:
        threading.Thread(target=target, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        while True:
            try:
                program, _address = self._ears.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            self._sockets += [program, server]
            self._spawn(self._to_server, program, server)
            self._spawn(self._pass_on, server, program)

    def _to_server(self, program: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := program.recv(_PIECE):
                if self.armed and b"COMMIT\0" in piece:  # and not where READ COMMITTED begins
                    self.armed = False
                    self.cuts += 1
                    program.shutdown(socket.SHUT_RDWR)
                server.sendall(piece)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _pass_on(self, server: socket.socket, program: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(_PIECE):
                program.sendall(piece)

    def close(self) -> None:
        """Let go of every connection."""
        for each in (self._ears, *self._sockets):
            each.close()


@contextlib.contextmanager
def wire_to(port: int) -> Iterator[CutWire]:
    """A wire to the server on that port, for as long as a test lasts."""
    wire = CutWire(port)
    try:
        yield wire
    finally:
        wire.close()
