"""The saved ways to look at one's matters."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at one's matters."""

    code: str
    icon: str
    title: str | Promise


VIEWS = (
    View("received", icon="inbox", title=gettext_lazy("待受理")),
    View("today", icon="hourglass-low", title=gettext_lazy("今天到期")),
    View("late", icon="alarm", title=gettext_lazy("已超期")),
    View("contested", icon="scale", title=gettext_lazy("归口待裁定")),
    View("verify", icon="eye-check", title=gettext_lazy("待核验")),
    View("mine", icon="user", title=gettext_lazy("轮到本岗")),
    View("barred", icon="shield-lock", title=gettext_lazy("绕评估被拦")),
    View("open", icon="folder-open", title=gettext_lazy("全部在办")),
    View("all", icon="list-tree", title=gettext_lazy("全部")),
)
