"""The only way to change ground: the shipped facts, grids made, redrawn and retired, and change sets.

All functions but ``seed`` take keywords only, ``actor`` first and ``now`` last; the actor's post must
administer. Each change is a step of the ledger, in the stream of its village or of its change set.
"""

from gantang.territory.service.aliasing import set_aliases
from gantang.territory.service.applying import apply_change, note_fault
from gantang.territory.service.changes import amend_change, draft_change, review_change, withdraw_change
from gantang.territory.service.making import make_grids, redraw_grid, retire_grid
from gantang.territory.service.seeding import Progress, seed

__all__ = [
    "Progress",
    "amend_change",
    "apply_change",
    "draft_change",
    "make_grids",
    "note_fault",
    "redraw_grid",
    "retire_grid",
    "review_change",
    "seed",
    "set_aliases",
    "withdraw_change",
]
