"""Who may what in the database, and what the start refuses."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from gantang.kit import checks, roles
from tests.kit.tables import as_owner


def test_names_follow_the_apps(settings: Any) -> None:
    settings.GANTANG_APP_ROLE = "gantang_app"
    assert roles.names() == roles.Roles("gantang_app", "gantang_readonly", "gantang_backup")


def test_app_role_of_the_tests_is_accepted(db: None) -> None:
    roles.check_app_role()
    assert checks.app_role(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (roles.names().app,)


@pytest.mark.django_db(databases=["default", "owner"])
def test_owner_is_refused_as_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "APP", "owner")
    with pytest.raises(roles.RoleError, match="owns tables"):
        roles.check_app_role()
    assert [each.id for each in checks.app_role(databases=["default"])] == ["kit.E001"]


@pytest.mark.parametrize(
    ("row", "fault"), [(("x", True, False, False), "SUPERUSER"), (("x", False, True, False), "BYPASSRLS")]
)
def test_role_that_goes_around_the_wall_is_refused(
    monkeypatch: pytest.MonkeyPatch, row: tuple[object, ...], fault: str, db: None
) -> None:
    values = ", ".join(repr(value) if isinstance(value, str) else str(value).upper() for value in row)
    monkeypatch.setattr(roles, "_FAULTS", f"SELECT {values}")
    with pytest.raises(roles.RoleError, match=fault):
        roles.check_app_role()


def test_making_is_safe_in_parallel_and_when_repeated(committed: None, settings: Any) -> None:
    settings.GANTANG_APP_ROLE = "test_kit_trial_app"
    names = roles.names()

    def make(_turn: int) -> list[str]:
        try:
            return roles.make_roles()
        except roles.RoleError:
            return ["no sign-in"]  # DATABASES still name the real role: only the making is tried here
        finally:
            connections["owner"].close()

    try:
        with ThreadPoolExecutor(6) as pool:
            left = list(pool.map(make, range(6)))
        with as_owner() as link:
            found = link.execute(
                "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s) ORDER BY 1",
                [[names.app, names.readonly]],
            ).fetchall()
        assert found == [(names.app, True, False, False), (names.readonly, True, False, False)]
        assert all(f'ALTER ROLE "{names.backup}" REPLICATION BYPASSRLS' in each for each in left)
    finally:
        with as_owner() as link:
            for role in (names.app, names.readonly, names.backup):
                link.execute(f"DROP ROLE IF EXISTS {role}")


def test_grants_say_who_may_what(db: None) -> None:
    names = roles.names()
    with as_owner() as link:

        def may(role: str, table: str) -> set[str]:
            rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
            found = [
                link.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right]).fetchone()
                for right in rights
            ]
            return {right for right, row in zip(rights, found, strict=True) if row == (True,)}

        assert may(names.app, "ledger_step") == {"SELECT", "INSERT"}
        assert may(names.app, "ledger_streamhead") == {"SELECT", "INSERT", "UPDATE"}
        assert may(names.app, "django_migrations") == {"SELECT"}
        assert may(names.app, "identity_account") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert may(names.readonly, "ledger_step") == {"SELECT"}
        for closed in ("identity_account", "identity_apiclient", "django_session", "kit_idempotencykey"):
            assert may(names.readonly, closed) == set()
        assert may(names.backup, "identity_account") == {"SELECT"}
        first = link.execute("SELECT inhrelid::regclass::text FROM pg_inherits LIMIT 1").fetchone()
        assert first and may(names.app, first[0]) == may(names.readonly, first[0]) == set()


def test_app_cannot_make_tables_or_switch_the_wall_off(db: None) -> None:
    for statement in (
        "CREATE TABLE own (id int)",
        "ALTER TABLE ledger_step DISABLE ROW LEVEL SECURITY",
        f'SET ROLE "{connections["owner"].settings_dict["USER"]}"',
        "DROP POLICY ledger_step_read ON ledger_step",
    ):
        params = {
            k: v
            for k, v in connections["default"].get_connection_params().items()
            if k not in ("cursor_factory", "context")
        }
        with psycopg.connect(**params) as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute(statement)
