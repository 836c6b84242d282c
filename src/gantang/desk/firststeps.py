"""The first five steps of each role at the desk: what to try, where, and what one sees there."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try: where it is done, and what to look at."""

    title: str | Promise
    told: str | Promise
    name: str
    query: str = ""

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.name) + self.query


WORDS = {
    "intake": _("受理分派岗"),
    "work": _("办理和调解岗"),
    "check": _("核验督办岗"),
    "lead": _("负责岗"),
    "privacy": _("个人信息保护岗"),
    "admin": _("系统管理岗"),
}
#: The first of these that a post's duties name is its role.
ROLES = (
    ("intake", frozenset({"receiver", "dispatcher"})),
    ("work", frozenset({"handler", "mediator", "cooperator"})),
    ("check", frozenset({"verifier", "supervisor", "arbiter"})),
    ("lead", frozenset({"leader"})),
    ("privacy", frozenset({"privacy"})),
)
_QUEUE, _KEYS = "desk:queue", _("按?看全部快捷键，按Ctrl K去任何一页。打字时快捷键不起作用。")
STEPS: dict[str, tuple[Step, ...]] = {
    "intake": (
        Step(
            _("看待受理的一件"),
            _("左边是视图，中间是清单，右边是要定的事。J、K上下走。"),
            _QUEUE,
            "?view=received",
        ),
        Step(
            _("照建议受理分派"),
            _("类别和归口单位旁边写着理由。对就按A，不对按C改类别。"),
            _QUEUE,
            "?view=received",
        ),
        Step(
            _("接一个电话"),
            _("一屏问完：原话、地方、怎么联系。地方边打边找，相似的事会列在旁边。"),
            "desk:intake",
        ),
        Step(_("看一件事怎么走"), _("流程图里有每个环节谁负责、几天、下一步去哪里。"), "desk:procedures"),
        Step(_("记住几个键"), _KEYS, "desk:me"),
    ),
    "work": (
        Step(_("看轮到本岗的"), _("只列轮到您的，快到期的在最上面。"), _QUEUE, "?view=mine"),
        Step(
            _("打开一件，看时限怎么算的"),
            _("时限旁点“怎么算的”，一天一格，停表和延长都写着原因。"),
            _QUEUE,
            "?view=mine",
        ),
        Step(
            _("看为什么没有某个按钮"), _("不能办的动作不会消失，会写明原因和该找谁。"), _QUEUE, "?view=open"
        ),
        Step(_("找一件以前办过的"), _("按/搜编号、地点或事由里的词。"), _QUEUE, "?view=all"),
        Step(_("记住几个键"), _KEYS, "desk:me"),
    ),
    "check": (
        Step(
            _("看待核验的"),
            _("办的人不能核验自己办的；没有人答复的，到期后由您核验。"),
            _QUEUE,
            "?view=verify",
        ),
        Step(_("看已超期的"), _("每一件写着卡在哪个单位、超了几天。"), _QUEUE, "?view=late"),
        Step(_("看归口争议"), _("第二次退回会到裁定岗，裁定说了算。"), _QUEUE, "?view=contested"),
        Step(_("核对一件的账本"), _("事项页“账本和核对”逐步核对，改一处就断开。"), _QUEUE, "?view=all"),
        Step(_("把清单带走"), _("清单右上角导出表格，筛选条件跟着走，没有个人信息。"), _QUEUE, "?view=late"),
    ),
    "lead": (
        Step(_("一页看全"), _("五个问题各一句话一张图，点数字看是哪些事。"), "screen:leader"),
        Step(_("看大屏"), _("从全域一层层点到网格，换一种指标再看。"), "screen:wall"),
        Step(_("看存量和增减"), _("各类各地现有多少件，比上期多了少了。"), "desk:balances"),
        Step(_("看反复出现的起因"), _("同一地方反复出现的，一步开成整改清单。"), "desk:causes"),
        Step(_("看排查到了哪里"), _("哪些网格报了、哪些没报、报了什么。"), "desk:campaigns"),
    ),
    "privacy": (
        Step(_("查某人被存了什么"), _("本人来问时按电话查，结果可以打印给本人。"), "desk:subjects"),
        Step(_("看谁的信息开着"), _("事项页的人都遮着，打开一栏要写理由，记在账上。"), _QUEUE, "?view=all"),
        Step(_("看暂停删除的"), _("到期会自动删除；正在打官司的可以先停。"), _QUEUE, "?view=all"),
        Step(_("核对一件的账本"), _("事项页“账本和核对”逐步核对，改一处就断开。"), _QUEUE, "?view=all"),
        Step(_("管好自己的登录"), _("看自己登录着的设备，开通第二重验证。"), "desk:me"),
    ),
    "admin": (
        Step(_("看哪里没人负责"), _("地图上红的地方有盲区，补一条归口就消失。"), "desk:blind"),
        Step(_("看岗位空缺"), _("空着的岗、没人承担的功能、不够的学时都列着。"), "desk:posts"),
        Step(_("改一天日历，先看后果"), _("改之前列出哪些期限会动，动到哪一天。"), "desk:calendar"),
        Step(_("拆一个网格，先看后果"), _("拟好以后由另一位管理员复核，到日子才生效。"), "desk:ground-new"),
        Step(_("看连接通不通"), _("没送达的停在那里，改好原因再送。"), "desk:connections"),
    ),
}


def role_of(actor: Actor) -> str:
    """What a post mainly does at the desk."""
    duties = {one.duty for one in actor.sight}
    return "admin" if actor.admin else next((role for role, named in ROLES if named & duties), "work")


def is_new(request: HttpRequest, account: int | None) -> bool:
    """Whether an account has not put its first steps aside yet, on any device."""
    return account is not None and getattr(request.user, "welcomed_at", None) is None
