"""Forms of the mediation room: a session, why it is put off, a signature."""

import json
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from gantang.desk import choices
from gantang.desk.forms import Pairs, _select, _text
from gantang.desk.sessions import REASONS, WAYS, role
from gantang.faces.errors import Problem, problem
from gantang.faces.picking import Picker
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries
from gantang.matters.types import ROOMS, Given, MatterView, Planned, SessionView
from gantang.posts import queries as posts

#: How long a session usually is.
USUAL = timedelta(minutes=90)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"class": "form-control", "type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class SessionForm(forms.Form):
    """When, how, where, who leads, who comes."""

    use_required_attribute = False
    day = forms.DateField(
        label=_("哪一天"),
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
    )
    since = _time(_("几点开始"))
    until = _time(_("几点结束"))
    way = forms.ChoiceField(label=_("怎么调"), choices=WAYS.items(), widget=Picker())
    room_unit = _select(_("在哪个单位（现场、线上的不用选）"))
    room = forms.TypedChoiceField(
        label=_("第几调解室"), coerce=int, choices=[(n, str(n)) for n in ROOMS], initial=1, widget=Picker()
    )
    post = _select(_("谁主持"), required=True)
    people = forms.TypedMultipleChoiceField(
        label=_("谁到场"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lists: dict[str, Pairs], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in lists.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def plan(self) -> Planned:
        """The session as asked for."""
        given = self.cleaned_data
        inside = given["way"] in ("face_to_face", "apart") and given["room_unit"]
        return Planned(
            starts_at=datetime.combine(given["day"], given["since"], clock.ZONE),
            ends_at=datetime.combine(given["day"], given["until"], clock.ZONE),
            way=given["way"],
            post=int(given["post"]),
            people=tuple(given["people"]),
            room=(int(given["room_unit"]), given["room"]) if inside else None,
        )


class MovedForm(SessionForm):
    """The same with the reason for the change."""

    reason = forms.ChoiceField(label=_("为什么改"), choices=REASONS.items(), widget=Picker())


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    use_required_attribute = False
    reason = forms.ChoiceField(label=_("为什么取消"), choices=REASONS.items(), widget=Picker())
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(16)


class SignForm(forms.Form):
    """A signature: drawn, said in presence, or made on paper."""

    use_required_attribute = False
    way = forms.ChoiceField(
        label=_("怎么签"),
        choices=[
            ("screen", _("在屏幕上写")),
            ("presence", _("不便手写：当面确认")),
            ("paper", _("在纸上签了")),
        ],
        initial="screen",
        widget=forms.RadioSelect,
    )
    strokes = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-kept": True}), required=False, max_length=80_000
    )
    signed_at = forms.DateTimeField(
        label=_("纸上签的时间"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"class": "form-control", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    witness = _text(_("在场见证的人"), most=60)
    scan = forms.FileField(
        label=_("签字的那一页（照片或扫描件）"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": "image/*,application/pdf"}),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def clean_strokes(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Lines of points; whatever else came is no line."""
        try:
            found = json.loads(self.cleaned_data["strokes"] or "[]")
            return tuple(tuple((int(x), int(y)) for x, y in stroke) for stroke in found)
        except (ValueError, TypeError):
            return ()

    def given(self, signer: str, attachment: Any = None) -> Given:
        """The signature as given."""
        one = self.cleaned_data
        on_paper = one["way"] == "paper"
        return Given(
            signer,
            one["way"],
            strokes=one["strokes"] if one["way"] == "screen" else (),
            signed_at=one["signed_at"] if on_paper else None,
            witness=one["witness"] if on_paper else "",
            attachment=attachment if on_paper else None,
        )


def wrong(error: GantangError) -> Problem:
    """An error with the sentence of each answer that does not fit."""
    told = problem(error)
    fields = tuple(str(one["sentence"]) for one in error.details.get("fields", ()))
    return replace(told, reasons=(*told.reasons, *fields))


def lists(actor: Actor, matter: MatterView, *, now: datetime) -> dict[str, Pairs]:
    """What may be chosen for a session of a matter: units on its way, posts of one's own unit, its people."""
    on = now.date()
    mine = posts.posts(actor.unit, on) if actor.unit else []
    near = choices.units(matter.scope, on)
    own = [one for one in near if one[0] == str(actor.unit)]
    leading = sorted(mine, key=lambda one: (one.id != actor.post, "mediator" not in one.duties))
    return {
        "room_unit": [("", _gettext("请选择")), *own, *(one for one in near if one not in own)],
        "post": [(str(one.id), one.title) for one in leading],
        "people": [(str(one.no), role(one)) for one in queries.people(actor, matter.id)],
    }


def first(actor: Actor, matter: MatterView, *, now: datetime) -> dict[str, Any]:
    """What a new session begins with: tomorrow morning, here, with everybody who was asked."""
    asked = [one.no for one in queries.people(actor, matter.id) if one.role == "party" or one.willing]
    start = (now.astimezone(clock.ZONE) + timedelta(days=1)).replace(hour=9, minute=30)
    return {
        "day": start.date(),
        "since": start.time(),
        "until": (start + USUAL).time(),
        "way": "face_to_face",
        "room_unit": str(actor.unit or ""),
        "post": str(actor.post or ""),
        "people": asked,
    }


def as_it_is(one: SessionView) -> dict[str, Any]:
    """What a session to be moved begins with."""
    since, until = one.starts_at.astimezone(clock.ZONE), one.ends_at.astimezone(clock.ZONE)
    return {
        "day": since.date(),
        "since": since.time(),
        "until": until.time(),
        "way": one.way,
        "room_unit": str(one.room[0]) if one.room else "",
        "room": one.room[1] if one.room else 1,
        "post": str(one.post),
        "people": list(one.people),
    }
