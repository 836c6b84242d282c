"""The first sentence of a tracked matter, for a stranger: how it stands, whose turn it is, until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.faces import words
from gantang.matters.types import MessageView, Tracked


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence, what follows it, and the newest reply where the reporter is to judge it."""

    head: str
    tail: str
    reply: str = ""


def lead(tracked: Tracked, procedure: engine.Procedure, unit: str, *, turn: bool, now: datetime) -> Lead:
    """The lead; ``unit`` answers for the matter, ``turn`` is whether the reporter is to verify."""
    heads = {**_HEADS, **_FOLLOWED} if tracked.follows else _HEADS
    head = heads.get(tracked.status, lambda: _("正在办。"))()
    if tracked.ended_at is not None:
        return Lead(head, _ended(tracked, procedure, now))
    if tracked.status == "answered":
        return (
            _judged(tracked, head, unit, now)
            if turn
            else Lead(_("已经答复，正在派人核验。"), _turn(tracked, unit, now))
        )
    if tracked.status == "asking" and not tracked.follows:
        return Lead(head, _asked(tracked, unit, now))
    return Lead(head, _turn(tracked, unit, now))


def _asked(tracked: Tracked, unit: str, now: datetime) -> str:
    """Who waits for the reporter: the clock stands still, or where a pack says so, runs on."""
    due = due_of(tracked)
    if due is None:
        return _("%(unit)s在等您回答，等的时候不计时。") % {"unit": unit}
    return _("%(unit)s在等您回答，最迟%(due)s。") % {"unit": unit, "due": words.moment(due, now=now)}


def due_of(tracked: Tracked) -> datetime | None:
    """The deadline of the step that runs."""
    return next((one.due_at for one in tracked.clocks if one.of == "state" and not one.paused), None)


def _judged(tracked: Tracked, head: str, unit: str, now: datetime) -> Lead:
    reply = next((one for one in reversed(tracked.messages) if one.kind == "reply"), None)
    if reply is None:
        return Lead(head, "")
    return Lead(head, _answered(reply, unit, now), reply.words)


def _answered(reply: MessageView, unit: str, now: datetime) -> str:
    return _("%(unit)s在%(at)s答复：") % {"unit": unit, "at": words.moment(reply.sent_at, now=now)}


def _ended(tracked: Tracked, procedure: engine.Procedure, now: datetime) -> str:
    at = words.moment(tracked.ended_at, now=now) if tracked.ended_at else ""
    ending = procedure.outcomes.get(tracked.outcome)
    if ending is None:
        return at
    return _("%(at)s，%(outcome)s。") % {"at": at, "outcome": ending.of(get_language() or "zh-hans")}


def _turn(tracked: Tracked, unit: str, now: datetime) -> str:
    due = due_of(tracked)
    if not unit or due is None:
        return unit
    said = {"unit": unit, "due": words.moment(due, now=now)}
    if due < now:
        return _("现在轮到%(unit)s，本来最迟%(due)s，已经超期。") % said
    return _("现在轮到%(unit)s，最迟%(due)s。") % said


_HEADS: dict[str, Callable[[], str]] = {
    "received": lambda: _("收到了，正在定由哪个单位办。"),
    "routed": lambda: _("已经分派，等单位接手。"),
    "handling": lambda: _("正在办。"),
    "mediating": lambda: _("正在调解。"),
    "contested": lambda: _("该归哪个单位办，正在裁定。"),
    "asking": lambda: _("要请您补充一点情况。"),
    "answered": lambda: _("已经答复，请您看看对不对。"),
    "closed": lambda: _("已经办结。"),
    "reopened": lambda: _("您说没解决，正在定怎么重办。"),
    "withdrawn": lambda: _("已经撤回。"),
}

#: The same for whoever only follows the matter.
_FOLLOWED: dict[str, Callable[[], str]] = {
    "asking": lambda: _("正在等反映人补充情况。"),
    "answered": lambda: _("已经答复，正在核验。"),
    "reopened": lambda: _("反映人说没解决，正在定怎么重办。"),
}
