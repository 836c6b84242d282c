"""The only way to change ground: the shipped facts, and grids made, redrawn and retired.

All functions but ``seed`` take keywords only, ``actor`` first and ``now`` last; the actor's post must
administer. Each change is a step of the ledger, in the stream of its village.
"""

from gantang.territory.service.making import make_grids, redraw_grid, retire_grid
from gantang.territory.service.seeding import Progress, seed

__all__ = ["Progress", "make_grids", "redraw_grid", "retire_grid", "seed"]
