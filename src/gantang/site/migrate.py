"""Bring a database to the schema of the code: roles, schema as the owner, grants, then the shipped facts."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

import gantang
from gantang.kit import clock, roles, server
from gantang.kit.errors import GantangError

_PACKAGE = Path(gantang.__file__).resolve().parent
_NOTE = "COMMENT ON TABLE django_migrations IS %s"
_NOTED = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"


def migrate(*, verbosity: int = 1) -> list[GantangError]:
    """Safe to repeat; the app's role gets what it needs and owns nothing. Returns what ``seed`` refused."""
    server.check_server(roles.OWNER)
    roles.make_roles()
    call_command("migrate", database=roles.OWNER, interactive=False, verbosity=verbosity)
    roles.grant()
    refused = seed()
    with connections[roles.OWNER].cursor() as cursor:
        cursor.execute(_NOTE, [_stamp()])
    return refused


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
