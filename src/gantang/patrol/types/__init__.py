"""What the room hands out and takes in: frozen values, never models."""

from gantang.patrol.rules.plan import Breach, Duty, Kind, Need, Officer, Plan, Rule, Rules, Weights, Wish
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.rules.water import LEVELS, Lost
from gantang.patrol.types.codes import (
    FLOOD_ABOVE,
    HEARD_WITHIN,
    KEPT_DAYS,
    LOW_BELOW,
    ORDER_KINDS,
    POINT_KINDS,
    VESSEL_STATES,
)
from gantang.patrol.types.places import LevelView, Outline, PointView, RouteView, VesselView, ZoneView
from gantang.patrol.types.rostering import Demand, NewRoster, OfficerView, RosterView, Solved
from gantang.patrol.types.serving import (
    ConcernView,
    HandoverView,
    LogView,
    OrderView,
    PastView,
    ShiftView,
)

__all__ = [
    "FLOOD_ABOVE",
    "HEARD_WITHIN",
    "KEPT_DAYS",
    "LEVELS",
    "LOW_BELOW",
    "ORDER_KINDS",
    "POINT_KINDS",
    "VESSEL_STATES",
    "Breach",
    "ConcernView",
    "Demand",
    "Duty",
    "HandoverView",
    "Kind",
    "LevelView",
    "Limits",
    "LogView",
    "Lost",
    "Need",
    "NewRoster",
    "Officer",
    "OfficerView",
    "OrderView",
    "Outline",
    "PastView",
    "Plan",
    "PointView",
    "RosterView",
    "RouteView",
    "Rule",
    "Rules",
    "ShiftView",
    "Solved",
    "VesselView",
    "Weights",
    "Wish",
    "ZoneView",
]
