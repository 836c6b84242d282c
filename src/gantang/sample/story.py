"""Acts of the sample, as the posts would make them."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Acted, Filters, Report
from gantang.posts import queries as posts

COUNTY = "360428"


class Story:
    """Acts of the sample, each under a key of its own, all at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now, self._keys = now, count()

    def actor(self, ground: str, title: str) -> Actor:
        """Whoever holds the post of that title in the unit of a ground."""
        on = self.now.date()
        unit = next(
            one
            for one in posts.units(ground, on=on)
            if one.ground == ground and one.kind in ("centre", "village")
        )
        post = next(one for one in posts.posts(unit.id, on) if one.title == title)
        return self._holder(unit.id, post.id)

    def department(self, name: str, title: str) -> Actor:
        """Whoever holds the post of that title in a department of the county."""
        on = self.now.date()
        unit = next(one for one in posts.units(COUNTY, on=on, level=3) if name in one.name)
        post = next(one for one in posts.posts(unit.id, on) if one.title == title)
        return self._holder(unit.id, post.id)

    def _holder(self, unit: int, post: int) -> Actor:
        on = self.now.date()
        serving = posts.resolver(on).serving(unit=unit, post=post)[0]
        return posts.actor_of(account=serving.account, post=post, on=on)

    def key(self) -> str:
        return f"sample-campaigns-{next(self._keys)}"

    def has(self, words: str) -> bool:
        """Whether a matter of these words is there already."""
        head = self.actor(COUNTY, "负责岗")
        return bool(queries.search(head, words=words, filters=Filters(view="all"), now=self.now).items)

    def entered(self, who: Actor, words: str, klass: str, ground: str, *, channel: str = "superior") -> UUID:
        """Entered by a post, on behalf of others."""
        report = Report(words, channel, klass, ground, anonymous=True, on_behalf=True)
        return matters.intake(actor=who, report=report, key=self.key(), now=self.now).matter

    def act(self, actor: Actor, matter: UUID, move: str, **answers: Any) -> Acted:
        """Make a move."""
        return matters.act(
            actor=actor, matter=matter, move=move, answers=answers, key=self.key(), now=self.now
        )

    def caused(self, actor: Actor, matter: UUID, cause: str) -> None:
        """Say why it arose."""
        matters.give_cause(actor=actor, matter=matter, cause=cause, key=self.key(), now=self.now)

    def decision(self, words: str) -> UUID:
        """Taken in by the county's desk on behalf of whoever decides, and accepted."""
        desk = self.actor(COUNTY, "受理岗")
        report = Report(words, "department", "decision", COUNTY, anonymous=True, on_behalf=True)
        made = matters.intake(actor=desk, report=report, key=self.key(), now=self.now)
        self.act(desk, made.matter, "accept", scope="construction")
        return made.matter
