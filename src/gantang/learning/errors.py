"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError


class NotRunnerError(ForbiddenError):
    """Only an administering post, and only on its own ground."""

    code = "learning.not_runner"
    sentence = _("只有管理岗可以管本地的课程和证书。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NoCourseError(NotFoundError):
    """No such course, or none for one's ground."""

    code = "learning.no_course"
    sentence = _("没有这门课程，或它不在这里开。")
    remedy = _("请回到课程列表再选。")


class NoPostError(ForbiddenError):
    """Learning is by whoever holds a post."""

    code = "learning.no_post"
    sentence = _("学习和考试要有岗位。")
    remedy = _("请先切换到一个岗位。")


class NoExamError(NotFoundError):
    """No such exam of one's own."""

    code = "learning.no_exam"
    sentence = _("没有这次考试。")
    remedy = _("请回到课程的页面再进入。")


class FewQuestionsError(RefusedError):
    """The bank has less than an exam draws."""

    code = "learning.few_questions"
    sentence = _("题库里的题不够，还不能考试。")
    remedy = _("请管课程的人再加几道题。")


class SpentError(RefusedError):
    """As many attempts as the course allows in a year."""

    code = "learning.spent"
    sentence = _("今年的考试次数用完了。")
    remedy = _("课程可以接着学，明年再考；有特殊情况请找管课程的人。")


class HeldError(RefusedError):
    """A certificate of the course is in force for long yet."""

    code = "learning.held"
    sentence = _("这门课的证书还有效，不用再考。")
    remedy = _("到期前90天可以再考。")


class AnswersError(InvalidError):
    """Not every question is answered, or an answer is none of its options."""

    code = "learning.answers"
    sentence = _("还有题没有答。")
    remedy = _("选好的都还在，请把每一题都答完。")


class ClosedError(ConflictError):
    """An exam is handed in once."""

    code = "learning.closed"
    sentence = _("这次考试已经交卷，不能再改。")
    remedy = _("请看结果；没有通过的可以再考一次。")


class NoCertificateError(NotFoundError):
    """No such certificate: the same for a wrong code and an unknown one."""

    code = "learning.no_certificate"
    sentence = _("没有查到这张证书。")
    remedy = _("请核对证书上的14位验证码。")


class RemovalError(ConflictError):
    """Nothing to remove, or already asked."""

    code = "learning.removal"
    sentence = _("这张证书不能这样收回。")
    remedy = _("它已经收回或失效，或正在等复核。")


class SamePersonError(ForbiddenError):
    """Whoever asked for a removal does not decide it."""

    code = "learning.same_person"
    sentence = _("提出收回的人不能自己复核。")
    remedy = _("请另一位管理人员复核。")


class NoEventError(NotFoundError):
    """No such event of one's ground, or taken back."""

    code = "learning.no_event"
    sentence = _("没有这场活动，或已经撤回。")
    remedy = _("请回到活动列表再选。")


class NoTrainingError(NotFoundError):
    """No such entry of training, or taken back."""

    code = "learning.no_training"
    sentence = _("没有这条培训记录，或已经撤回。")
    remedy = _("请回到学时页再选。")


class EntryError(InvalidError):
    """A line that cannot be taken."""

    code = "learning.entry"
    sentence = _("填写的内容不符合要求。")


def wrong(what: str, detail: object = "") -> EntryError:
    """Why a line cannot be taken."""
    sentence, remedy = _WRONG[what]
    return EntryError(f"learning.{what}", sentence, remedy=remedy, details={"given": str(detail)[:80]})


_WRONG = {
    "code": (_("代码{given}不对。"), _("用小写英文字母、数字和下划线，字母开头，最多32个字符。")),
    "words": (_("中文名称和英文名称都要写。"), _("中文最多40字，英文最多80个字符。")),
    "text": (_("文字太长，或有不能显示的字符。"), _("请改短一些，再保存。")),
    "figures": (
        _("学时、题数、及格数、次数或有效期不对。"),
        _("学时最多200，每次1到100题，及格数不超过题数，每年1到20次，有效期1到120个月。"),
    ),
    "lesson": (_("课要有序号、标题和正文。"), _("序号1到99，标题最多120字，正文最多2万字。")),
    "question": (_("这道题不能这样出。"), _("题目最多500字，2到6个不同的选项，至少一个对，不能全对。")),
    "village": (_("{given}不是本地的村或社区。"), _("请填本地12位的村（社区）代码。")),
    "holder": (_("持证人的姓名没有写，或太长。"), _("请写1到60字。")),
    "not_literate": (_("这门课不发给居民。"), _("请选法律明白人的课程。")),
    "households": (_("户数{given}不对。"), _("写1到5万的整数，日期不能晚于今天。")),
    "ground": (_("{given}不是本地的区划。"), _("请填本单位地界以内的区划代码。")),
    "event": (_("活动填得不对。"), _("主题、地点各1到60字，日期不能晚于今天，人数最多2万。")),
    "vacant": (_("这个岗位现在没有人。"), _("学时记在人身上，请选有人在岗的岗位。")),
    "training": (_("培训填得不对。"), _("内容1到60字，1到200学时，日期不能晚于今天。")),
    "reason": (_("没有这种收回的原因。"), _("请从列表里选一个。")),
}
