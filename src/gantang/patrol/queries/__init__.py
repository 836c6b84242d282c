"""The only way to see anything of the patrol."""

from gantang.patrol.queries import words
from gantang.patrol.queries.duty import handovers, last_positions, log, orders
from gantang.patrol.queries.past import past
from gantang.patrol.queries.plans import broken, conflict_lines, gap_lines, read_plan, table
from gantang.patrol.queries.rosters import calendar, concerns, mine, roster, rosters, shift, shifts, shifts_by
from gantang.patrol.queries.things import level, levels, officers, points, routes, vessels, zones
from gantang.patrol.sight import commands, runs

__all__ = [
    "broken",
    "calendar",
    "commands",
    "concerns",
    "conflict_lines",
    "gap_lines",
    "handovers",
    "last_positions",
    "level",
    "levels",
    "log",
    "mine",
    "officers",
    "orders",
    "past",
    "points",
    "read_plan",
    "roster",
    "rosters",
    "routes",
    "runs",
    "shift",
    "shifts",
    "shifts_by",
    "table",
    "vessels",
    "words",
    "zones",
]
