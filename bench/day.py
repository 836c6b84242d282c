"""A province's day of acts over HTTP: matters reported, accepted, taken on and answered by eight clients.

How much quicker than the day itself, and whether the site's processes grow meanwhile.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import asking, cpu, load
from bench.server import CLIENTS
from bench.site import PORT
from bench.world import BY_NAME

#: Seconds of a day, and the acts that one brings.
DAY, ACTS = 86_400, 50_000
_AT_A_TIME = 1000
_HANDLING: tuple[dict[str, Any], ...] = (
    {"move": "take_on", "answers": {}},
    {"move": "answer", "answers": {"result": "resolved", "reply": "修好了，请再看看。"}},
)


def measure(*, acts: int = ACTS) -> dict[str, Any]:
    """Acts a second, how many times quicker than the day, mebibytes at a tenth, half and the end of it."""
    grids = asking.grids()
    receiver, handler = BY_NAME["township"].token, asking.handler(grids[0])
    done, seconds, memory = 0, 0.0, [_mebibytes()]
    while done < acts:
        for answered in _batch(receiver, handler, grids):
            done += len(answered.seconds)
            seconds += answered.elapsed
        memory.append(_mebibytes())
        print(f"  {done:,} acts, {done / seconds:.0f}/s, {memory[-1]:.0f} MiB", flush=True)
    tenth = memory[max(1, len(memory) // 10)]
    return {
        "acts": done,
        "rate": done / seconds,
        "times": DAY / (seconds * ACTS / done),
        "memory_mib": [tenth, memory[len(memory) // 2], memory[-1]],
        "growth": memory[-1] / tenth - 1,
    }


def _batch(receiver: str, handler: str, grids: list[str]) -> Iterator[load.Result]:
    """So many matters through four acts; each act's answers."""
    made = _limited(asking.creates(receiver, grids))
    yield _good(made)
    numbers = [json.loads(body)["number"].replace("-", "") for body in made.bodies]
    for token, body in ((receiver, asking.move()), *((handler, one) for one in _HANDLING)):
        makes = asking.moves(token, numbers, CLIENTS, body=body)
        yield _good(load.run(makes, port=PORT, clients=CLIENTS, seconds=600))


def _limited(makes: Any) -> load.Result:
    share = _AT_A_TIME // CLIENTS
    few = lambda client: (one for one, _ in zip(makes(client), range(share), strict=False))  # noqa: E731
    return load.run(few, port=PORT, clients=CLIENTS, seconds=600, keep=True)


def _good(found: load.Result) -> load.Result:
    if found.failed:
        raise SystemExit(f"answers that were no success: {found.statuses}")
    return found


def _mebibytes() -> float:
    """What the site's processes hold together, pages they share counted once."""
    return sum(_proportional(pid) for pid in cpu.processes()) / 1024


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
