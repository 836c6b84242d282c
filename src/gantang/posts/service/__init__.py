"""The only way to change units, posts, appointments and remits; each change is a step of the ledger.

All functions take keywords only, ``actor`` first and ``now`` last; the actor's post must administer.
"""

from gantang.posts.service.appointments import appoint, appoint_many, end_appointment
from gantang.posts.service.establish import establish
from gantang.posts.service.grounds import take_ground_changes
from gantang.posts.service.remits import end_remit, set_remit
from gantang.posts.service.units import end_post, end_unit, make_post, make_unit, open_centre, station

__all__ = [
    "appoint",
    "appoint_many",
    "end_appointment",
    "end_post",
    "end_remit",
    "end_unit",
    "establish",
    "make_post",
    "make_unit",
    "open_centre",
    "set_remit",
    "station",
    "take_ground_changes",
]
