"""A read replica: what only shows is read there, behind the same wall; nothing is written, and without it all goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from gantang.kit import replica
from gantang.kit.actor import SYSTEM
from gantang.kit.work import work
from gantang.site.database import connections as described
from tests.conftest import ROOT
from tests.copies import copied


@pytest.fixture(autouse=True)
def open_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Outside of any transaction, as a request begins; nothing is written."""
    with django_db_blocker.unblock():
        yield


def second(host: dict[str, Any] | None = None) -> dict[str, Any]:
    """Another connection of the site's role to the same database, as to a replica of it."""
    made = described(
        os.environ["DATABASE_URL"],
        app_role=settings.GANTANG_APP_ROLE,
        app_password=settings.GANTANG_APP_PASSWORD,
        pool=2,
        replica=os.environ["DATABASE_URL"],
    )["replica"]
    return {
        **connections.settings["default"],
        **made,
        **(host or {}),
        "NAME": connection.settings_dict["NAME"],
    }


@pytest.fixture
def there() -> Iterator[None]:
    """There is one."""
    yield from added(second())


def added(config: dict[str, Any]) -> Iterator[None]:
    connections.settings[replica.ALIAS] = config
    replica._away_until[0] = 0.0
    yield
    connections[replica.ALIAS].close()
    if connections[replica.ALIAS].pool is not None:
        connections[replica.ALIAS].close_pool()
    del connections[replica.ALIAS]
    del connections.settings[replica.ALIAS]


def asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


def test_in_the_block_queries_go_there_and_behind_it_no_more(there: None):
    here = asked("SELECT pg_backend_pid()")
    with replica.aside():
        assert asked("SELECT pg_backend_pid()") != here
        assert asked("SHOW default_transaction_read_only") == "on"
    assert asked("SELECT pg_backend_pid()") == here
    assert asked("SHOW default_transaction_read_only") == "off"


def test_an_error_in_the_block_leads_back_too(there: None):
    with pytest.raises(ZeroDivisionError), replica.aside():
        raise ZeroDivisionError
    assert not replica.is_aside()


def test_nothing_is_written_there(there: None):
    with replica.aside():
        with pytest.raises(RuntimeError, match="nothing is written"), work(SYSTEM):
            pass
        with (
            pytest.raises(DatabaseError, match="read-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM kit_trouble")


def test_the_wall_stands_there_as_well(there: None):
    with replica.aside():
        assert asked("SELECT count(*) FROM matter") == "0", "no setting, no rows"
        assert asked("SELECT current_user") == asked("SELECT session_user") != "postgres"


def test_a_transaction_reads_from_one_database(there: None):
    with transaction.atomic(), replica.aside():
        assert not replica.is_aside()


def test_without_one_everything_is_as_ever():
    with replica.aside():
        assert not replica.is_aside()


def test_one_that_is_away_is_done_without_and_left_alone_for_a_while():
    config = second({"HOST": "127.0.0.1", "PORT": "1"})
    config["OPTIONS"] = {key: value for key, value in config["OPTIONS"].items() if key != "pool"}
    for _ in added(config):
        with replica.aside():
            assert not replica.is_aside() and asked("SELECT 1") == "1"
        assert replica._away_until[0] > 0
        with replica.aside():
            assert asked("SELECT 1") == "1"
    replica._away_until[0] = 0.0


ASK = """
import json, sys
import django
django.setup()
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from gantang.kit import clock
from tests.exchange.seed import token_of
from tests.world import World

world = World(clock.now().date())
desk = Client(headers={"Host": "localhost"})
desk.force_login(get_user_model().objects.get(pk=world.account_of("receiver")),
                 backend="allauth.account.auth_backends.AuthenticationBackend")
heads = {"Authorization": f"Bearer {token_of(world, 'receiver')}", "Host": "localhost"}
told = {}
for path in sys.argv[1:]:
    with CaptureQueriesContext(connections["replica"]) as seen:
        answer = desk.get(path) if path.startswith("/desk/") else Client().get(path, headers=heads)
        assert answer.status_code == 200, (path, answer.status_code)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    told[path] = sum("matter" in one["sql"] for one in seen.captured_queries)
print(json.dumps(told))
"""
ASIDE = ["/api/v1/matters/search?q=路灯", "/api/v1/matters.csv?view=all", "/desk/export.csv?view=all"]
#: Lists to work from; the desk's search stands on one page with the matter that is decided on.
HERE = ["/api/v1/matters?view=all", "/desk/?view=all", "/desk/?q=路灯"]


@pytest.mark.slow
def test_search_and_export_read_there_and_the_queue_does_not():
    with copied("replica") as env:
        env = {**env, "GANTANG_REPLICA_URL": env["DATABASE_URL"], "GANTANG_LOG_LEVEL": "error"}
        words = [sys.executable, "-c", ASK, *ASIDE, *HERE]
        done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert all(told[path] > 0 for path in ASIDE), told
    assert not any(told[path] for path in HERE), told
