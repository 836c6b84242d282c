"""Who sees which row, written by hand. Nothing of the rooms that decide is imported here.

Why, place by place: a wide duty (receiver, dispatcher, verifier, arbiter, supervisor, leader) sees every matter of its
class on its ground and above no further; handlers, mediators and who cooperates see what their unit holds or takes
part in; a post narrowed to a grid sees nothing beyond the grid; who administers sees no matter by it; who left a post
sees nothing by it.
"""

from tests.world import CAST

#: Who is asked for beside the cast: posts whose sight is cut by grid, by village or by class.
MORE = {
    "next_worker": ("360428101001", "网格员002"),
    "village_head": ("360428101001", "负责岗"),
    "housing_head": ("360428:housing", "负责岗"),  # leads for facilities in the county, and for nothing else
    "water_head": ("360428:water", "负责岗"),  # no matter here is of water
}
#: Left a post of wide duties; went over from one to another township; nobody at all.
LEFT, MOVED, NOBODY = "left", "moved", ""
PERSONAS = (*CAST, *MORE, MOVED, LEFT, NOBODY)

ABOVE = {"city_leader", "province_leader"}
COUNTY = {"county_receiver", "county_dispatcher", "verifier", "arbiter", "supervisor", "county_leader"}
CENTRE = {"receiver", "dispatcher", "leader"}  # the wide duties of the township
HANDS = {"handler", "mediator"}  # those that see what the township holds
VILLAGE = {"village_clerk", "village_head"}
NEIGHBOUR = {"neighbour", MOVED}
FOREIGN = {"foreigner", "foreign_receiver", "foreign_dispatcher", "foreign_handler", "foreign_verifier"}
#: All who see whatever is a facility's in the county.
OVER = COUNTY | ABOVE | {"housing_head"}

#: Where a matter lies or who has it in hand, and everybody who sees it.
SEES: dict[str, set[str]] = {
    # just received; the receiver's unit holds it
    "own grid": CENTRE | HANDS | {"village_head"} | OVER,
    "same village": CENTRE | HANDS | {"village_head"} | OVER,
    "other village": CENTRE | HANDS | OVER,
    "other township": NEIGHBOUR | {"neighbour_handler"} | OVER,
    "other county": set(ABOVE),
    "other city": FOREIGN | {"province_leader"},
    "place unknown": {"province_leader"},
    # given to somebody else: the receiver's colleagues let go of it
    "department holds": NEIGHBOUR | {"department_handler"} | OVER,
    "village holds, own grid": CENTRE | VILLAGE | {"grid_worker"} | OVER,
    "village holds, next grid": CENTRE | VILLAGE | {"next_worker"} | OVER,
    # shared: the township handles, the village was asked to help
    "shared, next grid": CENTRE | HANDS | VILLAGE | {"next_worker"} | OVER,
    "shared, other township": NEIGHBOUR | {"neighbour_handler"} | VILLAGE | OVER,
    # carried over from this township to another city
    "came from here": FOREIGN | {"province_leader"},
    # a protected tip: no sign of it but on its own pages (``rights.SEALED``)
    "protected": set(),
}
#: Where sight by ground ends (what row-level security alone must hold); None where there is no sight at all.
GROUNDS: dict[str, str | None] = {
    "grid_worker": "360428101001001",
    "next_worker": "360428101001002",
    "village_clerk": "360428101",  # by its remit a village helps those who handle in the whole township
    "village_head": "360428101001",
    **dict.fromkeys(CENTRE | HANDS, "360428101"),
    **dict.fromkeys(NEIGHBOUR | {"neighbour_handler"}, "360428102"),
    **dict.fromkeys(COUNTY | {"county_handler"}, "360428"),
    **dict.fromkeys(("department_handler", "housing_head", "water_head"), "360428"),
    **dict.fromkeys(("foreign_receiver", "foreign_dispatcher", "foreign_handler"), "361028100"),
    **dict.fromkeys(("foreigner", "foreign_verifier"), "361028"),
    "city_leader": "3604",
    "province_leader": "36",
    **dict.fromkeys(("admin", LEFT, NOBODY)),
}
#: Who sees a row beyond the own ground, because the unit takes part in it.
SHARED = {"shared, other township": VILLAGE}
