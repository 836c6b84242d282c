"""`gantang ground layers`: the maps of divisions, made from their grids."""

from datetime import datetime
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

#: A degree of latitude, in metres.
_DEGREE = 111_320


def layers(
    ground: Annotated[
        str, typer.Option(help="区划代码，只做这里的和它上面的；默认全部。 Only here and above; default all.")
    ] = "",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天，默认今天。 The day; today.")
    ] = None,
) -> None:
    """由网格做出各级地图，没有变化的不做；停在半路的，再运行就接着做。

    Makes the maps of all levels from the grids; what has not changed is left, a stopped run goes on.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.territory import service

        now = clock.now()
        day = on.date() if on else now.date()
        with bar("地图 … maps") as progress:
            made = list(service.make_layers(ground, on=day, now=now, progress=progress))
        unsound = [one.ground for one in made if not one.sound]
        if unsound:
            say(
                f"网格之间有空隙或重叠，边界各自简化，可能对不齐：{'、'.join(unsound[:20])}。"
                "请运行 gantang ground check。 Gaps or overlaps: borders may drift apart."
            )
        if made:
            largest = max(made, key=lambda one: one.size)
            say(
                f"{len(made)} 幅地图 maps；最大的 largest: {largest.ground} {largest.size / 1000:.0f} kB，"
                f"简化到 simplified to {largest.tolerance * _DEGREE:.0f} m"
            )
        else:
            say("都是新的，没有要做的 … nothing to do")
