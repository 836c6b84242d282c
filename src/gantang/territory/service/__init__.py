"""The only way to change ground: the shipped facts, grids one by one, change sets, files of grids.

All functions but ``seed`` and those that only read or write files take keywords only, ``actor`` first and
``now`` last; the actor's post must administer. Each change is a step of the ledger, in the stream of its
village or of its change set.
"""

from gantang.territory.service.aliasing import set_aliases
from gantang.territory.service.applying import apply_change, note_fault
from gantang.territory.service.changes import amend_change, draft_change, review_change, withdraw_change
from gantang.territory.service.giving import write_faults, write_ground
from gantang.territory.service.importing import plan_ground, take_ground
from gantang.territory.service.layers import make_layers
from gantang.territory.service.making import make_grids, redraw_grid, retire_grid
from gantang.territory.service.reading import read_ground, read_outlines
from gantang.territory.service.seeding import Progress, seed

__all__ = [
    "Progress",
    "amend_change",
    "apply_change",
    "draft_change",
    "make_grids",
    "make_layers",
    "note_fault",
    "plan_ground",
    "read_ground",
    "read_outlines",
    "redraw_grid",
    "retire_grid",
    "review_change",
    "seed",
    "set_aliases",
    "take_ground",
    "withdraw_change",
    "write_faults",
    "write_ground",
]
