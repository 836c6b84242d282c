"""Past one machine: every table has its place on a cluster, and no key breaks the cluster's rules."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections, transaction

from gantang.cli.distribute import LISTS, catalog, execute, planned
from gantang.cli.distribute.rules import Foreign, Lists, Schema, Unique, faults, order, statements
from gantang.host.errors import HostError
from tests.kit.tables import NAMES

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(scope="module", autouse=True)
def without_trials() -> Iterator[None]:
    """Other tests of the same process leave small tables of their own."""
    whole = catalog.schema

    def ours(cursor: Any) -> Schema:
        found = whole(cursor)
        return replace(
            found,
            tables={name: columns for name, columns in found.tables.items() if name not in NAMES},
            uniques=tuple(one for one in found.uniques if one.table not in NAMES),
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "schema", ours)
        yield


@pytest.fixture(scope="module")
def schema(without_trials: None, django_db_setup: None, django_db_blocker: pytest.FixtureDef) -> Schema:
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:  # type: ignore[attr-defined]
        return catalog.schema(cursor)


def test_every_table_is_on_one_list_and_every_key_fits(schema: Schema):
    assert faults(schema, LISTS) == [], "put a new table on a list of gantang.cli.distribute.tables"


def test_the_catalogue_is_read_whole(schema: Schema):
    assert len(schema.tables) > 80 and "number" in schema.tables["matter"]
    assert ("city", "id") in {one.columns for one in schema.uniques if one.table == "matter"}
    children = {one.table for one in schema.foreigns if one.target == "matter"}
    assert {"matter_party", "matter_attachment", "matter_message"} <= children
    assert not any("_y20" in table or table.startswith("ledger_step_") for table in schema.tables), (
        "partitions"
    )


FITTING = Schema(
    tables={"a": frozenset({"city", "id"}), "r": frozenset({"code"}), "l": frozenset({"id"})},
    uniques=(
        Unique("a", "a_pk", ("city", "id")),
        Unique("r", "r_pk", ("code",)),
        Unique("l", "l_pk", ("id",)),
    ),
    foreigns=(
        Foreign("a", "a_self", ("city", "up"), "a", ("city", "id")),
        Foreign("a", "a_r", ("r",), "r", ("code",)),
    ),
    triggered=frozenset(),
)
SMALL = Lists(("a",), ("r",), ("l",), "city")


def test_what_fits_has_no_fault():
    assert faults(FITTING, SMALL) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tables": {**FITTING.tables, "new": frozenset({"id"})}}, "new: on no list"),
        ({"tables": {key: FITTING.tables[key] for key in ("a", "r")}}, "l: listed, and not there"),
        ({"tables": {**FITTING.tables, "a": frozenset({"id"})}}, "a: spread, without the column city"),
        ({"uniques": (Unique("a", "u", ("id",)),)}, "a: u is unique without city"),
        ({"uniques": (Unique("a", "u", ("",)),)}, "a: u is unique without city"),
        ({"uniques": (Unique("a", "u", ("city", "id"), True),)}, "a: u is deferrable"),
        ({"foreigns": (Foreign("a", "f", ("up",), "a", ("id",)),)}, "a: f points to a without city"),
        ({"foreigns": (Foreign("a", "f", ("other_city", "up"), "a", ("city", "id")),)}, "a: f points to a without city"),
        ({"foreigns": (Foreign("a", "f", ("city", "up"), "a", ("city", "id"), True),)}, "a: f is deferrable"),
        ({"foreigns": (Foreign("a", "f", ("l",), "l", ("id",)),)}, "a: f points from a distributed table to a local one"),
        ({"foreigns": (Foreign("r", "f", ("a",), "a", ("id",)),)}, "r: f points from a reference table to a distributed one"),
        ({"foreigns": (Foreign("l", "f", ("r",), "r", ("code",)),)}, "l: f points from a local table to a reference one"),
        ({"triggered": frozenset({"a"})}, "a: a trigger on a spread table"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_told(change: dict[str, object], told: str):
    assert told in faults(replace(FITTING, **change), SMALL)  # type: ignore[arg-type]


def test_a_table_listed_twice_is_told():
    assert "r: listed twice" in faults(FITTING, replace(SMALL, local=("l", "r")))


def test_parents_come_before_their_children():
    keys = [Foreign("c", "f", ("b",), "b", ("id",)), Foreign("b", "f", ("a",), "a", ("id",))]
    assert order(["c", "b", "a"], keys) == ["a", "b", "c"]
    with pytest.raises(ValueError, match="ring"):
        order(["a", "b"], [Foreign("a", "f", ("x",), "b", ("y",)), Foreign("b", "f", ("x",), "a", ("y",))])


def test_the_statements_stand_in_their_order_and_name_each_table_once():
    texts = planned(8)
    assert texts[0].startswith("SET citus.")
    kinds = ["reference" if "create_reference" in one else "spread" for one in texts[1:]]
    assert kinds == sorted(kinds), "what all nodes hold comes first"
    assert texts[1 + len(LISTS.reference)].startswith(
        "SELECT create_distributed_table('matter', 'city', shard_count := 8)"
    )
    assert len(texts) == 1 + len(LISTS.reference) + len(LISTS.distributed)


STAND_IN = """
CREATE TABLE pg_dist_partition (logicalrelid regclass, kind text);
CREATE FUNCTION create_reference_table(t regclass) RETURNS void LANGUAGE sql AS
  $$ INSERT INTO pg_dist_partition VALUES (t, 'reference') $$;
CREATE FUNCTION create_distributed_table(t regclass, c text, shard_count int) RETURNS void LANGUAGE sql AS
  $$ INSERT INTO pg_dist_partition VALUES (t, 'first ' || shard_count) $$;
CREATE FUNCTION create_distributed_table(t regclass, c text, colocate_with text) RETURNS void LANGUAGE sql AS
  $$ INSERT INTO pg_dist_partition VALUES (t, 'beside ' || colocate_with) $$;
"""


def test_the_statements_run_and_run_again_without_changing_anything(schema: Schema):
    """PostgreSQL reads each of them; what stands in for the extension only notes what it was asked."""
    texts = statements(LISTS, schema.foreigns, shards=12)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(STAND_IN)
        for text in [*texts, *texts]:
            cursor.execute(text)
        cursor.execute("SELECT logicalrelid::text, kind FROM pg_dist_partition")
        noted = cursor.fetchall()
        transaction.set_rollback(True, using="owner")
    assert len(noted) == len(set(noted)) == len(texts) - 1
    assert dict(noted)["matter"] == "first 12" and dict(noted)["ledger_step"] == "beside matter"


def test_a_server_without_citus_is_told_so():
    with pytest.raises(HostError, match="CREATE EXTENSION citus"):
        execute(["SELECT 1"])
