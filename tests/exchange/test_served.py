"""On a running site: whatever is sent, the API answers as its document says (schemathesis, all checks), and what is sent
at the same time with one key has one effect.
"""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.scale import scaled
from tests.serving import served

CONFIG = ROOT / "tests" / "exchange" / "schemathesis.toml"


@dataclass(frozen=True)
class Site:
    """Where it answers, what is in it, and the file that says so."""

    url: str
    seed: dict[str, Any]
    told: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    told = tmp_path_factory.mktemp("exchange") / "seed.json"
    with served("api", "tests.exchange.served", str(told), "40", seconds=120) as site:
        yield Site(site.url, json.loads(told.read_text(encoding="utf-8")), told)


def heard(site: Site, folder: Path, *words: str) -> dict[str, dict[str, int]]:
    """What each operation answered, after a run without findings."""
    kept = folder / "heard.json"
    env = {
        **os.environ,
        "EXCHANGE_SEED": str(site.told),
        "EXCHANGE_HEARD": str(kept),
        "EXCHANGE_EACH": str(scaled(7, 1)),
        "EXCHANGE_TOKEN": site.seed["tokens"]["receiver"],
        "EXCHANGE_CODE": site.seed["matters"][0]["code"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [str(Path(sys.executable).with_name("st")), "--config-file", str(CONFIG), "--no-color", "run"]
    made = subprocess.run(
        [*command, f"{site.url}/api/v1/openapi.json", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout[-60_000:] + made.stderr[-5_000:]
    found: dict[str, dict[str, int]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def never_well(found: dict[str, dict[str, int]]) -> list[str]:
    """Operations that never succeeded."""
    return sorted(name for name, statuses in found.items() if not any(one[0] == "2" for one in statuses))


@pytest.mark.slow
@pytest.mark.parametrize("words", [scaled("-n 8", "-n 30"), pytest.param("-n 100", marks=pytest.mark.prove)])
def test_requests_of_each_kind_find_nothing_and_each_operation_succeeds_at_least_once(
    site: Site, tmp_path: Path, words: str
):
    found = heard(site, tmp_path, *words.split())
    assert never_well(found) == []


def asked(
    site: Site, path: str, body: dict[str, Any] | None = None, key: str = ""
) -> tuple[int, dict[str, Any]]:
    """(status, answer) of one request as the receiver."""
    heads = {"Authorization": f"Bearer {site.seed['tokens']['receiver']}", "Content-Type": "application/json"}
    heads |= {"Idempotency-Key": key} if key else {}
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(site.url + path, data, heads), timeout=60) as answer:
        return answer.status, json.load(answer)


_BODY = b"POST /api/v1/reports HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
_NEXT = b"GET /api/v1/classes HTTP/1.1\r\nHost: {host}\r\n\r\n"
#: Heads that say twice, or otherwise than it should be said, where a body ends; another request stands in it.
SMUGGLING = (
    b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
    b"Content-Length: 2\r\nTransfer-Encoding: xchunked\r\n\r\n{}",
    b"Content-Length: 2\r\nTransfer-Encoding : chunked\r\n\r\n{}",
    b"Content-Length: +2\r\n\r\n{}",
    b"Content-Length: -2\r\n\r\n{}",
    b"Content-Length: 2\r\n X: a\r\n\r\n{}",
    b"Content-Length: 2\r\nX: a\x00b\r\n\r\n{}",
    b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
)


@pytest.mark.parametrize("heads", SMUGGLING)
def test_no_second_request_is_read_out_of_a_body_whose_end_is_told_in_two_ways(site: Site, heads: bytes):
    host, port = urlsplit(site.url).hostname or "", urlsplit(site.url).port or 0
    sent = (_BODY + heads + _NEXT).replace(b"{host}", f"{host}:{port}".encode())
    with socket.create_connection((host, port), timeout=20) as link:
        link.sendall(sent)
        link.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := link.recv(65_536):
            heard += piece
    found = re.findall(rb"HTTP/1\.1 (\d+)", heard)
    assert len(found) == 1 and found[0].startswith(b"4"), heard[:400]


def test_fifty_parallel_posts_with_one_key_make_one_matter(site: Site):
    words = "示例：同一件事同时报了五十次。"
    body = {"words": words, "class": site.seed["class"], "ground": site.seed["grid"], "anonymous": True}
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: asked(site, "/api/v1/matters", body, "fifty"), range(50)))
    assert {status for status, _ in answers} == {201}
    assert len({json.dumps(answer, sort_keys=True) for _, answer in answers}) == 1
    _, found = asked(site, "/api/v1/matters/search?q=" + urllib.request.quote("同时报了五十次"))
    assert [one["number"] for one in found["items"]] == [answers[0][1]["number"]]
