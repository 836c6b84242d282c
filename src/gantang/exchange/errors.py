"""What can be wrong with a request before any room is asked; the rooms' own errors pass through unchanged."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ForbiddenError, GantangError, InvalidError, NotFoundError
from gantang.matters.errors import StaleError


class UnreadableError(GantangError):
    """A body that is no JSON, or no multipart form."""

    status = 400
    code = "exchange.unreadable"
    sentence = _("请求内容读不出来。")
    remedy = _("请发送 UTF-8 的 JSON；上传文件请用 multipart/form-data。")


class UnauthenticatedError(GantangError):
    """No credential, or one that opens nothing."""

    status = 401
    code = "exchange.unauthenticated"
    sentence = _("没有登录，或凭证无效。")
    remedy = _("请在 Authorization 请求头写“Bearer 令牌”，或先在网站登录。")


class CodeMissingError(GantangError):
    """No access code, or one that opens nothing."""

    status = 401
    code = "exchange.access_code"
    sentence = _("没有查询码，或查询码查不到事项。")
    remedy = _("请在 X-Access-Code 请求头写回执上的查询码，共 14 位。")


class CsrfError(ForbiddenError):
    """A write with a session and without its token against forged requests."""

    code = "exchange.csrf"
    sentence = _("用网站登录办理时，缺少防伪标记。")
    remedy = _("请在 X-CSRFToken 请求头写 csrftoken 的值；程序请改用令牌。")


class AddressMissingError(NotFoundError):
    """An address that the API does not have."""

    code = "exchange.no_such_address"
    sentence = _("接口里没有这个地址。")
    remedy = _("请查阅 /api/v1/openapi.json。")


class MethodMissingError(GantangError):
    """A method that the address does not know."""

    status = 405
    code = "exchange.method"
    sentence = _("这个地址不支持这种请求方法。")
    remedy = _("可用的方法写在 Allow 响应头里。")


class TooLargeError(GantangError):
    """A body beyond the limit."""

    status = 413
    code = "exchange.too_large"
    sentence = _("请求内容太大，上限是 {most} 字节。")
    remedy = _("请分批发送，或压缩后再传。")


class MediaTypeError(GantangError):
    """A body of another kind than the operation takes."""

    status = 415
    code = "exchange.media_type"
    sentence = _("这个操作不接受这种格式的内容。")
    remedy = _("请把 Content-Type 写成 {wanted}。")


class PreconditionError(StaleError):
    """The matter is not what If-Match says (412, as HTTP has it)."""

    status = 412


class RequestInvalidError(InvalidError):
    """A request that does not fit the document; ``details["fields"]`` names each place."""

    code = "exchange.invalid"
    sentence = _("请求不符合接口的约定。")
    remedy = _("请按每一处的提示修改；约定见 /api/v1/openapi.json。")


class TooManyTriesError(GantangError):
    """Too many wrong credentials from one address."""

    status = 429
    code = "exchange.too_many_tries"
    sentence = _("错误的凭证试得太多了。")
    remedy = _("请核对凭证，{minutes} 分钟后再试。")


class TooManyReportsError(GantangError):
    """Too many reports without an account from one address."""

    status = 429
    code = "exchange.too_many_reports"
    sentence = _("这个网络地址报来的事情太多了，这一件还没有收下。")
    remedy = _("请10分钟后用同一个 Idempotency-Key 再报；替很多人报事的程序请申请令牌。")


class GroundMissingError(NotFoundError):
    """No division or grid of this code in force."""

    code = "exchange.no_such_ground"
    sentence = _("没有这个行政区划或网格，或它已经撤销。")


class LevelUnknownError(InvalidError):
    """A level of a map that there is not."""

    code = "exchange.no_such_level"
    sentence = _("没有这一级地图。")
    remedy = _("level 写 2（市）到 6（网格）。")


class TooManyFeedsError(GantangError):
    """Too many feeds asked for from one address."""

    status = 429
    code = "exchange.too_many_feeds"
    sentence = _("公布的内容取得太频繁了。")
    remedy = _("请过一分钟再取；没有变化时用 If-None-Match。")


class TooManyMapsError(GantangError):
    """Too many maps asked for from one address."""

    status = 429
    code = "exchange.too_many_maps"
    sentence = _("地图取得太频繁了。")
    remedy = _("请过一分钟再取。")
