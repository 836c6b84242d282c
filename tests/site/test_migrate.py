"""Whether a database is brought up to the code, and what a start does about it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from gantang.kit import roles, server
from gantang.site import migrate

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_migrated_database_is_current_and_a_restart_changes_nothing():
    assert migrate.is_current()


@pytest.mark.slow
def test_run_that_was_killed_before_its_facts_is_repeated(monkeypatch: pytest.MonkeyPatch):
    """All migrations are applied; grants or facts may lack."""
    _note("an earlier version")
    monkeypatch.setattr(migrate, "seed", _killed)
    with pytest.raises(KeyboardInterrupt):
        migrate.migrate(verbosity=0)
    assert not migrate.is_current()
    monkeypatch.undo()
    migrate.migrate(verbosity=0)
    assert migrate.is_current()


def test_newly_shipped_fact_or_pack_is_taken_in_without_a_migration(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrate, "_stamp", lambda: "of newer facts")
    assert migrate.pending() == 0
    assert not migrate.is_current()


def test_database_copied_to_a_server_without_our_roles_is_not_current(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(roles, "app_signs_in", lambda: False)
    assert not migrate.is_current()


def test_this_server_is_fit():
    server.check_server(roles.OWNER)


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ((14, "UTF8", True), "PostgreSQL 14"),
        ((18, "SQL_ASCII", True), "SQL_ASCII"),
        ((18, "UTF8", False), "C"),
    ],
)
def test_server_that_is_too_old_or_cannot_hold_chinese_is_refused(told: tuple[int, str, bool], what: str):
    with pytest.raises(server.ServerError) as refused:
        server.refuse_unfit(*told)
    assert refused.value.words.endswith(what)
    assert "15" in refused.value.remedy_words


def _note(text: str) -> None:
    with connections[roles.OWNER].cursor() as cursor:
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [text])


def _killed() -> None:
    raise KeyboardInterrupt


def test_changed_pack_of_the_deployments_own_is_taken_in_at_the_next_start(tmp_path: Path, settings: Any):
    settings.GANTANG_PACKS_DIR = tmp_path
    before = migrate._stamp()
    (tmp_path / "procedure.yaml").write_text("procedure: local", encoding="utf-8")
    assert migrate._stamp() != before
