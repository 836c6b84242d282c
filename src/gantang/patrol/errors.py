"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError


class NoExtraError(RefusedError):
    """OR-Tools is not installed."""

    code = "patrol.no_extra"
    sentence = _("排班须另装组件。")
    remedy = _("请安装 gantang[rosters] 后再排。")


class PlanError(InvalidError):
    """A plan that cannot be taken."""

    code = "patrol.plan"
    sentence = _("排班计划不能用。")


def bad_plan(what: str, place: str) -> PlanError:
    """Why a plan cannot be taken, and where it says so."""
    sentence, remedy = _PLAN[what]
    return PlanError(f"patrol.plan_{what}", sentence, remedy=remedy, details={"place": place[:80]})


_PLAN = {
    "yaml": (_("计划文件读不懂（{place}）。"), _("请按YAML或JSON写，UTF-8编码，最大2MB。")),
    "form": (_("计划里{place}处写得不对。"), _("请对照说明检查这一处的名称、日期和数字。")),
    "kind": (_("计划里没有班种{place}。"), _("请先在 kinds 里写明这个班种。")),
    "day": (_("计划里{place}处的日期不在排班期内。"), _("before 写排班期前14天以内，其余写排班期以内。")),
    "post": (_("计划里没有岗位{place}。"), _("请先在 officers 里写上这个岗位。")),
    "twice": (_("计划里{place}有重复的。"), _("同一岗位、同一天同一点位同一班种只写一次。")),
    "large": (_("计划太大（{place}）。"), _("最多400个岗位、4000个班次，请分开排。")),
}


class NotRunnerError(ForbiddenError):
    """Only a post that commands the patrol, or administers its ground."""

    code = "patrol.not_runner"
    sentence = _("只有管巡护的岗位和管理岗可以办。")
    remedy = _("请切换到本地的受理、分派、负责岗或管理岗。")


class NoneSuchError(NotFoundError):
    """Nothing of the patrol with this id on one's ground."""

    code = "patrol.none_such"
    sentence = _("没有找到，或它不在您的地界。")
    remedy = _("请回到列表再选。")


class SamePersonError(ForbiddenError):
    """Whoever asked for a roster does not issue it."""

    code = "patrol.same_person"
    sentence = _("编排的人不能自己签发班表。")
    remedy = _("请另一位同事核对后签发。")


class StateError(ConflictError):
    """It is not in a state for this any more."""

    code = "patrol.state"
    sentence = _("它的状态已经变了，不能这样办。")
    remedy = _("请刷新页面看现在的状态。")


class StaleError(ConflictError):
    """A roster that no longer fits what is there."""

    code = "patrol.stale"
    sentence = _("排好以后情况变了：{what}。")
    remedy = _("请撤回，重新排一次。")


class BrokenError(RefusedError):
    """A roster made elsewhere breaks a rule of its plan."""

    code = "patrol.broken"
    sentence = _("这张班表不合规则：{what}。")
    remedy = _("请改好再填，或另排一张。")


class NotCrewError(ForbiddenError):
    """Only the crew of the shift."""

    code = "patrol.not_crew"
    sentence = _("只有这个班次的人员可以办。")
    remedy = _("请切换到排在这一班的岗位。")


class NotCommandError(ForbiddenError):
    """Only a post that commands the patrol of the ground."""

    code = "patrol.not_command"
    sentence = _("只有指挥巡护的岗位可以下指令。")
    remedy = _("请切换到本地的受理、分派或负责岗。")


class SameHandError(ForbiddenError):
    """Whoever hands over does not take over."""

    code = "patrol.same_hand"
    sentence = _("交班的人不能自己接班。")
    remedy = _("请接班的同事来接。")


class OffDutyError(RefusedError):
    """A position of a vessel that is not on duty."""

    code = "patrol.off_duty"
    sentence = _("船不在勤务中，不记位置。")
    remedy = _("出勤以后、返回以前的位置才记。")


class OpenOrdersError(ConflictError):
    """Orders are open."""

    code = "patrol.open_orders"
    sentence = _("还有没办完的指令，不能返回。")
    remedy = _("请报办完，或交给下一班。")


class EntryError(InvalidError):
    """A line that cannot be taken."""

    code = "patrol.entry"
    sentence = _("填写的内容不符合要求。")


def wrong(what: str, detail: object = "") -> EntryError:
    """Why a line cannot be taken."""
    sentence, remedy = _WRONG[what]
    return EntryError(f"patrol.{what}", sentence, remedy=remedy, details={"given": str(detail)[:80]})


_WRONG = {
    "name": (_("名称没有写，或太长。"), _("请写1到60字。")),
    "ground": (_("{given}不是本地的区划或网格。"), _("请填本单位地界以内的代码。")),
    "kind": (_("没有{given}这一种。"), _("请从列表里选。")),
    "coordinates": (_("坐标{given}不对。"), _("先经度后纬度，CGCS2000，如116.20, 29.27。")),
    "outline": (_("这一段轮廓画不成一个面。"), _("每行一个点，至少3个不同的点，最多400个，先经度后纬度。")),
    "plate": (_("船名牌号不对。"), _("请写1到24个字，不要和别的船重复。")),
    "unit": (_("没有这个单位。"), _("请从列表里选派船的单位。")),
    "water_source": (
        _("没有写水位从哪里来的，或日期晚于今天。"),
        _("请写明来源（1到120字）和哪一天的水位。"),
    ),
    "water_level": (
        _("水位是丰水、平水还是枯水没有选，按读数也算不出。"),
        _("请选一个水位；或先在栏位里填枯水、丰水的界线，再只报读数。"),
    ),
    "water_reading": (
        _("选的水位和读数{given}米不符。"),
        _("请核对读数；或空着水位，按栏位里的枯水、丰水界线算。"),
    ),
    "not_patrol": (_("{given}不是湖区巡护的事项。"), _("请核对编号；别的事项在它自己的页面办。")),
    "demand": (
        _("不一样的班次里有写得不对的（{given}）。"),
        _("点位要在这张班表里，日期在排班期内，人数0到20。"),
    ),
    "found": (_("这一班还没有出勤，或记满了50件。"), _("出勤以后、班次没有取消的，才记发现的事项。")),
    "stops": (_("航线要有2到20个本地的点位，区域最多20个。"), _("请按经过的顺序选。")),
    "vacant": (_("这个岗位现在没有人。"), _("请选有人在岗的岗位。")),
    "skill": (_("没有{given}这种资格。"), _("请从列表里选。")),
    "period": (_("排班期不对。"), _("从明天以后的一天起，1到31天。")),
    "crewless": (_("没有点位，或没有可排的人。"), _("请先登记点位和巡护人员，人数1到20。")),
    "matter": (_("事项编号{given}不对。"), _("请核对编号，共9位；没有就空着。")),
    "vessel": (_("这条船这个时候不能用。"), _("请选在用的、同一时间没有派出去的船。")),
}
