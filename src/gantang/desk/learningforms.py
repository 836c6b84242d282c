"""Forms of learning: a course, its lessons and questions, an exam's answers, a certificate, its removal."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.desk.receptionforms import _area, _number
from gantang.engine import Words
from gantang.learning.types import CourseView, ExamView, Given, NewCourse, NewEvent

#: Why a certificate is removed, the room's closed list in words.
REASONS = (
    ("misconduct", _("有不当行为，不适合再做")),
    ("mistaken", _("发错了")),
    ("own_wish", _("本人不愿再做")),
    ("moved", _("迁走了")),
)
#: What an event was.
KINDS = (("lecture", _("讲习所")), ("hall", _("大讲堂")), ("visit", _("五进活动")))


class CourseForm(forms.Form):
    """A course, in two languages."""

    use_required_attribute = False
    code = text_of(_("代码"), 32, required=True, help_text=_("小写英文；定了以后不能改。"))
    zh = text_of(_("中文名称"), 40, required=True)
    en = text_of(_("英文名称"), 80, required=True)
    about = _area(_("这门课讲什么"), 3, 4000)
    hours = _number(_("学时"), 0, 200, initial=8)
    draws = _number(_("每次考几题"), 1, 100, initial=10)
    needed = _number(_("答对几题通过"), 1, 100, initial=8)
    attempts = _number(_("一年可考几次"), 1, 20, initial=3)
    months = _number(_("证书几个月有效"), 1, 120, required=False, help_text=_("空着就是长期有效。"))
    literate = forms.BooleanField(label=_("通过的算本村法律明白人"), required=False)
    basis = text_of(_("依据哪份文件"), 200)

    def __init__(self, *args: Any, held: CourseView | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        if held is not None:
            one = held.course
            names = ("code", "about", "hours", "draws", "needed", "attempts", "months", "literate", "basis")
            self.initial = {name: getattr(one, name) for name in names}
            self.initial |= {"zh": one.title.zh, "en": one.title.en}
            self.fields["code"].widget.attrs["readonly"] = True

    def course(self) -> NewCourse:
        """As the service takes it."""
        given = dict(self.cleaned_data)
        return NewCourse(title=Words(given.pop("zh"), given.pop("en")), **given)


class LessonForm(forms.Form):
    """A lesson in its place."""

    use_required_attribute = False
    position = _number(_("第几课"), 1, 99, help_text=_("已有的序号，保存就是改那一课。"))
    title = text_of(_("标题"), 120, required=True)
    text = _area(_("正文"), 8, 20_000, required=True)


class QuestionForm(forms.Form):
    """A question with closed answers."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    text = text_of(_("题目"), 500, required=True)
    options = _area(
        _("选项（一行一个，对的前面加*）"), 5, 1300, required=True, help_text=_("2到6个；可以不止一个对。")
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def question(self) -> dict[str, Any]:
        """As the service takes it."""
        lines = [one.strip() for one in self.cleaned_data["options"].splitlines() if one.strip()]
        right = frozenset(place for place, one in enumerate(lines) if one.startswith(("*", "＊")))
        options = tuple(one.lstrip("*＊").strip() for one in lines)
        key = self.cleaned_data["key"] or secrets.token_urlsafe(16)
        return {"text": self.cleaned_data["text"], "options": options, "right": right, "key": key}


class ExamForm(forms.Form):
    """The answers of an exam: one choice, or several where several are right."""

    use_required_attribute = False

    def __init__(self, *args: Any, exam: ExamView, **given: Any) -> None:
        super().__init__(*args, **given)
        for place, one in enumerate(exam.questions, 1):
            choices = [(str(number), words) for number, words in enumerate(one.options)]
            kind: Any = forms.MultipleChoiceField if one.many else forms.ChoiceField
            widget = forms.CheckboxSelectMultiple if one.many else forms.RadioSelect
            label = f"{place}. {one.text}"
            note = _("不止一个对。") if one.many else ""
            missing = {"required": _("这一题还没有答。")}
            self.fields[f"q{one.id}"] = kind(
                label=label, choices=choices, widget=widget, help_text=note, error_messages=missing
            )

    def given(self) -> Given:
        """As the service takes it."""
        found = {}
        for name, chosen in self.cleaned_data.items():
            places = chosen if isinstance(chosen, list) else [chosen]
            found[int(name[1:])] = frozenset(int(one) for one in places)
        return found


class _KeyedForm(forms.Form):
    """A form that is taken once, however often it is sent."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def keyed(self) -> tuple[dict[str, Any], str]:
        """What was filled in, and its key."""
        given = dict(self.cleaned_data)
        return given, given.pop("key") or secrets.token_urlsafe(16)


class IssueForm(_KeyedForm):
    """A certificate for a resident who passed on paper."""

    course = select_of(_("哪门课"), [])
    village = text_of(_("村（社区）代码"), 12, required=True, help_text=_("12位，本地的村或社区。"))
    name = text_of(_("持证人姓名"), 60, required=True, help_text=_("加密保存，核验时不显示。"))

    def __init__(self, *args: Any, courses: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]

    def issue(self) -> dict[str, Any]:
        """As the service takes it."""
        given, key = self.keyed()
        return {
            "course": int(given["course"]),
            "village": given["village"].strip(),
            "name": given["name"],
            "key": key,
        }


class RemovalForm(forms.Form):
    """Why a certificate is to be removed."""

    use_required_attribute = False
    reason = select_of(_("为什么收回"), REASONS)


class HouseholdsForm(forms.Form):
    """How many households a village has."""

    use_required_attribute = False
    village = text_of(_("村（社区）代码"), 12, required=True, help_text=_("12位，本地的村或社区。"))
    number = _number(_("总户数"), 1, 50_000, help_text=_("只报一个数，不报名单。"))
    on = date_of(_("截至哪一天"), required=True)


class EventForm(_KeyedForm):
    """A lecture or a visit that took place."""

    kind = select_of(_("哪一种"), KINDS)
    topic = text_of(_("讲什么"), 60, required=True)
    ground = text_of(_("区划代码"), 15, required=True, help_text=_("在哪个村、乡镇；本单位地界以内。"))
    place = text_of(_("具体在哪"), 60, required=True)
    on = date_of(_("哪一天"), required=True)
    attendance = _number(_("来了几人"), 0, 20_000, help_text=_("只记人数，不记姓名。"))

    def event(self) -> dict[str, Any]:
        """As the service takes it."""
        given, key = self.keyed()
        return {"event": NewEvent(**given), "key": key}


class TrainingForm(_KeyedForm):
    """Hours of a training elsewhere."""

    post = select_of(_("哪个岗位"), [])
    on = date_of(_("哪一天"), required=True)
    topic = text_of(_("培训内容"), 60, required=True)
    hours = _number(_("学时"), 1, 200)

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]

    def training(self) -> dict[str, Any]:
        """As the service takes it."""
        given, key = self.keyed()
        return {**given, "post": int(given["post"]), "key": key}
