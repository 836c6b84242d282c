"""A site of one page on the real web server: a POST is acknowledged only after its commit."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """GET: how many rows are kept; POST: keep the path as a row."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=3) as link:
            if environ["REQUEST_METHOD"] == "POST":
                link.execute(
                    "INSERT INTO kept (id) VALUES (%s) ON CONFLICT DO NOTHING", [environ["PATH_INFO"]]
                )
            found = link.execute("SELECT count(*) FROM kept").fetchone()
    except psycopg.Error:
        start_response("503 Recovering", [("Content-Type", "text/plain")])
        return ["正在恢复".encode()]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(found and found[0]).encode()]
