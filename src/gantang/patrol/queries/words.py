"""The room's closed lists in words, for doors."""

from gantang.patrol.wording import (
    KIND_WORDS,
    LEVEL_WORDS,
    ORDER_WORDS,
    POINT_WORDS,
    RAISED_WORDS,
    SKILLS,
    STATE_WORDS,
    VESSEL_WORDS,
)

__all__ = [
    "KIND_WORDS",
    "LEVEL_WORDS",
    "ORDER_WORDS",
    "POINT_WORDS",
    "RAISED_WORDS",
    "SKILLS",
    "STATE_WORDS",
    "VESSEL_WORDS",
]
