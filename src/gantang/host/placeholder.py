"""What the web address answers while the web server itself cannot: 503, 正在启动 or 正在恢复."""

import html
import json
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gantang.host.errors import HostError

#: Tells our own answer from the web server's while both listen on the port.
MARK = "gantang-placeholder"

_PAGE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{refresh}<title>{title}</title></head>
<body><main><h1>{title}</h1><p>{words}</p>
<h2 lang="en">{title_en}</h2><p lang="en">{words_en}</p>
</main></body></html>
"""
_ASKED = {
    "refresh": '<meta http-equiv="refresh" content="3">',
    "words": "已受理的内容都在，本页会自动刷新。",
    "words_en": "What was accepted is safe. This page reloads by itself.",
}
#: A page that reloaded by itself would take what was typed away.
_SENT = {
    "refresh": "",
    "words": "这次还没有受理。请返回上一页，稍后再次提交。",
    "words_en": "This has not been accepted. Go back one page and send it again soon.",
}


class Placeholder:
    """A tiny web server in a thread; ``words`` are shown on its page."""

    def __init__(self, bind: str, port: int) -> None:
        self._bind, self._port = bind, port
        self.words = ("正在启动", "Starting")
        self._server: ThreadingHTTPServer | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    def open(self) -> None:
        """Listen, beside a web server that is coming up; nothing happens if we listen already."""
        if self._server is None:
            self._server = _Listener((self._bind, self._port), _handler(self))
            threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = _family(address[0])
        super().__init__(address, handler)

    def server_bind(self) -> None:
        """The web processes listen with the same option, so that the port is never unanswered."""
        if hasattr(socket, "SO_REUSEPORT"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        socket.socket.setsockopt(self.socket, socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]


def _handler(owner: Placeholder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = MARK
        sys_version = ""
        timeout = 5

        def do_GET(self) -> None:
            body, kind = _body(self.path, owner.words, is_sent=self.command == "POST")
            self.send_response(503)
            for name, value in _headers(body, kind):
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged."""

    return Handler


def _headers(body: bytes, kind: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Retry-After", "3"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Connection", "close"),
    )


def _body(path: str, words: tuple[str, str], *, is_sent: bool) -> tuple[bytes, str]:
    zh, en = words
    if path.startswith("/api/") or path == "/health":
        problem = {
            "type": "about:blank",
            "status": 503,
            "code": "site.recovering",
            "title": zh,
            "title_en": en,
        }
        return json.dumps(problem, ensure_ascii=False).encode(), "application/problem+json"
    page = _PAGE.format(title=html.escape(zh), title_en=html.escape(en), **(_SENT if is_sent else _ASKED))
    return page.encode(), "text/html; charset=utf-8"


def _family(bind: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in bind else socket.AF_INET


def check_free(bind: str, port: int) -> None:
    """Refuse a port on which somebody listens already, even one who would share it."""
    with socket.socket(_family(bind)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise HostError(
                f"不能在 {bind} 的端口 {port} 上监听：{error.strerror}。可以设置 GANTANG_PORT。",
                f"Cannot listen on {bind}, port {port}: {error.strerror}. GANTANG_PORT sets another.",
            ) from None


def free_port(bind: str) -> int:
    """A port on which nobody listens at this moment."""
    with socket.socket(_family(bind)) as probe:
        probe.bind((bind, 0))
        return int(probe.getsockname()[1])


def answers(bind: str, port: int) -> bool:
    """Whether the web server itself answers on the port, with whatever status."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - compared, not bound
    with suppress(OSError), socket.create_connection((target, port), timeout=2) as link:
        link.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head = link.recv(4096)
        return head.startswith(b"HTTP/") and MARK.encode() not in head
    return False
