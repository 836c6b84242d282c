"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError


class NoFundError(NotFoundError):
    """No such fund, or none in sight."""

    code = "fund.no_fund"
    sentence = _("没有这个基金，或它不在您的范围里。")
    remedy = _("请回到基金列表再选。")


class NoEntryError(NotFoundError):
    """No such entry of a fund in sight."""

    code = "fund.no_entry"
    sentence = _("没有这笔账。")
    remedy = _("请回到账页再选。")


class NoYearError(NotFoundError):
    """No such year of the fund, or not published."""

    code = "fund.no_year"
    sentence = _("没有这一年的账，或还没有公布。")
    remedy = _("请回到年度列表再选。")


class NotMakerError(ForbiddenError):
    """A fund is opened by an administering post, on its own ground."""

    code = "fund.not_maker"
    sentence = _("只有管理岗可以给本地的单位开设基金。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NotKeeperError(ForbiddenError):
    """Entries are made by the keeping unit's own posts that handle or lead."""

    code = "fund.not_keeper"
    sentence = _("只有管这个基金的单位，由办理或负责见义勇为的岗位记账。")
    remedy = _("请切换到那个单位的办理岗或负责岗。")


class NotApproverError(ForbiddenError):
    """Entries are approved by the keeping unit's own posts that lead or verify."""

    code = "fund.not_approver"
    sentence = _("只有管这个基金的单位，由负责或核验见义勇为的岗位审核。")
    remedy = _("请切换到那个单位的负责岗或核验岗。")


class SamePersonError(ForbiddenError):
    """Whoever entered it, or asked for it, does not decide it: not under another post, either."""

    code = "fund.same_person"
    sentence = _("记账的人不能自己审核，换一个岗位也不行。")
    remedy = _("请另一位有审核职责的人来审。")


class DecidedError(ConflictError):
    """Already approved or refused."""

    code = "fund.decided"
    sentence = _("这笔账已经审过了。")
    remedy = _("审核通过的账只能另记一笔冲销；退回的请重新记。")


class ShortError(RefusedError):
    """The book would be below nothing."""

    code = "fund.short"
    sentence = _("基金不够：这样记，{on}的余额会低于零。")
    remedy = _("请核对金额和日期，或先记并审核收入。")


class ClosedYearError(RefusedError):
    """Nothing is entered in a closed year, or in one that waits to be closed."""

    code = "fund.closed_year"
    sentence = _("{year}年已经结账，或正在等复核结账，不能再记。")
    remedy = _("要改正已结账的一笔，请在没有结账的日期另记冲销。")


class ReversedError(ConflictError):
    """An entry is taken back once, and only an approved one that is no reversal itself."""

    code = "fund.reversed"
    sentence = _("这笔账不能冲销。")
    remedy = _("只有审核通过、没有冲销过、本身不是冲销的账，可以冲销一次。")


class CloseError(RefusedError):
    """A year that cannot be closed now."""

    code = "fund.close"
    sentence = _("这一年现在不能结账。")


class NotClosedError(RefusedError):
    """Only a closed year is published."""

    code = "fund.not_closed"
    sentence = _("这一年还没有结账，不能公布。")
    remedy = _("请先由两个人结账。")


class BooksError(RefusedError):
    """The entries do not come to the balance that is kept: nothing is written before that is found out."""

    code = "fund.books"
    sentence = _("账目对不上，暂停记账。")
    remedy = _("请管理员运行 gantang fund verify，查清以后再记。")


class EntryError(InvalidError):
    """A line that cannot be taken."""

    code = "fund.entry"
    sentence = _("填写的内容不符合要求。")


def wrong(what: str, detail: object = "") -> EntryError:
    """Why a line cannot be taken."""
    sentence, remedy = _WRONG[what]
    return EntryError(f"fund.{what}", sentence, remedy=remedy, details={"given": str(detail)[:80]})


def not_closable(what: str, year: int) -> CloseError:
    """Why a year cannot be closed."""
    sentence, remedy = _CLOSE[what]
    return CloseError(f"fund.close_{what}", sentence, remedy=remedy, details={"year": year})


_WRONG = {
    "name": (_("基金的名称没有写，或太长。"), _("中文最多40字，英文最多80个字符。")),
    "unit": (_("这个单位不能开设基金。"), _("请选本地省、市、县一级、还没有基金的单位。")),
    "opened": (_("启用的日期不对。"), _("请填2000年以后、不晚于今天的日期。")),
    "amount": (_("金额不对。"), _("请写元，最多两位小数，大于零，不超过一千亿元。")),
    "kind": (_("没有这个收支项目。"), _("请从列表里选当时有效的项目。")),
    "on": (_("日期不对。"), _("不早于基金启用的日期，不晚于今天；冲销不早于原来那笔。")),
    "basis": (_("依据没有写，或太长。"), _("请写凭证或文件的名称和编号，最多120字，不写个人姓名。")),
    "giver": (
        _("对方填得不对。"),
        _("单位写全称（5到60字）；个人不写姓名，选“个人”；没有对方的不填。"),
    ),
    "for_matter": (_("只有支出可以写见义勇为事项的编号。"), _("请去掉编号，或改成支出。")),
    "opening": (_("期初余额已经记过。"), _("一个基金只有一笔期初余额；记错的先冲销。")),
}
_CLOSE = {
    "running": (_("{year}年还没有过完。"), _("年度过完以后再结账。")),
    "order": (_("要按年份先后结账。"), _("请先结前一年。")),
    "awaiting": (_("{year}年还有没审的账。"), _("请先审完，再结账。")),
    "state": (_("{year}年现在不是这个状态。"), _("请刷新再看。")),
    "changed": (_("{year}年的数字和提出结账时不一样。"), _("请退回，重新提出结账。")),
}
