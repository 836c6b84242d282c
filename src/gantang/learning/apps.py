from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_EXAMS = ("course", "lesson", "question", "attempt", "certificate", "removal")
_KEPT = (*_EXAMS, "households", "event", "training")


class LearningConfig(AppConfig):
    """Courses, exams, certificates that anybody can check, and how far learning has come."""

    name = "gantang.learning"
    label = "learning"
    verbose_name = _("学习培训")
    # What was learnt and certified stays known: rows end, they are not deleted.
    app_rights = {f"learning_{table}": "SELECT, INSERT, UPDATE" for table in _KEPT}
