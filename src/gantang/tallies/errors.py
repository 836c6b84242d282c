"""What can be wrong with a count."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError


class UnknownMeasureError(InvalidError):
    """A measure that nobody registered: a typing error would otherwise count quietly beside the right one."""

    code = "tallies.unknown_measure"
    sentence = _("没有这个统计指标。")
    remedy = _("请使用已登记的指标，或先在程序包的 counts 中登记。")


class InvalidDeltaError(InvalidError):
    """A delta whose ground or dimension has not the form of one."""

    code = "tallies.invalid_delta"
    sentence = _("统计变动的归属不合规则。")
    remedy = _("请检查区划代码、城乡属性和统计维度。")


class UnknownDimensionError(InvalidError):
    """A dimension that tallies are not kept by."""

    code = "tallies.unknown_dimension"
    sentence = _("不能按这个维度统计。")
    remedy = _("可用的维度：日期、网格、类别、程序、单位、渠道、城乡、成因、专项。")
