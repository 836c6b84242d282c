"""`gantang roster PLAN`: a roster of the joint patrol from a plan in a file; where none fits, what stands in
the way."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.patrol.types import Plan, Solved

_COLUMNS = ("date", "place", "kind", "post")
#: So many rules in conflict, so many gaps are told; the rest is counted.
SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("roster")(roster)


def roster(
    plan: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="排班计划：YAML 或 JSON。 The plan.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="排好的班表写到哪里：.csv 或 .json。 Where the roster goes.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=1, max=3600, help="最多找多久。 How long is looked at most.")
    ] = 55.0,
) -> None:
    """按计划排联合巡逻的班；须装附加部分 rosters。排不出时说明缺什么、哪些规则冲突，退出码为 1。

    A roster of the joint patrol; needs the extra rosters. Ends with 1 where none fits, and says what is
    missing and which rules cannot hold together.
    """
    if to is not None and to.suffix not in (".csv", ".json"):
        raise typer.BadParameter("--to: .csv, .json")
    with surroundings.django(database=False):
        from gantang.patrol import queries, service
        from gantang.patrol.types import Limits

        read = queries.read_plan(plan)
        found = service.solve(read, Limits(wall=seconds))
        _tell(read, found)
        if not found.duties and found.state not in ("optimal", "found"):
            raise typer.Exit(1)
        _write(read, found, to)


def _tell(plan: "Plan", found: "Solved") -> None:
    from gantang.patrol import queries

    if found.state in ("optimal", "found"):
        say(f"排好了 rostered: {len(found.duties)} 班 shifts")
        say(f"代价 cost {found.cost}（下限 bound {found.bound}）")
        say(
            "已证明最好。 Proved to be the best."
            if found.state == "optimal"
            else "可能还有更好的。 Perhaps not the best."
        )
        return
    if found.state == "unknown":
        say("在限定时间里没有找到，也没有证明排不出。 Neither found nor proved impossible within the limit.")
        return
    say("排不出。 No roster fits.")
    _list("至少缺 missing at least" if found.fewest else "缺 missing", queries.gap_lines(plan, found))
    alone = "（去掉其中一条，其余的就能同时满足 any one less and these can）" if found.minimal else ""
    _list(f"这些规则不能同时满足 these cannot hold together{alone}", queries.conflict_lines(plan, found))


def _list(title: str, lines: list[str]) -> None:
    if lines:
        say(f"{title}:")
        for line in lines[:SHOWN]:
            say(f"  {line}")
        if len(lines) > SHOWN:
            say(f"  … +{len(lines) - SHOWN}")


def _write(plan: "Plan", found: "Solved", to: Path | None) -> None:
    from gantang.patrol import queries
    from gantang.sheets import service as sheets

    rows = queries.table(plan, found.duties)
    if to is None:
        for row in rows:
            say("  ".join(row))
    elif to.suffix == ".csv":
        to.write_bytes(b"".join(sheets.write_csv(_COLUMNS, rows)))
    else:
        lines = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        told = {"state": found.state, "cost": found.cost, "bound": found.bound, "duties": lines}
        to.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    if to is not None:
        say(f"→ {to}")
