"""A database that somebody else runs (DATABASE_URL): waited for, lived with, never started or stopped by us."""

import os
import signal
from urllib.parse import quote

from gantang.host import cluster, residents
from tests.faults.bench import Site, until
from tests.faults.conftest import MakeSite


def _on(server: Site, site: Site) -> Site:
    """The site on the other one's server, which need not run just now."""
    secret = (server.folder / "keys" / "postgres_owner").read_text()
    sockets = (server.data / "postmaster.pid").read_text().splitlines()[4]
    site.url = f"postgresql://{cluster.OWNER}:{quote(secret)}@/{cluster.DATABASE}?host={quote(sockets)}"
    return site


def test_server_of_somebody_else_s_is_neither_started_nor_stopped(make_site: MakeSite) -> None:
    server = make_site("server").up().ready()
    site = _on(server, make_site("site")).up().ready()
    site.get("/row", "POST")
    assert not (site.folder / "postgres").exists()
    assert site.end() == 0
    assert residents.postmaster(server.data) is not None
    assert server.get() == (200, "1")


def test_server_that_is_away_at_the_start_is_waited_for(make_site: MakeSite) -> None:
    server = make_site("server").up().ready()
    site = _on(server, make_site("site"))
    server.end()
    site.up()
    assert until(lambda: site.get()[0] == 503 and site.get(), 20, "the site says that it starts")
    server.up().ready()
    site.ready()


def test_server_that_goes_away_meanwhile_is_told_and_waited_for(make_site: MakeSite) -> None:
    server = make_site("server").up().ready()
    site = _on(server, make_site("site")).up().ready()
    os.kill(server.pid("supervisor"), signal.SIGSTOP)
    os.kill(server.pid("postmaster"), signal.SIGKILL)
    try:
        until(lambda: site.get()[0] == 503, 20, "the site says that it recovers")
    finally:
        os.kill(server.pid("supervisor"), signal.SIGCONT)
    until(lambda: site.get()[0] == 200, 30, f"the site is back\n{site.said()}")
