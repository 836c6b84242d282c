"""Maps of a county: seconds on one core, and how large they are, without the database.

The ground of ``bench.locate`` as one county: 1,200 grids of 54 corners under 250 villages and 20 townships;
and the largest county of the shipped divisions, 609 villages with 3,000 grids.
"""

import time
from typing import Any

from bench.locate import honeycomb

#: Townships, villages, grids.
COUNTIES = {"county": (20, 250, 1_200), "largest": (33, 609, 3_045)}


def measure() -> dict[str, Any]:
    """For each county: seconds for all its maps, bytes of its own and of the largest of its townships."""
    return {name: _measured(*size) for name, size in COUNTIES.items()}


def _measured(townships: int, villages: int, grids: int) -> dict[str, Any]:
    from gantang.territory import layering

    drawn = enumerate(honeycomb(grids).values())
    shapes = {_code(place, townships, villages, grids): parts for place, parts in drawn}
    began = time.process_time()
    outlines = layering.of_parts(shapes)
    dissolved = layering.dissolved(outlines, 12)
    about = {code: {"name": "示例第十二村民委员会", "urban": False} for code in (*outlines, *dissolved)}
    own = layering.drawn(dissolved, (9, 6), about)
    below = [
        layering.drawn({code: one for code, one in outlines.items() if code.startswith(each)}, (12, 9), about)
        for each in sorted({code[:9] for code in outlines})
    ]
    return {
        "grids": grids,
        "seconds": time.process_time() - began,
        "bytes": len(own.body),
        "tolerance_metres": round(own.tolerance * 111_320),
        "largest_township_bytes": max(len(one.body) for one in below),
    }


def _code(place: int, townships: int, villages: int, grids: int) -> str:
    """Grids in rows, cut into villages and these into townships, in their order."""
    village = place * villages // grids
    township = village * townships // villages
    return f"360999{100 + township}{200 + village % 200:03}{place % 799 + 1:03}"


if __name__ == "__main__":
    for name, found in measure().items():
        print(name, found)
