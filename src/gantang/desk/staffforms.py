"""Forms of the page of posts: who fills a function, a standing group and its members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.desk.posts import MEMBER_ROLES
from gantang.posts.queries import FUNCTION_WORDS

GROUP_KINDS = [("leading", _("领导小组")), ("special", _("专项组"))]
TOPICS = [
    ("", _("不分专题")),
    ("political_security", _("政治安全")),
    ("anti_cult", _("反邪教")),
    ("public_order", _("社会治安")),
    ("disputes", _("矛盾纠纷")),
    ("young_people", _("未成年人")),
    ("roads", _("铁路和道路护路")),
    ("other", _("其他")),
]


class FunctionForm(forms.Form):
    """Which unit fills one of the centre's functions, from when on."""

    use_required_attribute = False
    function = select_of(_("哪项功能"), list(FUNCTION_WORDS.items()))
    unit = select_of(_("由哪个单位承担"), [])
    on = date_of(_("从哪天起"), required=True)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A standing group of the own ground."""

    use_required_attribute = False
    name = text_of(_("名称"), 80, required=True)
    kind = select_of(_("哪一种"), GROUP_KINDS)
    topic = select_of(_("专题"), TOPICS, required=False)
    unit = select_of(_("办公室设在"), [])
    basis = text_of(_("依据哪份文件"), 200, required=True)
    valid_from = date_of(_("从哪天起"), required=True)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """A post of the unit that was chosen, and its place in the group."""

    use_required_attribute = False
    post = select_of(_("岗位"), [])
    role = select_of(_("在小组里"), list(MEMBER_ROLES.items()), initial="member")
    on = date_of(_("从哪天起"), required=True)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
