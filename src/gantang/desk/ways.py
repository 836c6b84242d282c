"""Where one may go from any page of the desk by its keys, and what the keys are."""

from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.desk.sights import VIEWS


@dataclass(frozen=True, slots=True)
class Place:
    """A page to go to, and among which it stands."""

    url: str
    title: str | Promise
    group: str | Promise


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does."""

    caps: tuple[str, ...]
    title: str | Promise


PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("desk:intake", _("登记一件事")),
    ("desk:sessions", _("调解日程")),
    ("desk:monthly", _("纠纷月报")),
    ("desk:balances", _("存量和增减")),
    ("desk:answers", _("流程统计")),
    ("desk:causes", _("反复出现的起因")),
    ("desk:campaigns", _("专项和排查")),
    ("desk:lists", _("清单")),
    ("desk:facilities", _("公共设施")),
    ("desk:places", _("综合服务场所")),
    ("desk:visits", _("预约")),
    ("desk:notices", _("公示")),
    ("desk:learning", _("学习")),
    ("desk:training", _("培训学时")),
    ("desk:patrol", _("巡护勤务")),
    ("desk:funds", _("见义勇为基金")),
    ("desk:procedures", _("流程")),
    ("screen:wall", _("大屏")),
    ("screen:leader", _("一页看全")),
    ("desk:first", _("上手五步")),
    ("desk:me", _("岗位、语言、设备")),
    ("desk:programs", _("代我办事的程序")),
)
ADMINISTERED: tuple[tuple[str, str | Promise], ...] = (
    ("desk:calendar", _("工作日历")),
    ("desk:outages", _("停运")),
    ("desk:slots", _("空位")),
    ("desk:class_terms", _("类别表")),
    ("desk:cause_terms", _("起因表")),
    ("desk:grounds", _("区划网格")),
    ("desk:remits", _("归口")),
    ("desk:posts", _("岗位配备")),
    ("desk:blind", _("归口盲区")),
    ("desk:accounts", _("账号和程序")),
    ("desk:connections", _("连接和未送达")),
    ("desk:receivers", _("对外推送")),
    ("desk:ledger", _("台账")),
    ("desk:keeping", _("保存和删除")),
    ("desk:looks", _("谁看过什么")),
    ("desk:reception", _("便民服务")),
    ("desk:school", _("学习培训")),
)
KEYS = (
    Key(("J", "K"), _("下一件、上一件")),
    Key(("Enter",), _("打开选中的事项")),
    Key(("A",), _("照右边的办")),
    Key(("1", "2", "3"), _("建议的类别")),
    Key(("C",), _("改类别")),
    Key(("U",), _("改单位")),
    Key(("X",), _("选中，几件一起办")),
    Key(("M",), _("与相似的对照")),
    Key(("N",), _("登记一件事")),
    Key(("/",), _("搜索编号、地点、事由")),
    Key(("Ctrl", "K"), _("去任何一页，做这一页能做的")),
    Key(("Ctrl", "Enter"), _("交上正在填的表")),
    Key(("?",), _("看这张表")),
)


def places(*, admin: bool) -> list[Place]:
    """The pages that a post may open, views of the queue first."""
    queue = reverse("desk:queue")
    views = [Place(f"{queue}?view={one.code}", one.title, _("队列")) for one in VIEWS]
    pages = [Place(reverse(name), title, _("页面")) for name, title in PAGES]
    administered = [Place(reverse(name), title, _("管理")) for name, title in ADMINISTERED]
    return views + pages + (administered if admin else [])


def palette(*, admin: bool) -> SafeString:
    """The list of these pages and of the keys, as every page of the desk carries it. It holds nothing of a
    person and nothing that changes, so it is drawn once in each language."""
    return _drawn(get_language() or "", admin)


@cache
def _drawn(_lang: str, admin: bool) -> SafeString:
    shown = {"goto_places": places(admin=admin), "goto_keys": KEYS}
    return render_to_string("desk/parts/palette.html", shown)
