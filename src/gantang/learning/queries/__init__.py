"""The only way to see anything: courses of one's ground, one's own exams, certificates by their code."""

from gantang.learning.queries.certificates import certificate, check, issued, mine, runs
from gantang.learning.queries.courses import bank, course, courses, run, run_course
from gantang.learning.queries.exams import exam, sat

__all__ = [
    "bank",
    "certificate",
    "check",
    "course",
    "courses",
    "exam",
    "issued",
    "mine",
    "run",
    "run_course",
    "runs",
    "sat",
]
