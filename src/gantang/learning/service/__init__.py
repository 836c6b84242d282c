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
from gantang.learning.service.coverage import declare
from gantang.learning.service.events import hold_event, withdraw_event
from gantang.learning.service.exams import begin, submit
from gantang.learning.service.training import declare_training, withdraw_training

__all__ = [
    "add_question",
    "ask_removal",
    "begin",
    "decide_removal",
    "declare",
    "declare_training",
    "end_course",
    "end_lesson",
    "end_question",
    "forget_due",
    "hold_event",
    "issue",
    "set_course",
    "set_lesson",
    "submit",
    "withdraw_event",
    "withdraw_training",
]
