"""What a command needs around it: Django's settings, and a database that answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from gantang.host.options import options


@contextmanager
def django(*, database: bool = True) -> Iterator[None]:
    """Set Django up for the length of the block; with ``database`` the embedded server runs as well.

    A server that runs already is joined; else one is started for the block and stopped behind it. An error
    of ours ends the command with its sentence and its remedy.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gantang.site.settings")
    with _database() if database and options().database_url is None else _nothing():
        import django as framework

        framework.setup()
        from gantang.kit.errors import GantangError

        try:
            yield
        except GantangError as error:
            typer.echo(f"{error.words}\n{error.remedy_words}\n({error.code})", err=True)
            raise typer.Exit(1) from None


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _database() -> Iterator[None]:
    from gantang.host import postgres

    with postgres.serving(options()) as url:
        os.environ["DATABASE_URL"] = url
        options.cache_clear()
        yield
