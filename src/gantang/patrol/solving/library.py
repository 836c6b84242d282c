"""The library itself, and how long each search may take."""

import time
from typing import Any

from gantang.patrol import errors

#: A search that is begun gets so many seconds at least.
_LEAST = 1.0


def library() -> Any:
    """OR-Tools' CP-SAT. Errors: NoExtraError."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise errors.NoExtraError from None
    return cp_model


class Until:
    """Seconds by the clock on the wall, from now on, for a model and its searches together."""

    def __init__(self, wall: float) -> None:
        self._end = time.monotonic() + wall

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._end - time.monotonic())

    def solver(self, cp: Any, limit: float, *, every_way: bool = True) -> Any:
        """``every_way``: all of the library's strategies in turns, by one worker; else its plain search."""
        solver = cp.CpSolver()
        solver.parameters.interleave_search = every_way
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = limit
        solver.parameters.max_time_in_seconds = max(_LEAST, self.left())
        return solver
