"""The only way to change anything of learning."""

from gantang.learning.service.certificates import ask_removal, decide_removal, forget_due, issue
from gantang.learning.service.courses import (
    add_question,
    end_course,
    end_lesson,
    end_question,
    set_course,
    set_lesson,
)
from gantang.learning.service.exams import begin, submit

__all__ = [
    "add_question",
    "ask_removal",
    "begin",
    "decide_removal",
    "end_course",
    "end_lesson",
    "end_question",
    "forget_due",
    "issue",
    "set_course",
    "set_lesson",
    "submit",
]
