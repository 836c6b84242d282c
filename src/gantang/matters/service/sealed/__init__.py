"""Protected tips: a service of their own, since nothing of a tip ever reaches the open tables.

Received and routed (``receive``), talked with by receipt (``told``, ``say``), held by two posts
(``designate`` … ``declare``), opened by both together (``ask``, ``join``, ``close``), acted on while open
(``page``, ``act``), put on paper (``letter``, ``sheet``, ``statement``).
"""

from gantang.matters.service.sealed.acting import act, heard, listed, page, picture
from gantang.matters.service.sealed.checkpoints import checkpoint, checkpoint_due, fits
from gantang.matters.service.sealed.holding import (
    boxes_of,
    declare,
    declared,
    designate,
    hand_on,
    may_take_over,
    paper,
    set_passphrase,
    take_over,
    unit_boxes,
)
from gantang.matters.service.sealed.opening import ask, close, join
from gantang.matters.service.sealed.papers import letter, sheet, statement
from gantang.matters.service.sealed.receiving import MOST_PICTURES, receive
from gantang.matters.service.sealed.stream import faults
from gantang.matters.service.sealed.sweeping import sweep
from gantang.matters.service.sealed.talking import say, told
from gantang.matters.service.sealed.waking import wake

__all__ = [
    "MOST_PICTURES",
    "act",
    "ask",
    "boxes_of",
    "checkpoint",
    "checkpoint_due",
    "close",
    "declare",
    "declared",
    "designate",
    "faults",
    "fits",
    "hand_on",
    "heard",
    "join",
    "letter",
    "listed",
    "may_take_over",
    "page",
    "paper",
    "picture",
    "receive",
    "say",
    "set_passphrase",
    "sheet",
    "statement",
    "sweep",
    "take_over",
    "told",
    "unit_boxes",
    "wake",
]
