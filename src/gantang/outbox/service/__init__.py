"""The only way to change the outbox."""

from gantang.outbox.service.deliver import deliver_once
from gantang.outbox.service.hooks import go_on as resume_webhook
from gantang.outbox.service.hooks import pause as pause_webhook
from gantang.outbox.service.hooks import try_out as try_webhook
from gantang.outbox.service.keep import drop, purge, put, resend, withdraw
from gantang.outbox.service.taking import is_held
from gantang.outbox.service.webhooks import announce, rewrap_secrets
from gantang.outbox.service.webhooks import end as end_webhook
from gantang.outbox.service.webhooks import order as order_webhook
from gantang.outbox.service.webhooks import rotate as rotate_webhook

__all__ = [
    "announce",
    "deliver_once",
    "drop",
    "end_webhook",
    "is_held",
    "order_webhook",
    "pause_webhook",
    "purge",
    "put",
    "resend",
    "resume_webhook",
    "rewrap_secrets",
    "rotate_webhook",
    "try_webhook",
    "withdraw",
]
