"""The way between a phone and the site, with its weather: it lets through, cuts, slows, loses the answer after the
server has done the thing, or hands out a later edition of the app."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LEFT_OUT = {"connection", "transfer-encoding", "keep-alive"}
EDITION = re.compile(rb'EDITION = "(\w+)"')


@dataclass
class Weather:
    """How things stand on the way; changed while the phone is used."""

    up: str
    url: str = ""
    #: Nothing gets through at all.
    cut: bool = False
    #: Of these paths the answer is lost after the server has given it, so many times.
    lose: dict[str, int] = field(default_factory=dict)
    #: Of these paths the request does not arrive, so many times.
    refuse: dict[str, int] = field(default_factory=dict)
    #: Seconds that each request takes longer.
    slow: float = 0
    #: Behind the server's own edition of the app.
    edition: str = ""
    #: A file that is still that of another edition.
    stale: str = ""
    #: What came by: method, path, status (0: it did not get through).
    seen: list[tuple[str, str, int]] = field(default_factory=list)
    #: Called with path and status before an answer goes back.
    between: Callable[[str, int], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, table: dict[str, int], path: str) -> bool:
        with self.lock:
            name = next((one for one in table if path.startswith(one) and table[one] > 0), None)
            if name is None:
                return False
            table[name] -= 1
            return True

    @property
    def rewrites(self) -> bool:
        """Whether answers are changed on the way, which therefore come plain."""
        return bool(self.edition or self.stale)

    def count(self, method: str, path: str) -> int:
        return sum(one[0] == method and one[1].startswith(path) for one in self.seen)


class _Way(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    weather: Weather

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def _go(self) -> None:
        weather, path = self.weather, urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if weather.cut or weather.took(weather.refuse, path):
            weather.seen.append((self.command, path, 0))
            self._drop()
            return
        time.sleep(weather.slow)
        status, headers, answer = self._ask(body)
        weather.seen.append((self.command, path, status))
        if weather.between is not None:
            weather.between(path, status)
        if weather.cut or weather.took(weather.lose, path):
            self._drop()
            return
        if path.endswith("/sw.js") and weather.edition:
            answer = EDITION.sub(
                lambda found: b'EDITION = "' + found[1] + weather.edition.encode() + b'"', answer
            )
        if weather.stale and path.endswith(weather.stale):
            answer += b"\n// of another edition"
        self._tell(status, headers, answer)

    do_GET = do_POST = do_PUT = do_HEAD = _go  # noqa: N815

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        link = http.client.HTTPConnection(urlsplit(self.weather.up).netloc, timeout=60)
        try:
            kept_back = {"connection", *(("accept-encoding",) if self.weather.rewrites else ())}
            headers = {name: value for name, value in self.headers.items() if name.lower() not in kept_back}
            link.request(self.command, self.path, body or None, headers)
            answer = link.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            link.close()

    def _tell(self, status: int, headers: list[tuple[str, str]], answer: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in LEFT_OUT | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A phone that hangs up is what this is for."""


@contextmanager
def way(up: str) -> Iterator[Weather]:
    """A way to the site at `up`, on a port of its own."""
    weather = Weather(up)
    handler = type("Way", (_Way,), {"weather": weather})
    server = _Server(("127.0.0.1", 0), handler)
    weather.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield weather
    finally:
        server.shutdown()
        server.server_close()
