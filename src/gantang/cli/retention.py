"""`gantang retention`: how long people stay in matters that have ended, and erasing what is past its term."""

from itertools import islice
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

_MOST = 100_000


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="个人信息的保存期限。 How long people and words are kept.")
    group.callback()(lambda: None)
    group.command("list")(listed)
    group.command("run")(run)
    app.add_typer(group, name="retention")


def listed() -> None:
    """各程序的期限，和已经到期的件数。 Each procedure's term, and how many matters are past it."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.matters import queries

        for one in queries.retention_terms(clock.now()):
            term = "没有期限，不删 no term, nothing is erased" if one.span is None else str(one.span)
            whose = "本地设定 set here" if one.own else "程序自带 of the procedure"
            say(f"{one.procedure}  {term}  {whose}  到期 past it: {one.due}")


def run(
    dry: Annotated[
        bool, typer.Option("--dry-run", help="只说有多少，不删。 Say how many, erase nothing.")
    ] = False,
) -> None:
    """删除已过期限的个人信息、原话、附件和文书；可以随时中断，再运行接着做。

    Erase people, words, files and documents that are past their term; may be stopped anywhere and run again.
    """
    with surroundings.django():
        from gantang.kit import clock, numbers
        from gantang.matters import queries, service

        now = clock.now()
        total = sum(1 for _one in islice(queries.due(now), _MOST))
        kept = list(queries.held_back(now))
        for one in kept:
            due = "，该复查了 review is due" if one.hold.review_on <= now.date() else ""
            say(
                f"不删，暂停删除中 skipped, legal hold: {numbers.show(one.number)}  {one.hold.reason}"
                f"  {one.hold.since:%Y-%m-%d} → 复查 review {one.hold.review_on}{due}"
            )
        say(f"暂停删除的 past their term but held: {len(kept)}")
        if dry:
            say(f"到期 past their term: {total}")
            return
        with bar("删除 … erasing") as progress:
            done = service.forget_due(now=now, progress=lambda looked: progress(looked, max(looked, total)))
        say(f"已删除 erased: {done}")
        raise typer.Exit(0 if done == total else 1)
