"""Two courses (示例) with lessons and questions, certificates of 法律明白人 in two villages."""

from datetime import datetime

from gantang.engine import Words
from gantang.kit.actor import Actor
from gantang.learning import queries, service
from gantang.learning.types import NewCourse
from gantang.sample import reach
from gantang.sample.disputes import TOWNSHIP
from gantang.sample.plan import MARK
from gantang.sample.story import Story
from gantang.territory import queries as territory

COUNTY = TOWNSHIP[:6]
#: Hours and terms are a sample's: no rule for them was found.
COURSES = (
    NewCourse(
        "sample_literate",
        Words(f"法律明白人{MARK}", "Legal literacy (sample)"),
        16,
        5,
        4,
        3,
        24,
        literate=True,
        about="示例：学完三课，答对五题中的四题，发证两年。",
    ),
    NewCourse("sample_grid", Words(f"网格员入门{MARK}", "Grid work (sample)"), 8, 4, 3, 3, None),
)
LESSONS = (
    ("什么事找谁", "示例：邻里之间的事，先找村里的调解员；听不明白的法律问题，找法律顾问。"),
    ("调解有三条", "示例：双方自愿，不违反法律，不妨碍去法院。达成的协议，双方都要照着做。"),
    ("帮人不替人", "示例：讲清楚道理和路怎么走，决定由本人做；别人的事，不往外说。"),
)
QUESTIONS = (
    ("调解要不要双方自愿？", ("要", "不要"), {0}),
    ("调解不成，还能去法院吗？", ("能", "不能"), {0}),
    ("调解员向当事人收费吗？", ("收", "不收"), {1}),
    ("哪些事可以请人帮忙指路？", ("不知道找哪个部门", "听不懂法律条文", "替别人签字"), {0, 1}),
    ("在网格里听到别人家的私事，怎么办？", ("不往外说", "告诉邻居"), {0}),
    ("看见路灯不亮，先做什么？", ("报上去", "等别人报"), {0}),
)


def make(*, now: datetime) -> bool:
    """Enter them as the county's administering post, unless a course is there; say whether anything was
    made."""
    builder = Story(now).actor(COUNTY, "系统管理岗")
    if queries.run(builder):
        return False
    for one in COURSES:
        _fill(builder, service.set_course(actor=builder, course=one, now=now), now)
    literate = next(one for one in queries.run(builder) if one.course.literate)
    villages = [one.prefix for one in territory.children(TOWNSHIP, on=now.date())][:2]
    for number, village in enumerate(villages):
        for holder in range(3 - number):
            service.issue(
                actor=builder,
                course=literate.id,
                village=village,
                name=f"示例持证人{holder + 1}",
                key=f"sample-{village}-{holder}",
                now=now,
            )
    reach.make(builder, villages, now=now)
    return True


def _fill(builder: Actor, course: int, now: datetime) -> None:
    for place, (title, text) in enumerate(LESSONS, 1):
        service.set_lesson(actor=builder, course=course, position=place, title=title, text=text, now=now)
    for place, (text, options, right) in enumerate(QUESTIONS):
        service.add_question(
            actor=builder,
            course=course,
            text=text,
            options=options,
            right=frozenset(right),
            key=f"sample-{course}-{place}",
            now=now,
        )
