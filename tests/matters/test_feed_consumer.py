"""A bank that asks for the feed of notices over HTTP and keeps it in a file: what it shows, whatever it misses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.db import connections

from gantang.kit import signing
from gantang.kit.canonical import canonical
from tests.matters.ways.performing import noticed

if TYPE_CHECKING:
    from tests.world import World


class Quiet(WSGIRequestHandler):
    def log_message(self, *_told: object) -> None:
        """Nothing is said of requests."""


@contextmanager
def site() -> Iterator[str]:
    """The site's own application behind a socket."""
    from django.core.wsgi import get_wsgi_application

    app = get_wsgi_application()

    def closing(environ: dict[str, Any], start: Any) -> Any:
        try:
            return app(environ, start)
        finally:
            connections.close_all()

    with make_server("127.0.0.1", 0, closing, handler_class=Quiet) as server:
        served = threading.Thread(target=server.serve_forever, daemon=True)
        served.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/feeds/court_notice.json"
        finally:
            server.shutdown()
            served.join(10)


@dataclass
class Bank:
    """Keeps to the four rules of `docs/how-to/court-notices.md`; `kept` outlives it."""

    url: str
    kept: Path
    mark: str = ""

    def ask(self) -> int:
        """Once; 0 where nobody answers."""
        try:
            with urlopen(Request(self.url, headers={"If-None-Match": self.mark}), timeout=20) as answer:
                body, self.mark = json.loads(answer.read()), answer.headers["ETag"]
        except HTTPError as error:
            return error.code
        except URLError:
            return 0
        signed = {name: value for name, value in body.items() if name != "signature"}
        given = body["signature"]
        made = signing.Signature(given["signer"], given["key"], bytes.fromhex(given["value"]))
        if signing.holds(canonical(signed), made) and body["edition"] > self._body().get("edition", 0):
            self.kept.write_text(json.dumps(body), encoding="utf-8")
        return 200

    def shows(self, at: datetime) -> list[str]:
        body = self._body()
        if not body or datetime.fromisoformat(body["expires_at"]) <= at:
            return []
        items = [
            one for one in body["items"] if not one["until"] or datetime.fromisoformat(one["until"]) > at
        ]
        return [one["document_number"] for one in items]

    def _body(self) -> dict[str, Any]:
        found: dict[str, Any] = (
            json.loads(self.kept.read_text(encoding="utf-8")) if self.kept.exists() else {}
        )
        return found


NUMBER = "（2026）赣0102民初123号"


def test_a_bank_that_never_hears_of_a_withdrawal_shows_nothing_after_the_expiry(
    open_world: "World", tmp_path: Path
) -> None:
    _, notice = noticed(open_world)
    with site() as url:
        bank = Bank(url, tmp_path / "feed.json")
        assert (bank.ask(), bank.ask()) == (200, 304)
        notice.go("told")  # the bank is cut off now, and started anew from its file
    cut_off = Bank(url, tmp_path / "feed.json")
    assert cut_off.ask() == 0
    made = datetime.fromisoformat(json.loads(cut_off.kept.read_text())["made_at"])
    assert cut_off.shows(made + timedelta(hours=24) - timedelta(seconds=1)) == [NUMBER]
    assert cut_off.shows(made + timedelta(hours=24)) == []


def test_a_bank_that_asks_again_has_the_whole_set_and_what_was_withdrawn_is_gone(
    open_world: "World", tmp_path: Path
) -> None:
    main, notice = noticed(open_world)
    noticed(open_world, main)
    with site() as url:
        bank = Bank(url, tmp_path / "feed.json")
        bank.ask()
        made = datetime.fromisoformat(json.loads(bank.kept.read_text())["made_at"])
        assert len(bank.shows(made)) == 2
        notice.go("told")
        assert bank.ask() == 200
        assert len(bank.shows(made)) == 1
