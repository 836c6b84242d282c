"""What the room hands out and takes in: frozen values, never models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gantang.engine import Words
from gantang.learning.rules.covering import Reach

#: Why a certificate is removed: misconduct, a mistake in issuing it, the holder's own wish, moved away.
REASONS = ("misconduct", "mistaken", "own_wish", "moved")
#: What an event was: a lecture (讲习所), a lecture hall (大讲堂), one of the visits (五进). Which five places
#: the visits go to was not found; the event says where it was.
KINDS = ("lecture", "hall", "visit")
#: What a certificate's code leads to.
VALID, LAPSED, REMOVED = "valid", "lapsed", "removed"
#: Days before its lapse from which the exam may be sat again: ours, no rule was found.
RENEWED = 90


@dataclass(frozen=True, slots=True)
class NewCourse:
    """A course as it is to be. ``draws`` questions, ``needed`` of them right, ``attempts`` a year; ``months``
    None does not lapse; ``literate`` certifies 法律明白人."""

    code: str
    title: Words
    hours: int
    draws: int
    needed: int
    attempts: int = 3
    months: int | None = None
    literate: bool = False
    about: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson in its place."""

    id: int
    position: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question; ``right`` are the places of its right options, empty for whoever sits the exam."""

    id: int
    text: str
    options: tuple[str, ...]
    right: frozenset[int] = frozenset()
    many: bool = False


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course with its lessons and how many questions its bank holds."""

    id: int
    ground: str
    course: NewCourse
    ended: bool
    lessons: tuple[LessonView, ...] = ()
    bank: int = 0

    def name(self, lang: str) -> str:
        """What it is called."""
        return self.course.title.of(lang)

    @property
    def ready(self) -> bool:
        """Whether an exam can be drawn."""
        return self.bank >= self.course.draws


@dataclass(frozen=True, slots=True)
class ExamView:
    """One's own exam; ``right`` and ``passed`` are None until it is handed in."""

    id: UUID
    course: CourseView
    questions: tuple[QuestionView, ...]
    needed: int
    right: int | None
    passed: bool | None
    begun_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate. ``state`` is ``valid``, ``lapsed`` or ``removed`` today; ``waits`` for a removal's
    review. ``code`` is empty for whoever neither holds nor administers it."""

    id: UUID
    title: Words
    ground: str
    literate: bool
    state: str
    issued_on: date
    lapses_on: date | None
    removed_on: date | None
    waits: bool = False
    reason: str = ""
    code: str = field(default="", repr=False)
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What everybody may know of a certificate by its code: no name, no post."""

    state: str
    title: Words
    ground: str
    issued_on: date
    lapses_on: date | None
    removed_on: date | None


#: Answers by question: the places of the chosen options.
Given = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Target:
    """The target in force: certificates for each village, for a hundred households; None while not set."""

    least: int | None
    part: int | None


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How far a ground has come."""

    ground: str
    name: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that took place; ``attendance`` counts who came."""

    ground: str
    kind: str
    topic: str
    place: str
    on: date
    attendance: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One that was entered."""

    id: UUID
    event: NewEvent


@dataclass(frozen=True, slots=True)
class MonthOfEvents:
    """How many events of a kind a month had, and how many came to them."""

    month: date
    kind: str
    events: int
    attendance: int


@dataclass(frozen=True, slots=True)
class PostHours:
    """Hours of whoever holds a post, in a year: of courses passed here, and declared."""

    post: int
    title: str
    held: bool
    passed: int
    declared: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.passed + self.declared
