"""The ``gantang`` command. Each module of this package with a ``register(app)`` adds its sub-commands.

A first word that no module registered goes to Django's management commands as it stands
(``gantang makemigrations posts``, ``gantang shell``); ``gantang manage …`` does the same with any word.
"""

import importlib
import pkgutil
import sys

import typer
import typer.main

from gantang.host.errors import HostError
from gantang.host.options import OptionError


def program() -> typer.Typer:
    """The command with all its sub-commands, found in this package."""
    app = typer.Typer(
        name="gantang",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="甘棠：基层社会治理中心的办件平台。 Casework for grassroots governance centres.",
    )
    app.callback()(lambda: None)
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "register"):
            module.register(app)
    return app


def main() -> None:
    """Run the command line of this process."""
    command = typer.main.get_command(program())
    words = sys.argv[1:]
    known = getattr(command, "commands", {})
    try:
        if words and not words[0].startswith("-") and words[0] not in known:
            words = ["manage", *words]
        command(words, prog_name="gantang")
    except (OptionError, HostError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
