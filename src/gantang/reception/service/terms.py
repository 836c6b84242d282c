"""How long it is known who came: a slot of the catalogue, editable and dated."""

from datetime import datetime

from gantang.catalogue import queries as catalogue

#: The slot with the number of days after the appointment.
SLOT = "retention.appointments"
#: Where the slot was emptied: as soon as the day is over.
LEAST = 0


def days_kept(now: datetime) -> int:
    """Days after the day of the appointment."""
    slot = catalogue.slot(SLOT, on=now.date())
    return LEAST if slot is None or slot.value is None else int(slot.value)
