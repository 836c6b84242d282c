"""`gantang fund verify`: the books of every fund recomputed from their entries and compared."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.fund.types import Checked

_WORDS = {
    "balance": "余额 balance",
    "ledger": "与台账链不符 differs from the ledger",
    "below": "低于零 below nothing",
    "number": "序号 number",
    "opening": "年初 opening",
    "income": "收入 income",
    "use": "支出 use",
    "closing": "年末 closing",
    "entries": "笔数 entries",
    "published": "与公布的不符 differs from what was published",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="见义勇为基金的账。 The books of funds.")
    group.callback()(lambda: None)
    group.command("verify")(verify)
    app.add_typer(group, name="fund")


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")] = False,
) -> None:
    """按每一笔重算余额和各年并比对；有出入时退出码为 1。 Recompute the books; 1 when they differ."""
    with surroundings.django():
        from gantang.fund import queries

        found = list(queries.verify())
    say(json.dumps([asdict(one) for one in found], ensure_ascii=False)) if as_json else _tell(found)
    raise typer.Exit(1 if any(one.findings for one in found) else 0)


def _tell(found: "list[Checked]") -> None:
    for one in found:
        for each in one.findings:
            say(f"{one.fund} {_WORDS[each.what]} {each.place}: {each.kept} ≠ {each.found}（分 fen）")
    entries, years = (sum(getattr(one, name) for one in found) for name in ("entries", "years"))
    findings = sum(len(one.findings) for one in found)
    say(f"基金 {len(found)}，已入账 {entries}，已结账年度 {years}，出入 {findings}。 differences: {findings}")
