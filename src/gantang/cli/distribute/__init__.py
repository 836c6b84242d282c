"""`gantang distribute`: the tables spread over a Citus cluster, all rows of one matter together."""

from collections.abc import Sequence
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.distribute.rules import Lists, faults, statements
from gantang.cli.distribute.tables import COLUMN, DISTRIBUTED, LOCAL, REFERENCE
from gantang.host.errors import HostError

LISTS = Lists(DISTRIBUTED, REFERENCE, LOCAL, COLUMN)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("distribute")(distribute)


def distribute(
    shards: Annotated[
        int,
        typer.Option(min=2, max=256, help="把市级数据分成多少片，8 至 16 合适。 Pieces; 8 to 16 fit."),
    ] = 8,
    run: Annotated[
        bool, typer.Option("--run", help="执行这些语句；不写则只打印。 Run the statements, else print them.")
    ] = False,
) -> None:
    """把各表分布到 Citus 集群的各节点。 Spread the tables over the nodes of a Citus cluster.

    在 migrate 之后、装数据之前做；再做一次不会改变什么。 After migrate, before data; again changes nothing.
    """
    with surroundings.django():
        for each in planned(shards):
            typer.echo(f"{each};")
            if run:
                execute([each])


def planned(shards: int) -> list[str]:
    """The statements for this database. Errors: HostError for a schema that does not fit a cluster."""
    from django.db import connections

    from gantang.cli.distribute import catalog

    with connections["owner"].cursor() as cursor:
        schema = catalog.schema(cursor)
    if found := faults(schema, LISTS):
        told = "\n".join(found)
        raise HostError(
            f"有些表还不合集群的规矩，没有执行任何语句：\n{told}",
            "Some tables do not fit a cluster; nothing was run.",
        )
    return statements(LISTS, schema.foreigns, shards=shards)


def execute(texts: Sequence[str]) -> None:
    """Run statements as the owner, each by itself. Errors: HostError where the server is no Citus."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')")
        (is_there,) = cursor.fetchone() or (False,)
        if not is_there:
            raise HostError(
                "这个数据库没有安装 Citus。请由数据库管理员执行 CREATE EXTENSION citus，再试一次。",
                "This database has no Citus. Its administrator runs CREATE EXTENSION citus; then try again.",
            )
        for text in texts:
            cursor.execute(text)
