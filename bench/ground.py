"""`gantang ground check` over 100,000 grids, on one core: gaps, overlaps and orphans, without the database.

The ground of ``bench.locate``, sound but for faults that are planted in it: each must be found, and nothing
else.
"""

import json
import math
import time
from typing import Any

from bench.locate import GRIDS, honeycomb

#: Every so manyth grid is taken away (a gap), and every so manyth is drawn over its neighbour.
GAPS, OVERLAPS = 5_003, 4_001


def measure() -> dict[str, Any]:
    """Seconds of building the outlines and of the check, and what it found."""
    import gc

    from gantang.territory import coverage
    from gantang.territory.outlines import of_rows

    shapes = honeycomb(GRIDS)
    codes = list(shapes)
    rows = [(code, 0, json.dumps(outer)) for code, parts in shapes.items() for outer, _holes in parts]
    gc.freeze()
    began = time.process_time()
    drawn = of_rows(rows)
    built = time.process_time() - began
    inner = _inner(codes)
    gaps = set(inner[::GAPS])
    planted = set(inner[::OVERLAPS]) - gaps
    for code in gaps:
        del drawn[code]
    for code in planted:
        drawn[code] = drawn[code].buffer(1e-5)
    began = time.process_time()
    found = coverage.faces(drawn, least=1)
    seconds = time.process_time() - began
    over = {code for face in found if face.covered > 1 for code in face.grids}
    assert sum(1 for face in found if not face.covered) == len(gaps), "gaps differ"
    assert planted <= over, "an overlap was missed"
    return {
        "grids": len(drawn),
        "built_seconds": built,
        "check_seconds": seconds,
        "gaps": len(gaps),
        "overlapping": len(planted),
    }


def _inner(codes: list[str]) -> list[str]:
    """Those that have neighbours on all sides: not at the rim of the honeycomb."""
    width = math.ceil(math.sqrt(len(codes)))
    last = len(codes) // width - 2
    return [
        code
        for place, code in enumerate(codes)
        if 2 < place // width < last and 2 < place % width < width - 3
    ]
