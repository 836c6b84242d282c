"""A box for protected tips at the county, its two holders' passphrases, and a tip (示例)."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from gantang.kit.actor import Actor
from gantang.matters.service import sealed
from gantang.matters.types import Tip
from gantang.posts import queries as posts
from gantang.sample.disputes import TOWNSHIP
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story

FIRST, SECOND = "受理岗", "回访核验岗"
#: Who holds the county's box, by sign-in name.
HOLDERS = {f"都昌县-{FIRST}": FIRST, f"都昌县-{SECOND}": SECOND}
WORDS = f"示例：周溪镇某干部上月三次收受砂场老板的烟酒，每次检查前都有人先打招呼{MARK}。"


def passphrase() -> str:
    """A fresh one, of 120 bits."""
    return secrets.token_urlsafe(15)


def make(passphrases: Mapping[str, str], *, builder: Actor, anew: bool, now: datetime) -> str | None:
    """Let the county receive tips under these passphrases, and tell it one; the receipt of that one.

    None where the county has a box already and its passphrases are known. ``anew`` says that they are not:
    then it gets another box, and what came in before stays closed.
    """
    story = Story(now)
    first = story.actor(COUNTY, FIRST)
    if not anew and any(box.public is not None for box in sealed.unit_boxes(first)):
        return None
    held = {name: story.actor(COUNTY, title) for name, title in HOLDERS.items()}
    unit, (one, other) = first.unit or 0, [actor.post or 0 for actor in held.values()]
    sealed.designate(actor=builder, unit=unit, first=one, second=other, now=now)
    for name, actor in held.items():
        sealed.set_passphrase(actor=actor, passphrase=passphrases[name], now=now)
    return sealed.receive(token=secrets.token_urlsafe(16), tip=_tip(now), now=now)


def _tip(now: datetime) -> Tip:
    on = now.date()
    accused = next(one for one in posts.units(TOWNSHIP, on=on) if one.ground == TOWNSHIP)
    return Tip(words=WORDS, kind="shelter", accused_level=4, accused_unit=accused.id, place=TOWNSHIP)
