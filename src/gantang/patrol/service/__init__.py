"""The only way to change anything of the patrol, and to have a roster made."""

from gantang.patrol.service.duty import (
    come_back,
    forget_due,
    give_over,
    go_out,
    note_position,
    take_over,
)
from gantang.patrol.service.officers import end_officer, set_officer
from gantang.patrol.service.orders import give, hear, raise_due, report_done, take_back
from gantang.patrol.service.places import (
    add_point,
    add_route,
    add_vessel,
    add_zone,
    draw_zone,
    end,
    set_levels,
    set_vessel,
)
from gantang.patrol.service.rosters import ask, enter, issue, make_due, withdraw
from gantang.patrol.service.shifts import assign, note_found
from gantang.patrol.service.water import cancel, reroute, say_level
from gantang.patrol.solving import solve

__all__ = [
    "add_point",
    "add_route",
    "add_vessel",
    "add_zone",
    "ask",
    "assign",
    "cancel",
    "come_back",
    "draw_zone",
    "end",
    "end_officer",
    "enter",
    "forget_due",
    "give",
    "give_over",
    "go_out",
    "hear",
    "issue",
    "make_due",
    "note_found",
    "note_position",
    "raise_due",
    "report_done",
    "reroute",
    "say_level",
    "set_levels",
    "set_officer",
    "set_vessel",
    "solve",
    "take_back",
    "take_over",
    "withdraw",
]
