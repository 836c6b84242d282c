"""`gantang manage …`: any Django management command, with the database at hand."""

import warnings

import typer

from gantang.cli import surroundings

#: Commands that read or write no row: no server is started for them.
_WITHOUT_DATABASE = {
    "help", "check", "makemessages", "compilemessages", "collectstatic", "findstatic", "diffsettings",
    "startapp", "sendtestemail", "makemigrations",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "manage",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
        add_help_option=False,
    )(manage)


def manage(context: typer.Context) -> None:
    """任何 Django 管理命令。 Any Django management command."""
    words = list(context.args) or ["help"]
    needs = words[0] not in _WITHOUT_DATABASE and "--help" not in words
    with surroundings.django(database=needs):
        from django.core.management import execute_from_command_line

        if not needs:
            # No server is asked for: that there is none is no news.
            warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
        execute_from_command_line(["gantang", *words])
