"""The only way to change ground: the shipped facts, grids one by one, change sets, files of grids; and what
stands on it: facilities, places.

All functions but ``seed`` and those that only read or write files take keywords only, ``actor`` first and
``now`` last; the actor's post must administer. Each change is a step of the ledger, in the stream of its
village or of its change set.
"""

from gantang.territory.service.aliasing import set_aliases
from gantang.territory.service.applying import apply_change, note_fault
from gantang.territory.service.asset_files import write_assets
from gantang.territory.service.assets import guess_columns, plan_assets, take_assets
from gantang.territory.service.changes import amend_change, draft_change, review_change, withdraw_change
from gantang.territory.service.facilities import amend_facility, make_facility, remove_facility
from gantang.territory.service.giving import write_faults, write_ground
from gantang.territory.service.importing import plan_ground, take_ground
from gantang.territory.service.layers import make_layers
from gantang.territory.service.listing import (
    end_facility_kind,
    end_place_service,
    set_facility_kind,
    set_place_service,
)
from gantang.territory.service.making import make_grids, redraw_grid, retire_grid
from gantang.territory.service.placing import amend_place, end_place, make_place
from gantang.territory.service.reading import read_ground, read_outlines
from gantang.territory.service.seeding import Progress, seed
from gantang.territory.service.sheeting import look_at_ground, parted, take_at_a_door
from gantang.territory.service.tending import inspect_facility, may_tend, repaired, report_fault

__all__ = [
    "Progress",
    "amend_change",
    "amend_facility",
    "amend_place",
    "apply_change",
    "draft_change",
    "end_facility_kind",
    "end_place",
    "end_place_service",
    "guess_columns",
    "inspect_facility",
    "look_at_ground",
    "make_facility",
    "make_grids",
    "make_layers",
    "make_place",
    "may_tend",
    "note_fault",
    "parted",
    "plan_assets",
    "plan_ground",
    "read_ground",
    "read_outlines",
    "redraw_grid",
    "remove_facility",
    "repaired",
    "report_fault",
    "retire_grid",
    "review_change",
    "seed",
    "set_aliases",
    "set_facility_kind",
    "set_place_service",
    "take_assets",
    "take_at_a_door",
    "take_ground",
    "withdraw_change",
    "write_assets",
    "write_faults",
    "write_ground",
]
