"""Forms of the page of posts: who leaves, and who takes each post over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, text_of
from gantang.posts.types import HeldPost


class WhoLeavesForm(forms.Form):
    """Whose leaving, from which day on."""

    use_required_attribute = False
    account = text_of(_("谁离任（登录名）"), 64, required=True)
    on = date_of(_("从哪天起"), help_text=_("不写就是今天，马上失效。"))


class LeaveForm(forms.Form):
    """For each post, who takes it over; left open where a colleague or the leader can."""

    use_required_attribute = False

    def __init__(self, *args: Any, posts: Sequence[HeldPost], **given: Any) -> None:
        super().__init__(*args, **given)
        for one in posts:
            label = f"{one.unit.name} {one.post.title}"
            help_text = _("接任人的登录名；不写就由同岗同事或单位负责人接。")
            self.fields[f"next-{one.post.id}"] = text_of(label, 64, help_text=help_text)
            self.fields[f"acting-{one.post.id}"] = forms.BooleanField(label=_("先代理"), required=False)
