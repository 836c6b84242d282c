"""The database's roles: the app (behind the wall), a reader, a backup; and what each may do (data layer
§5.8).

Roles belong to the whole server, so their names follow ``settings.GANTANG_APP_ROLE``: several databases of
one server have roles of their own. A room says in its ``AppConfig`` what differs from the rule that the app
may do everything: ``app_rights = {"ledger_step": "SELECT, INSERT"}``; ``readonly = False`` keeps its tables
from the reader, ``closed = frozenset({…})`` some of them.
"""

from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connections, transaction
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from gantang.kit.errors import GantangError

OWNER, APP = "owner", "default"
_EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
# Rooms that hold people or secrets: the reader gets nothing of them unless the room itself says so.
_CLOSED = {"vault", "identity", "kit"}
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('gantang roles'))"


class RoleError(GantangError):
    """A database role is missing or may too much."""

    code = "kit.role"
    sentence = _("数据库角色有问题：{what}")
    remedy = _("请用属主连接运行 gantang migrate，或由数据库管理员执行所示语句。")


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the roles beside the owner."""

    app: str
    readonly: str
    backup: str


def names() -> Roles:
    """The roles' names, from the setting of the app's."""
    app: str = settings.GANTANG_APP_ROLE
    stem = app.removesuffix("_app")
    return Roles(app, f"{stem}_readonly", f"{stem}_backup")


# --- making -------------------------------------------------------------------------------------------


def make_roles() -> list[str]:
    """Make the roles and the app's password, as the owner; safe to repeat and in parallel.

    Returns the statements that the owner lacked the right for, for whoever has it. Errors: RoleError with
    those statements when the app's role cannot be used without them.
    """
    roles = names()
    left = [text for role in (roles.app, roles.readonly) for text in _try(_create(role))]
    left += _make_backup(roles.backup)
    # The owner may then end the app's sessions (to drop or restore a database); the app gains nothing by it.
    left += _try(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(roles.app)))
    if not app_signs_in():
        left += _try(_password(roles.app, settings.GANTANG_APP_PASSWORD))
    if not app_signs_in():
        raise RoleError(details={"what": "; ".join(left) or roles.app})
    return left


def _make_backup(role: str) -> list[str]:
    """Copies and dumps need two attributes that only a superuser may give; else the role is made plain."""
    if _try(_create(role, "REPLICATION BYPASSRLS")):
        _try(_create(role))
    return [] if _has_attributes(role) else [f'ALTER ROLE "{role}" REPLICATION BYPASSRLS']


def _has_attributes(role: str) -> bool:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT rolreplication AND rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
    return bool(row and row[0])


def _create(role: str, attributes: str = "") -> sql.Composed:
    """CREATE ROLE unless it is there; the race of two creators is lost quietly."""
    made = sql.SQL("CREATE ROLE {} LOGIN " + attributes).format(sql.Identifier(role))
    return sql.SQL(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN {made}; END IF; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    ).format(name=sql.Literal(role), made=made)


def _password(role: str, password: str) -> sql.Composed:
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))


def _try(statement: sql.Composed) -> list[str]:
    """Run a statement as the owner; what it may not do is returned as text."""
    try:
        with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
            cursor.execute(_LOCK)
            cursor.execute(statement)
    except ProgrammingError:
        return [statement.as_string(connections[OWNER].connection)]
    return []


def app_signs_in() -> bool:
    """Whether the app's role can sign in with its password."""
    wrapper = connections[APP]
    params = {key: value for key, value in wrapper.get_connection_params().items() if key != "cursor_factory"}
    try:
        psycopg.connect(**params).close()
    except psycopg.OperationalError:
        return False
    return True


# --- grants -------------------------------------------------------------------------------------------

_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND pg_has_role(c.relowner, 'USAGE') ORDER BY 1
"""


def grant() -> None:
    """Give each role what it needs on the tables that are there (after ``migrate``); safe to repeat."""
    roles = names()
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        for statement in _grants(roles, tables):
            cursor.execute(statement)


def _grants(roles: Roles, tables: list[str]) -> list[sql.Composed]:
    every = sql.SQL(", ").join(sql.Identifier(role) for role in (roles.app, roles.readonly, roles.backup))
    app, readonly, backup = (sql.Identifier(role) for role in (roles.app, roles.readonly, roles.backup))
    told = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(every),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(every),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(app),
        sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(backup),
    ]
    for table in tables:
        rights = sql.SQL(app_rights(table))
        told.append(sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), app))
        if readable(table):
            told.append(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(table), readonly))
    return told


def app_rights(table: str) -> str:
    """What the app's role may do with a table."""
    if table == "django_migrations":
        return "SELECT"
    for config in apps.get_app_configs():
        declared: dict[str, str] = getattr(config, "app_rights", {})
        if table in declared:
            return declared[table]
    return _EVERYTHING


def readable(table: str) -> bool:
    """Whether the reader may read a table: one of our rooms', and not of one that holds people or secrets."""
    for config in apps.get_app_configs():
        if config.name.startswith("gantang.") and table in {
            model._meta.db_table for model in config.get_models()
        }:
            closed: frozenset[str] = getattr(config, "closed", frozenset())
            return table not in closed and bool(getattr(config, "readonly", config.label not in _CLOSED))
    return False


# --- checking -----------------------------------------------------------------------------------------

_FAULTS = """
SELECT r.rolname, r.rolsuper, r.rolbypassrls, EXISTS (
    SELECT FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = to_regnamespace(current_schema())
    AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = current_user
"""


def check_app_role() -> None:
    """Refuse to run as a role that row-level security does not hold. Errors: RoleError."""
    with connections[APP].cursor() as cursor:
        cursor.execute(_FAULTS)
        name, is_super, bypasses, owns = cursor.fetchone()
    if is_super or bypasses or owns:
        fault = "SUPERUSER" if is_super else "BYPASSRLS" if bypasses else "owns tables"
        raise RoleError(details={"what": f"{name}: {fault}"})
