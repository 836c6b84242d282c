"""The only way to change the catalogue: the shipped facts, terms, legal periods, slots, the calendar."""

from gantang.catalogue.service.calendar import change_calendar, clear_day, publish_year, set_day
from gantang.catalogue.service.inheriting import follow_ground
from gantang.catalogue.service.seeding import seed
from gantang.catalogue.service.sheet import read_days
from gantang.catalogue.service.slots import set_slot
from gantang.catalogue.service.terms import end_term, set_period, set_term

__all__ = [
    "change_calendar",
    "clear_day",
    "end_term",
    "follow_ground",
    "publish_year",
    "read_days",
    "seed",
    "set_day",
    "set_period",
    "set_slot",
    "set_term",
]
