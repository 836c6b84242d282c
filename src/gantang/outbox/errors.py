"""Why a parcel did not leave. A code says it; no address, no text."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, GantangError, InvalidError, NotFoundError


class DeliveryError(GantangError):
    """The other side did not take it; worth another try."""

    code = "outbox.delivery_failed"
    sentence = _("这一条没有送出去。")
    remedy = _("系统会自动重试；多次不成功时请检查对方服务。")
    status = 503

    def __init__(
        self,
        reason: str = "",
        *,
        away: bool = False,
        unsure: bool = False,
        after: timedelta | None = None,
    ) -> None:
        """``away``: nobody is there, so nothing else is tried there for a while; ``unsure``: the answer was
        lost, it may have arrived; ``after``: the other side asks to be left alone for so long."""
        super().__init__()
        self.reason, self.away, self.unsure, self.after = reason or self.code, away, unsure, after


class UndeliverableError(DeliveryError):
    """No repetition will help; it becomes a dead letter at once."""

    code = "outbox.undeliverable"
    remedy = _("请改正收件地址或对方设置，再点“重发”。")


class UnknownDestinationError(InvalidError):
    """No destination of that name is registered."""

    code = "outbox.unknown_destination"
    sentence = _("没有这个去向。")
    remedy = _("请检查程序是否完整安装。")


class UnknownKindError(UndeliverableError):
    """No room has registered how this kind is worded."""

    code = "outbox.unknown_kind"


class WebhookNotFoundError(NotFoundError):
    """No such receiver, or it has ended."""

    code = "outbox.webhook_not_found"
    sentence = _("没有这个 webhook，或已经停止。")
    remedy = _("请用 gantang webhook list 查看编号。")


class WebhookPausedError(ConflictError):
    """A receiver that is paused is not tried."""

    code = "outbox.webhook_paused"
    sentence = _("这个 webhook 暂停着，试送也不会出去。")
    remedy = _("请先恢复，再试送。")


#: What is wrong with a receiver, in words.
WRONG = {
    "webhook.address": _("地址写得不对"),
    "webhook.no_address": _("地址里的域名现在查不到"),
    "webhook.private_address": _("这是内网地址，还没有写进服务器的设置"),
    "webhook.no_https": _("地址没有以 https:// 开头"),
    "kinds": _("没有选送哪些消息"),
    "ground": _("地方的代码写得不对"),
}


class WebhookRefusedError(InvalidError):
    """The address, a kind or the ground of a receiver does not fit."""

    code = "outbox.webhook_refused"
    sentence = _("webhook 没有登记：{what}")
    remedy = _("地址须为 https://；内网地址须先写入 GANTANG_WEBHOOK_HOSTS。种类见 gantang webhook kinds。")
