"""The only way to change the outbox."""

from gantang.outbox.service.deliver import deliver_once
from gantang.outbox.service.keep import drop, purge, put, resend

__all__ = ["deliver_once", "drop", "purge", "put", "resend"]
