"""A real HTTP receiver in a thread: it notes what arrives, and fails, waits or hangs up as it is told."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO


@dataclass
class Heard:
    """One request as the receiver saw it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """``answer(heard)`` gives a status, or None to close without one; ``late`` seconds pass before it;
    where it ``drips``, it sends a header without end, a letter at a time, until it is ``cut`` off."""

    answer: Callable[[Heard], int | None] = lambda _heard: 204
    late: float = 0.0
    drips: bool = False
    asks: str = ""  # Retry-After
    heard: list[Heard] = field(default_factory=list)
    port: int = 0

    def start(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                one = Heard(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
                receiver.heard.append(one)
                status = receiver.answer(one)
                receiver.gate.wait(receiver.late)
                if receiver.drips:
                    self.close_connection = True
                    receiver.drip(self.wfile)
                    return
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                if receiver.asks:
                    self.send_header("Retry-After", receiver.asks)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.gate, self.cut = threading.Event(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def drip(self, out: BinaryIO) -> None:
        """A letter at a time for as long as somebody listens."""
        try:
            out.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.gate.wait(0.05):
                out.write(b"a")
        except OSError:
            self.cut.set()

    def stop(self) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/news?of=us"

    def counts(self) -> Counter[str]:
        """How often each news arrived."""
        return Counter(one.id for one in self.heard)
