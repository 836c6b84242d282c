"""`gantang files verify`: the bytes of every attachment and document read and compared with their names."""

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

_WORDS = {"missing": "不在了 is gone", "changed": "内容被改过 was changed"}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    group = typer.Typer(no_args_is_help=True, help="附件和文书的文件。 Files of attachments and papers.")
    group.callback()(lambda: None)
    group.command("verify")(verify)
    app.add_typer(group, name="files")


def verify() -> None:
    """逐个读出附件和文书的文件并核对；有缺失或被改动时退出码为 1。

    Read the file of every attachment and document; ends with 1 where one is missing or was changed.
    """
    with surroundings.django():
        from gantang.kit.errors import GantangError

        try:
            looked, faults = _looked()
        except GantangError as error:  # the store is away
            say(f"{error.words} {error.remedy_words}")
            raise typer.Exit(1) from None
    say(f"文件 files {looked}，有问题 faulty {faults}")
    if faults:
        say("请从备份取回这些文件。 Take these files back from a backup.")
    raise typer.Exit(1 if faults else 0)


def _looked() -> tuple[int, int]:
    """How many files were read, and how many of them are not what they were: each is told as it is found."""
    from gantang.files import verifying
    from gantang.matters import queries

    looked = faults = 0
    for fault in verifying.verify(queries.stored_names()):
        looked += 1
        if fault is not None:
            faults += 1
            say(f"{fault.name}  {_WORDS[fault.what]}")
    return looked, faults
