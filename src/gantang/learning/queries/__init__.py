"""The only way to see anything: courses of one's ground, one's own exams, certificates by their code."""

from gantang.learning.queries.certificates import certificate, check, issued, mine, runs
from gantang.learning.queries.courses import bank, course, courses, run, run_course
from gantang.learning.queries.coverage import coverage, target
from gantang.learning.queries.events import events, months
from gantang.learning.queries.exams import exam, open_exams, sat
from gantang.learning.queries.training import hours, training

__all__ = [
    "bank",
    "certificate",
    "check",
    "course",
    "courses",
    "coverage",
    "events",
    "exam",
    "hours",
    "issued",
    "mine",
    "months",
    "open_exams",
    "run",
    "run_course",
    "runs",
    "sat",
    "target",
    "training",
]
