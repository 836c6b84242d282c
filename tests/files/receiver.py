"""A small receiver of S3 requests that checks each signature by the published rule, written apart from ours."""

import hashlib
import hmac
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET, REGION = "EXAMPLEKEY", "a secret / of 示例", "cn-north-1"


class Receiver(ThreadingHTTPServer):
    """Keeps objects in the memory; ``failing`` is the status of every answer from now on."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.held: dict[str, tuple[bytes, float]] = {}
        self.refused: list[str] = []
        self.asked: list[str] = []
        self.failing = 0
        self.page = 1000
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where a bucket of it is."""
        return f"http://127.0.0.1:{self.server_port}/bucket/deep"


def _hash(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_any(self) -> None:
        """Check, then do."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(f"{self.command} {self.path}")
        place = urlsplit(self.path)
        if self.server.failing:
            self._answer(self.server.failing)
        elif not self._is_signed(place.path, place.query, body):
            self.server.refused.append(self.path)
            self._answer(403)
        else:
            getattr(self, f"_{self.command.lower()}")(unquote(place.path), place.query, body)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_any  # noqa: N815 - the library's names

    def _is_signed(self, path: str, query: str, body: bytes) -> bool:
        """The rule of the Signature Version 4, from the request as it came."""
        told = self.headers.get("Authorization", "")
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w{64})", told
        )
        if found is None or not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(found[2].split(";")):
            return False
        key, day, region, service, last = found[1].rsplit("/", 4)
        pairs = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in parse_qsl(query, True))
        wanted = [self.command, quote(unquote(path), safe="/-_.~"), "&".join(f"{k}={v}" for k, v in pairs)]
        wanted += [f"{name}:{' '.join(self.headers[name].split())}" for name in found[2].split(";")]
        wanted += ["", found[2], hashlib.sha256(body).hexdigest()]
        at, scope = self.headers["x-amz-date"], f"{day}/{region}/{service}/{last}"
        signing = _hash(_hash(_hash(_hash(f"AWS4{SECRET}".encode(), day), region), service), last)
        text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(chr(10).join(wanted).encode()).hexdigest()}"
        is_ours = (key, region, service, last) == (KEY, REGION, "s3", "aws4_request") and at.startswith(day)
        return is_ours and hmac.compare_digest(_hash(signing, text).hex(), found[3])

    def _put(self, path: str, query: str, body: bytes) -> None:
        self.server.held[path] = (body, time.time())
        self._answer(200)

    def _head(self, path: str, query: str, body: bytes) -> None:
        self._get(path, query, body)

    def _get(self, path: str, query: str, body: bytes) -> None:
        if "list-type=2" in query:
            return self._list(dict(parse_qsl(query, True)))
        if path not in self.server.held:
            return self._answer(404)
        data, at = self.server.held[path]
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        data = data[int(asked[1]) : int(asked[2]) + 1] if asked else data
        return self._answer(206 if asked else 200, data, **{"Last-Modified": self.date_time_string(int(at))})

    def _list(self, query: dict[str, str]) -> None:
        keys = sorted(one.removeprefix("/bucket/") for one in self.server.held)
        keys = [
            one
            for one in keys
            if one.startswith(query["prefix"]) and one > query.get("continuation-token", "")
        ]
        shown, more = keys[: self.server.page], len(keys) > self.server.page
        text = "".join(f"<Contents><Key>{one}</Key></Contents>" for one in shown)
        text += f"<NextContinuationToken>{shown[-1]}</NextContinuationToken>" if more else ""
        self._answer(200, f"<ListBucketResult>{text}</ListBucketResult>".encode())

    def _delete(self, path: str, query: str, body: bytes) -> None:
        self.server.held.pop(path, None)
        self._answer(204)

    def _answer(self, status: int, data: bytes = b"", **heads: str) -> None:
        self.send_response(status)
        for name, value in {**heads, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *given: Any) -> None:
        """Nothing is told."""
