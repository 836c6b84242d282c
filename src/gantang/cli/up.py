"""`gantang up` and `gantang demo`: everything of one installation, until Ctrl-C."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from gantang.cli.screen import say
from gantang.host.errors import HostError
from gantang.host.options import Options, options, strangers
from gantang.host.supervisor import (
    SAMPLE_SIGN_INS,
    AlreadyRunning,
    Supervisor,
    commands,
    refuse_open_sample,
)

_DEMO_FOLDER = "var/demo"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("up")(up)
    app.command("demo")(demo)


def up() -> None:
    """启动数据库、网站和后台任务，直到 Ctrl-C。 Run database, web and worker until Ctrl-C."""
    _run("prepare")


def demo(
    province: Annotated[
        bool,
        typer.Option(
            "--province",
            help="全省的示例：每个村都有示意网格、单位、岗位和归口。 A whole province: every village.",
        ),
    ] = False,
) -> None:
    """用示例数据启动一套系统（var/demo）。 The same, with a sample county in var/demo.

    停在半路的，再运行就接着做；已有的不动。 Run again, it goes on where it stopped; what is there stays.
    """
    os.environ.setdefault("GANTANG_DATA_DIR", _DEMO_FOLDER)
    options.cache_clear()
    refuse_open_sample(options(), expected=True)
    _run("prepare", "--sample", *(["--province"] if province else []))


def _run(*prepare: str) -> None:
    chosen = options()
    for name, nearest in strangers().items():
        say(f"{name}：没有这个设置{'，是不是 ' + nearest if nearest else ''} … no such option")
    try:
        Supervisor(chosen, commands(chosen, *prepare), say=say, ready=_greeting(chosen)).run()
    except AlreadyRunning as running:
        say(f"已经在运行 … already running: {running}")
    except HostError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _greeting(chosen: Options) -> Callable[[], None]:
    """Says once where the site is, and with a sample who may sign in."""
    told: list[bool] = []

    def ready() -> None:
        say(f"网站已就绪 … the site is up: {chosen.url}")
        if not told and (chosen.data_dir / SAMPLE_SIGN_INS).exists():
            _tell_sample(chosen)
        told.append(True)

    return ready


def _tell_sample(chosen: Options) -> None:
    say(f"  群众 … residents      {chosen.url}/")
    say(f"  工作人员 … staff      {chosen.url}/desk/")
    for line in sign_in_lines(chosen.data_dir / SAMPLE_SIGN_INS):
        say(f"    {line}")
    say("Ctrl-C 停止 … stops everything")


def sign_in_lines(path: Path) -> list[str]:
    """One line for each sample account: name, password, what its post is; then the sample tip's receipt."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    rows = entries if isinstance(entries, list) else entries.get("accounts", [])
    receipt = "" if isinstance(entries, list) else entries.get("receipt", "")
    lines = ["  ".join(_said(name, value) for name, value in row.items()) for row in rows]
    return [*lines, *([f"示例来件的回执 receipt of the sample tip  {receipt}"] if receipt else [])]


def _said(name: str, value: object) -> str:
    return f"启封口令 passphrase {value}" if name == "passphrase" else str(value)
