"""The checker: proves a procedure before it runs. `check` gives the findings, `bound` the longest time."""

from gantang.engine.check.bound import Bound, Length, bound
from gantang.engine.check.checker import KINDS, check
from gantang.engine.check.law import loosened
from gantang.engine.check.remits import unheld
from gantang.engine.check.upgrading import upgrade_faults

__all__ = ["KINDS", "Bound", "Length", "bound", "check", "loosened", "unheld", "upgrade_faults"]
