"""Sheets of units, posts, appointments and remits, as a person would write them."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.posts import queries

if TYPE_CHECKING:
    from tests.world import World

REMIT = ("类别", "地域", "职责", "牵头单位", "配合单位", "责任领导", "依据文件", "开始日期", "结束日期")


def table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> io.BytesIO:
    """A CSV of these columns; what a row does not say is empty."""
    columns = list(columns)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode())


def unit_name(world: "World", key: str) -> str:
    return queries.unit(world.unit(key)).name


def remit(world: "World", **more: str) -> dict[str, str]:
    """One row that is right: a village's own office handles what lies in it."""
    return {
        "类别": "*",
        "地域": world.village,
        "职责": "办理",
        "牵头单位": unit_name(world, world.village),
        "依据文件": "示例文件第2号",
        "开始日期": "2026-11-01",
        **more,
    }


def steps_of(kind: str, number: int) -> list[str]:
    """The names of the steps in a stream of the first county's city."""
    stream = stream_of(kind, number)
    with reading(SYSTEM, ids=[stream]):
        return [step.name for step in ledger.steps(3604, stream)]
