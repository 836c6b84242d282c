"""Forms of a centre's public pages: its entry, what it offers, the list of services, figures, notices."""

import secrets
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import select_of, text_of
from gantang.engine import Words
from gantang.reception.queries import hours_of
from gantang.reception.types import ListingView, NewListing, NewNotice, NewOffer, OfferView, ServiceView

_DAYS = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
_AREA = {"class": "form-control"}


def _area(label: Any, rows: int, most: int, *, required: bool = False, **given: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={**_AREA, "rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, **given)


def _number(label: Any, least: int, most: int, **given: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **given)


class ListingForm(forms.Form):
    """A centre's entry: a public place and its week."""

    use_required_attribute = False
    address = text_of(_("地址"), 120, required=True)
    phone = text_of(_("办公电话"), 40, help_text=_("公开的，不填个人手机。"))
    shown = forms.BooleanField(label=_("在网上公布这个中心"), required=False, initial=True)

    def __init__(self, *args: Any, held: ListingView | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        for day, name in enumerate(_DAYS):
            line = text_of(
                name, 60, help_text=_("如09:00-12:00 13:30-17:30；不开门就空着。") if not day else ""
            )
            line.initial = hours_of(held.week.get(day, ())) if held else ""
            self.fields[f"day{day}"] = line
        if held is not None:
            self.initial = {"address": held.address, "phone": held.phone, "shown": held.shown}
        self.order_fields(["address", "phone", *(f"day{day}" for day in range(7)), "shown"])

    def clean(self) -> dict[str, Any]:
        """Each day's hours, read."""
        from gantang.reception.queries import read_hours

        given: dict[str, Any] = super().clean() or self.cleaned_data
        for day in range(7):
            found = read_hours(given.get(f"day{day}", ""))
            if found is None:
                self.add_error(f"day{day}", _("时间写法不对，请写成09:00-12:00。"))
            given[f"day{day}"] = found
        return given

    def listing(self) -> NewListing:
        """As the service takes it."""
        given = self.cleaned_data
        week = {day: given[f"day{day}"] for day in range(7) if given[f"day{day}"]}
        return NewListing(given["address"], given["phone"], week, given["shown"])


class OfferForm(forms.Form):
    """A service that a centre offers."""

    use_required_attribute = False
    service = select_of(_("哪一项服务"), [])
    minutes = _number(_("每次多少分钟"), 5, 480, initial=30)
    places = _number(_("同一时间几个人"), 0, 99, initial=1, help_text=_("0就是不用预约，来就办。"))
    ahead = _number(_("提前几天可约"), 1, 90, initial=14)

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], held: OfferView | None = None, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        if held is not None:
            self.initial = {
                "service": held.service.code,
                **{name: getattr(held, name) for name in ("minutes", "places", "ahead")},
            }

    def offer(self) -> NewOffer:
        """As the service takes it."""
        given = self.cleaned_data
        return NewOffer(given["service"], given["minutes"], given["places"], given["ahead"])


class ServiceLineForm(forms.Form):
    """A line of the list of services, in two languages."""

    use_required_attribute = False
    code = text_of(_("代码"), 32, required=True, help_text=_("小写英文；定了以后不能改。"))
    zh = text_of(_("中文名称"), 40, required=True)
    en = text_of(_("英文名称"), 80, required=True)
    bring_zh = _area(_("请带上什么（一行一样）"), 3, 1000)
    bring_en = _area(_("请带上什么，英文（一行一样）"), 3, 1000)
    position = _number(_("排第几"), 0, 999, initial=0)
    basis = text_of(_("依据哪份文件"), 200)

    def service(self) -> ServiceView:
        """As the service takes it."""
        given = self.cleaned_data
        title, bring = Words(given["zh"], given["en"]), Words(given["bring_zh"], given["bring_en"])
        return ServiceView(given["code"], title, bring, given["position"], given["basis"])


class EditionForm(forms.Form):
    """Whole months to publish."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    since = text_of(_("从哪个月"), 7, required=True, help_text=_("写成2026-01。"))
    until = text_of(_("到哪个月"), 7, required=True, help_text=_("要是过完的月份，最多12个月。"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def clean_key(self) -> str:
        """The form's own key, or a fresh one: sent twice it counts once."""
        return str(self.cleaned_data["key"] or secrets.token_urlsafe(16))

    def clean_since(self) -> date:
        """The first day of the month."""
        return _month(self.cleaned_data["since"])

    def clean_until(self) -> date:
        """The first day of the month."""
        return _month(self.cleaned_data["until"])


class NoticeForm(forms.Form):
    """A notice to publish."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    number = text_of(_("事项编号"), 20, help_text=_("是哪件事的公示；和哪件都无关就空着，由管理岗发。"))
    title = text_of(_("标题"), 120, required=True)
    text = _area(_("正文"), 8, 20_000, required=True)
    span = text_of(
        _("征求意见多久"),
        20,
        help_text=_("如30日、7个工作日；事项正在等公众意见的，按它的期限，这里不用填。"),
    )
    link = text_of(_("全文的地址"), 300, help_text=_("https://开头，没有就空着。"))
    basis = text_of(_("依据哪份文件"), 200)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def notice(self) -> NewNotice:
        """As the service takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return NewNotice(**given)


class SummaryForm(forms.Form):
    """What came of the comments."""

    use_required_attribute = False
    summary = _area(_("采纳了什么，没采纳的为什么"), 6, 20_000, required=True)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise forms.ValidationError(_("月份写法不对，请写成2026-01。")) from None
