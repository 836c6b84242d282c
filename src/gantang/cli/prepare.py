"""`gantang migrate`, and the preparation that `up` and `demo` run before the site answers."""

import importlib
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.ending import tell_left_behind
from gantang.cli.screen import bar, say, say_error
from gantang.host.options import options
from gantang.host.supervisor import TRY_LATER


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("migrate", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
        migrate
    )
    app.command("prepare", hidden=True)(prepare)


def migrate(context: typer.Context) -> None:
    """更新数据库结构和角色。 Bring the database's schema and roles up to date."""
    with surroundings.django():
        if context.args:
            from django.core.management import execute_from_command_line

            execute_from_command_line(["gantang", "migrate", "--database=owner", *context.args])
        else:
            _bring_up()
            tell_left_behind()


def prepare(
    sample: Annotated[bool, typer.Option("--sample", help="示例数据 … sample data")] = False,
    province: Annotated[bool, typer.Option("--province", help="全省的示例 … of the whole province")] = False,
) -> None:
    """Schema, roles and, for a demo, the sample; what is there already is left as it is."""
    with surroundings.django():
        from django.db import OperationalError

        try:
            if not importlib.import_module("gantang.site.migrate").is_current():
                _bring_up()  # a restart changes nothing
            importlib.import_module("gantang.site.start").check()
            _write_down()
            tell_left_behind()
        except OperationalError as error:
            say(f"数据库连接不上，稍后再试 … no connection to the database, trying again: {error}")
            raise typer.Exit(TRY_LATER) from None
        if sample or province:
            _make_sample(province=province)


def _write_down() -> None:
    """What was erased as the system died stands on the list of erasures before anything else runs."""
    from gantang.vault import service as vault

    if lines := vault.write_down():
        say(f"补记删除清单 … lines added to the list of erasures: {lines}")


def _bring_up() -> None:
    # The site's wiring is reached by name, as Django reaches its settings: this room may not import it.
    wiring = importlib.import_module("gantang.site.migrate")
    with (
        bar("数据库结构 … schema") as progress,
        redirect_stdout(_Counting(max(1, wiring.pending()), progress)),
    ):
        refused = wiring.migrate()
    for error in refused:
        say_error(error)


class _Counting(StringIO):
    """Takes what Django's command writes, and turns its lines into progress."""

    def __init__(self, total: int, progress: Callable[[int, int], None]) -> None:
        super().__init__()
        self._total, self._progress, self._done = total, progress, 0

    def write(self, text: str) -> int:
        self._done += text.count("Applying ")
        self._progress(self._done, self._total)
        return len(text)


def _make_sample(*, province: bool) -> None:
    from gantang.kit import clock
    from gantang.sample import service

    service.make(data_dir=options().data_dir, bars=bar, now=clock.now(), province=province)
