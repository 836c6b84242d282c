"""Bent files at the desk's doors: never a fault of ours, always a sentence, and nothing is written."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang.cli.distribute.tables import DISTRIBUTED, LOCAL, REFERENCE
from tests.fuzz.test_files import DAYS, GEOJSON, TABLE, anything, book
from tests.posts.sheets import REMIT, table

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: What a request leaves behind without anything having been taken in.
ASIDE = {"django_session", "kit_bucket", "kit_keymark", "django_migrations"}
SHORT, LONG = 12, 400
LENGTHS = [SHORT, pytest.param(LONG, marks=pytest.mark.prove)]


def counts() -> dict[str, int]:
    """Rows of every table, behind no wall of ours: as the statistics of this transaction would see them."""
    tables = sorted({*DISTRIBUTED, *REFERENCE, *LOCAL} - ASIDE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        touched = dict(cursor.fetchall())
    return {name: touched.get(name, 0) for name in tables}


def held(client: Client, path: str, field: str, data: bytes, more: dict[str, Any]) -> None:
    """The answer is no fault, and no table was written."""
    before = counts()
    answer = client.post(path, {**more, field: SimpleUploadedFile("x.csv", data)})
    assert answer.status_code in (200, 422, 413, 429), answer.status_code
    assert counts() == before


def desk(world: "World") -> Client:
    from django.contrib.auth import get_user_model

    client = Client()
    account = get_user_model().objects.get(pk=world.account_of("admin"))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def run_over(strategy: st.SearchStrategy[bytes], examples: int, check: Any) -> None:
    calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

    @settings(max_examples=examples, deadline=None, suppress_health_check=calm, derandomize=examples == SHORT)
    @given(strategy)
    def run(data: bytes) -> None:
        check(data)

    run()


@pytest.mark.parametrize("examples", LENGTHS)
def test_bent_remits_change_nothing(world: "World", examples: int):
    client = desk(world)
    real = table(REMIT, []).read()
    more = {"kind": "remits", "replace": ""}
    run_over(
        anything(real, TABLE, book()),
        examples,
        lambda data: held(client, "/desk/admin/remits/sheet/", "table", data, more),
    )


@pytest.mark.parametrize("examples", LENGTHS)
def test_bent_tables_of_days_change_nothing(world: "World", examples: int):
    client = desk(world)
    more = {"source": "示例文件", "ground": "360428", "year": "", "since": ""}
    run_over(
        anything(DAYS, book()),
        examples,
        lambda data: held(client, "/desk/admin/calendar/table/", "table", data, more),
    )


@pytest.mark.parametrize("examples", LENGTHS)
def test_bent_outlines_change_nothing(world: "World", examples: int):
    client = desk(world)
    more = {"kind": "redraw", "codes": world.grid, "name": "", "parts": ""}
    run_over(
        anything(GEOJSON),
        examples,
        lambda data: held(client, "/desk/admin/ground/new/", "outlines", data, more),
    )


def test_a_write_would_be_seen(world: "World"):
    from gantang.kit.models import Trouble

    before = counts()
    Trouble.objects.create(job="j", item="i", tries=1, last_at="2026-01-01T00:00Z", error="e")
    assert counts() != before
