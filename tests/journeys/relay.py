"""Stands between browsers and the server, and keeps every byte that passes, in both directions."""

import contextlib
import re
import socket
import threading

from tests.journeys.server import free_port

PACKED = re.compile(rb"\r\naccept-encoding:", re.IGNORECASE)
"""Renamed on the way, so that no answer is compressed and each can be searched as it is."""


class Relay:
    """`asked` and `answered`: all that came from browsers, and all that the server said."""

    def __init__(self, server_port: int) -> None:
        self.port = free_port()
        self.server_port = server_port
        self.asked = bytearray()
        self.answered = bytearray()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._open: list[socket.socket] = []

    def __enter__(self) -> "Relay":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in [self._listening, *self._open]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                self._open.append(browser)
                server = socket.create_connection(("127.0.0.1", self.server_port))
                self._open.append(server)
                for ends in ((browser, server, self.asked), (server, browser, self.answered)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, kept: bytearray) -> None:
        with contextlib.suppress(OSError):
            while chunk := one.recv(65536):
                if kept is self.asked:
                    chunk = PACKED.sub(b"\r\nnot-for-packing:", chunk)
                kept += chunk
                other.sendall(chunk)
            other.shutdown(socket.SHUT_WR)
