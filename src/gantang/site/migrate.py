"""Bring a database to the schema of the code: roles, schema as the owner, grants, then the shipped facts."""

import hashlib
import sys
from io import TextIOBase
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

import gantang
from gantang.kit import clock, roles, server
from gantang.kit.errors import GantangError

_PACKAGE = Path(gantang.__file__).resolve().parent
_NOTE = "COMMENT ON TABLE django_migrations IS %s"
_NOTED = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"


#: What PostgreSQL says when it, and not the change, is at fault: going down, coming up, no connection left.
_AWAY = ("08", "57P", "53300")


class MigrationError(GantangError):
    """A change of the schema failed. Nothing of it is left, nor of those before it in the same run."""

    code = "site.migration"
    sentence = _("数据库结构没有更新成，停在 {name}（{why}）。这次的改动全部撤回了，数据和原来一样。")
    remedy = _("原来的版本可以照常运行。排除原因后，再运行 gantang migrate。")


def migrate(*, verbosity: int = 1) -> list[GantangError]:
    """Safe to repeat; the app's role gets what it needs and owns nothing. Returns what ``seed`` refused.

    Errors: MigrationError, after which the former version runs on; OperationalError while the database is
    away.
    """
    server.check_server(roles.OWNER)
    roles.make_roles()
    _change_schema(verbosity)
    roles.grant()
    refused = seed()
    with connections[roles.OWNER].cursor() as cursor:
        cursor.execute(_NOTE, [_stamp()])
    return refused


def _change_schema(verbosity: int) -> None:
    """All changes in one transaction: half an upgrade would fit neither the old code nor the new."""
    told = _Told()
    try:
        with transaction.atomic(using=roles.OWNER):
            call_command("migrate", database=roles.OWNER, interactive=False, verbosity=verbosity, stdout=told)
    except Exception as error:
        if _is_away(error):
            raise
        raise MigrationError(details={"name": told.last, "why": _why(error)}) from error


def _is_away(error: Exception) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, (OperationalError, InterfaceError)) and (
        state is None or state.startswith(_AWAY)
    )


def _why(error: Exception) -> str:
    """Kinds and codes only: PostgreSQL's own sentence may quote a row."""
    cause = error.__cause__ or error
    state = getattr(cause, "sqlstate", None)
    return f"{type(cause).__name__} {state}" if state else type(cause).__name__


class _Told(TextIOBase):
    """Passes on what Django's command writes, and remembers which change it named last."""

    last = "–"

    def write(self, text: str) -> int:
        _before, named, after = text.partition("Applying ")
        if named:
            self.last = after.split()[0].rstrip(".")
        return sys.stdout.write(text)


def is_current() -> bool:
    """Whether ``migrate`` ran to its end with this code and these facts, and the app's role can sign in.

    Applied migrations alone would not tell a run that was killed before its grants or facts.
    """
    with connections[roles.OWNER].cursor() as cursor:
        cursor.execute(_NOTED)
        (noted,) = cursor.fetchone()
    return noted == _stamp() and not pending() and roles.app_signs_in()


def pending() -> int:
    """How many migrations are not applied."""
    executor = MigrationExecutor(connections[roles.OWNER])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _stamp() -> str:
    """Changes with the version, with what the roles may do, and with every fact and pack."""
    total = hashlib.sha256(gantang.__version__.encode())
    shipped = (*_PACKAGE.glob("packs/**/*.yaml"), *_PACKAGE.glob("*/data/*"), *_PACKAGE.glob("*/apps.py"))
    own = Path(settings.GANTANG_PACKS_DIR).glob("**/*.yaml") if settings.GANTANG_PACKS_DIR else ()
    for path in sorted(path for path in (*shipped, *own) if path.is_file()):
        total.update(str(path).removeprefix(str(_PACKAGE)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def seed() -> list[GantangError]:
    """Divisions, classes, calendars and the packs in force; again adds nothing.

    Returns why packs of the deployment's own were refused: they never keep the site from starting.
    """
    from gantang.catalogue import service as catalogue
    from gantang.procedures import service as procedures
    from gantang.territory import service as territory

    now = clock.now()
    territory.seed()
    catalogue.seed(now=now)
    return procedures.seed(now)
