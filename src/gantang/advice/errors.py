"""What can keep a model from being trained."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import RefusedError


class TooFewError(RefusedError):
    """Too few decided matters to learn from."""

    code = "advice.too_few"
    sentence = _(
        "能学的已定类事项太少：共{matters}件，够{each}件的类别{classes}个。至少要{least}件、两个类别各够{each}件，不训练。"
    )
    remedy = _("请先由人受理、定类，攒够了再运行 gantang train。在此以前工作台不显示建议。")


class TooUnsureError(RefusedError):
    """On matters it had not seen, no model was right often enough at any confidence."""

    code = "advice.too_unsure"
    sentence = _("训练出的模型在没见过的事项上，无论把握多高，第一建议都不到{aim}%正确，不启用。")
    remedy = _("请看看已办事项的类别是否定得一致，改正后再训练；原来的模型照旧使用。")


class NoExtraError(RefusedError):
    """scikit-learn is not installed."""

    code = "advice.no_extra"
    sentence = _("训练模型须另装组件。")
    remedy = _("请安装 gantang[advice] 后再运行。")
