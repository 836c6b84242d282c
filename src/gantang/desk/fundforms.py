"""Forms of a fund: opening one, a line of its book, what takes a line back, which lines are shown."""

import secrets
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.engine import Words
from gantang.fund.errors import wrong
from gantang.fund.types import (
    CLASS,
    INDIVIDUAL,
    NONE,
    ORGANISATION,
    STATES,
    NewEntry,
    PaidFor,
    Which,
    read_yuan,
)
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries as matters

PARTIES = ((NONE, _("没有对方")), (ORGANISATION, _("单位")), (INDIVIDUAL, _("个人（不写姓名）")))


class _KeyedForm(forms.Form):
    """A form that is taken once, however often it is sent."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def sent_key(self) -> str:
        """The key that came along, or a new one."""
        return self.cleaned_data["key"] or secrets.token_urlsafe(16)


class FundForm(_KeyedForm):
    """A fund for a unit."""

    unit = select_of(_("哪个单位管"), [])
    zh = text_of(_("中文名称"), 40, required=True)
    en = text_of(_("英文名称"), 80, required=True)
    opened_on = date_of(_("从哪天起记账"), required=True, help_text=_("期初余额记在这一天。"))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def fund(self) -> dict[str, Any]:
        """As the service takes it."""
        given = self.cleaned_data
        title = Words(given["zh"], given["en"])
        told = {"unit": int(given["unit"]), "title": title, "opened_on": given["opened_on"]}
        return {**told, "key": self.sent_key()}


class EntryForm(_KeyedForm):
    """A line of the book. The matter is looked up in the actor's sight."""

    kind = select_of(_("收支项目"), [])
    yuan = text_of(_("金额（元）"), 24, required=True, help_text=_("最多两位小数，如1,200.50。"))
    on = date_of(_("日期"), required=True)
    basis = text_of(_("依据"), 120, required=True, help_text=_("凭证或文件的名称和编号，不写个人姓名。"))
    party = select_of(_("对方"), PARTIES, initial=NONE)
    giver = text_of(_("单位全称"), 60, help_text=_("对方是单位才填；个人不写姓名。"))
    number = text_of(_("事项编号"), 16, help_text=_("为哪件见义勇为支出的；没有就空着。"))

    def __init__(
        self, *args: Any, actor: Actor, now: datetime, kinds: list[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self._actor, self._now = actor, now
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_yuan(self) -> int:
        """Whole fen."""
        fen = read_yuan(self.cleaned_data["yuan"])
        if fen is None:
            raise forms.ValidationError(wrong("amount").remedy_words)
        return fen

    def clean_number(self) -> PaidFor | None:
        """The matter, if it is a good samaritan's and in sight."""
        text = str(self.cleaned_data["number"]).strip()
        if not text:
            return None
        try:
            found = matters.get(self._actor, text, now=self._now)
        except GantangError as error:
            raise forms.ValidationError(error.words) from None
        if not found.class_code.startswith(CLASS):
            raise forms.ValidationError(_("这不是见义勇为的事项。"))
        return PaidFor(found.city, found.id, found.number)

    def entry(self) -> NewEntry:
        """As the service takes it."""
        given = self.cleaned_data
        told = (given["kind"], given["yuan"], given["on"], given["basis"], given["party"], given["giver"])
        return NewEntry(*told, given["number"])


class ReversalForm(_KeyedForm):
    """The line that takes one back."""

    on = date_of(_("记在哪一天"), required=True)
    basis = text_of(_("为什么冲销，依据什么"), 120, required=True, help_text=_("不写个人姓名。"))


def which_of(given: Any, kinds: Any) -> Which:
    """The lines that an address names; what does not fit is left out."""
    state, year, kind = (given.get(name, "") for name in ("state", "year", "kind"))
    number = int(year) if year.isascii() and year.isdigit() and date.min.year < int(year) <= 2999 else None
    return Which(state if state in STATES else STATES[1], number, kind if kind in kinds else "")
