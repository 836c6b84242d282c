"""The only way to change anything of a centre's services."""

from gantang.reception.service.booking import book, cancel, forget_due
from gantang.reception.service.directory import (
    end_offer,
    end_service,
    set_listing,
    set_offer,
    set_service,
)

__all__ = [
    "book",
    "cancel",
    "end_offer",
    "end_service",
    "forget_due",
    "set_listing",
    "set_offer",
    "set_service",
]
