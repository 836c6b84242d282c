"""The site's own connections over a restart of the database: the next query works, however long it was away."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import ConnectionHandler
from django.test import RequestFactory

from gantang.host import cluster, residents
from gantang.site import views
from gantang.site.database import connections as made
from tests.faults.bench import Site, until


@pytest.fixture
def link(
    site: Site, django_db_blocker: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BaseDatabaseWrapper]:
    """The site's pooled connection to the server under test, in the place where the views look for it.

    Django keeps its pools by alias for the whole process: without a place of its own, this would be the pool
    of whatever test used a database before.
    """
    monkeypatch.setattr(DatabaseWrapper, "_connection_pools", {})
    secret = (site.folder / "keys" / "postgres_owner").read_text()
    sockets = (site.data / "postmaster.pid").read_text().splitlines()[4]
    url = f"postgresql://{cluster.OWNER}:{quote(secret)}@/{cluster.DATABASE}?host={quote(sockets)}"
    handler = ConnectionHandler(made(url, app_role=cluster.OWNER, app_password=secret, pool=4))
    found = handler["default"]
    monkeypatch.setattr(views, "connections", handler)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield found
        found.close()
        found.close_pool()


def test_next_query_works_after_the_database_came_back(site: Site, link: BaseDatabaseWrapper) -> None:
    assert _ask(link) == 1
    until(lambda: _settled(link), 5, "no connection is in the making, which would come up after the restart")
    before = site.pid("postmaster")
    os.kill(before, signal.SIGKILL)
    until(lambda: site.pids("postmaster") - {before} and site.get()[0] == 200, 30, "the database is back")
    with pytest.raises(OperationalError):
        _ask(link)
    _told_away()
    assert _ask(link) == 1


def test_next_query_works_after_the_database_was_away_for_long(site: Site, link: BaseDatabaseWrapper) -> None:
    """Attempts that come ever more slowly would keep the site away for as long again."""
    assert _ask(link) == 1
    with _away(site):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with pytest.raises(OperationalError):
                _ask(link)
            _told_away()
    until(lambda: site.get()[0] == 200, 30, "the database is back")
    _told_away()
    assert _ask(link) == 1


@contextmanager
def _away(site: Site) -> Iterator[None]:
    """The database is gone, and nobody brings it back."""
    os.kill(site.pid("supervisor"), signal.SIGSTOP)
    os.kill(site.pid("postmaster"), signal.SIGKILL)
    until(lambda: not residents.residents(site.data), 20, "its sessions have left as well")
    try:
        yield
    finally:
        os.kill(site.pid("supervisor"), signal.SIGCONT)


def _settled(link: BaseDatabaseWrapper) -> bool:
    told = link.pool.get_stats()
    return bool(told["pool_size"] == told["pool_available"])


def _ask(link: BaseDatabaseWrapper) -> int:
    """One query as a request makes it: a connection from the pool, and back."""
    try:
        with link.cursor() as cursor:
            cursor.execute("SELECT 1")
            found: int = cursor.fetchone()[0]
        return found
    finally:
        link.close()


def _told_away() -> None:
    assert views.away(RequestFactory().get("/health")).status_code == 503
