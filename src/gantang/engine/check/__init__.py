"""The checker: proves a procedure before it runs. `check` gives the findings, `bound` the longest time."""

from gantang.engine.check.bound import Bound, Length, bound
from gantang.engine.check.checker import KINDS, check
from gantang.engine.check.law import loosened
from gantang.engine.check.remits import Blind, blind, needs_of, serving, told, unclassed, unheld, unmanned
from gantang.engine.check.upgrading import upgrade_faults

__all__ = [
    "KINDS",
    "Blind",
    "Bound",
    "Length",
    "blind",
    "bound",
    "check",
    "loosened",
    "needs_of",
    "serving",
    "told",
    "unclassed",
    "unheld",
    "unmanned",
    "upgrade_faults",
]
