"""What a procedure may count. A name not here must be a number, rating or choice it asks for."""

from __future__ import annotations

from gantang.engine.model import Words

MEASURES: dict[str, Words] = {
    "opened": Words("受理件数", "opened"),
    "closed": Words("办结件数", "closed"),
    "late": Words("超期件数", "late"),
    "on_time": Words("按时办结件数", "closed on time"),
    "refused": Words("退单次数", "refusals"),
    "reopened": Words("重新办理次数", "reopenings"),
    "supervised": Words("督办次数", "supervisions"),
    "days_to_close": Words("办理天数", "days to close"),
    "days_to_answer": Words("答复天数", "days to answer"),
    "confirmed": Words("反映人确认件数", "confirmed by the reporter"),
    "checked_by_staff": Words("工作人员核验件数", "checked by staff"),
    "rating": Words("满意度评分", "rating"),
    "children": Words("协办件数", "joint tasks"),
}
