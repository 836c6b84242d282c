"""The telephone number that 长辈版 offers: the deployment's own, or none."""

import re
from datetime import date

from gantang.catalogue import queries as catalogue

SLOT = "hotline.number"
_CALLED = re.compile(r"\+?\d(?:[\d -]{1,18})\d")


def number(on: date) -> str:
    """The number to call, as the slot has it; "" where it is empty or cannot be called."""
    slot = catalogue.slot(SLOT, on=on)
    text = str(slot.value).strip() if slot is not None and slot.value else ""
    return text if _CALLED.fullmatch(text) else ""
