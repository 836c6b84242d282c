"""What the command writes to the terminal: short lines, and bars for what takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from gantang.kit.errors import GantangError

console = Console(highlight=False)


def say(line: str) -> None:
    """One line of status."""
    console.print(line, markup=False, soft_wrap=True)


def say_error(error: "GantangError") -> None:
    """An error that does not end the command: what, how to mend it, and each finding of a faulty pack."""
    say(f"{error.words}\n{error.remedy_words}")
    for one in error.details.get("findings", ()):
        say(f"  {one['file']}:{one['line']} {one['sentence']} {one['remedy']}")


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that the block moves by calling ``(done, total)``; without a terminal only its end is written."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
