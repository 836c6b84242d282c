"""The only way to change units, posts, appointments and remits; each change is a step of the ledger.

All functions take keywords only, ``actor`` first and ``now`` last; the actor's post must administer.
"""

from gantang.posts.service.appointments import appoint, appoint_many, end_appointment, transfer
from gantang.posts.service.bringing import headings, import_sheet, returned
from gantang.posts.service.establish import establish
from gantang.posts.service.grounds import Followers, followers, take_ground_changes
from gantang.posts.service.groups import add_member, end_group, end_member, make_group
from gantang.posts.service.leaving import leave
from gantang.posts.service.remits import end_remit, set_remit
from gantang.posts.service.units import (
    end_function,
    end_post,
    end_unit,
    fill_function,
    make_post,
    make_unit,
    open_centre,
    station,
)

__all__ = [
    "Followers",
    "add_member",
    "appoint",
    "appoint_many",
    "end_appointment",
    "end_function",
    "end_group",
    "end_member",
    "end_post",
    "end_remit",
    "end_unit",
    "establish",
    "fill_function",
    "followers",
    "headings",
    "import_sheet",
    "leave",
    "make_group",
    "make_post",
    "make_unit",
    "open_centre",
    "returned",
    "set_remit",
    "station",
    "take_ground_changes",
    "transfer",
]
