"""A course of the county that certifies 法律明白人, with a bank of five questions, and how it is sat."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gantang.engine import Words
from gantang.kit.actor import Actor
from gantang.kit.clock import ZONE
from gantang.learning import queries, service
from gantang.learning.types import Given, NewCourse

if TYPE_CHECKING:
    from tests.world import World

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=ZONE)
COURSE = NewCourse(
    "literate", Words("法律明白人（示例）", "Legal literacy (sample)"), 8, 3, 2, 2, 6, literate=True
)
OPTIONS = ("示例甲", "示例乙", "示例丙")


def open_course(world: "World", course: NewCourse = COURSE, *, questions: int = 5) -> int:
    """The county's course with one lesson and so many questions; the first option is right."""
    admin = world.cast.admin
    made = service.set_course(actor=admin, course=course, now=NOW)
    service.set_lesson(actor=admin, course=made, position=1, title="示例", text="示例正文。", now=NOW)
    for number in range(questions):
        service.add_question(
            actor=admin,
            course=made,
            text=f"示例题{number}",
            options=OPTIONS,
            right=frozenset({0}),
            key=f"question-{number}",
            now=NOW,
        )
    return made


def answers(actor: Actor, exam: UUID, right: int) -> Given:
    """So many right ones, the others wrong."""
    asked = queries.exam(actor, exam).questions
    return {one.id: frozenset({0 if place < right else 1}) for place, one in enumerate(asked)}


def sit(actor: Actor, course: int, right: int = 3, *, now: datetime = NOW) -> bool:
    """Sit an exam; whether it was passed."""
    exam = service.begin(actor=actor, course=course, now=now)
    return service.submit(actor=actor, exam=exam, given=answers(actor, exam, right), now=now)


def other_admin(world: "World") -> Actor:
    """Another person who administers the county."""
    return replace(world.cast.county_leader, admin=True)
