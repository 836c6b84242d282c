"""The only way to change anything of a centre's services."""

from gantang.reception.service.booking import book, cancel, forget_due
from gantang.reception.service.directory import (
    end_offer,
    end_service,
    set_listing,
    set_offer,
    set_service,
)
from gantang.reception.service.figures import publish
from gantang.reception.service.notices import (
    comment,
    forget_comments_due,
    publish_notice,
    sum_up,
    withdraw_notice,
)
from gantang.reception.service.orders import make_due, order_edition

__all__ = [
    "book",
    "cancel",
    "comment",
    "end_offer",
    "end_service",
    "forget_comments_due",
    "forget_due",
    "make_due",
    "order_edition",
    "publish",
    "publish_notice",
    "set_listing",
    "set_offer",
    "set_service",
    "sum_up",
    "withdraw_notice",
]
