"""The migration that lets the wall look for named ids as text gives every table the condition that new ones have."""

from importlib import import_module

import pytest
from django.db import connections

QUALS = "SELECT tablename, policyname, qual FROM pg_policies WHERE qual LIKE '%gantang.ids%'"
OLD = "id = ANY (NULLIF(current_setting('gantang.ids', true), '')::uuid[])"


@pytest.mark.django_db(databases=["default", "owner"])
def test_an_older_wall_gets_the_condition_of_a_new_one() -> None:
    alter = import_module("gantang.matters.migrations.0018_named").ALTER
    with connections["owner"].cursor() as cursor:
        cursor.execute(QUALS)
        now = set(cursor.fetchall())
        cursor.execute(
            f"ALTER POLICY matter_update ON matter USING (CASE WHEN {OLD} THEN true ELSE false END)"
        )
        cursor.execute(QUALS)
        assert len(now - set(cursor.fetchall())) == 1
        cursor.execute(alter)
        cursor.execute(QUALS)
        assert set(cursor.fetchall()) == now
