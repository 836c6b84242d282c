"""The first two shifts of the county's patrol on duty."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from gantang.kit.actor import Actor
from gantang.patrol import queries, service
from tests.patrol.lake import NOW, POSTS

if TYPE_CHECKING:
    from tests.patrol.lake import Lake


class Watch:
    """The first two shifts of the roster, the first with the vessel on the wide route; who serves in each."""

    def __init__(self, lake: "Lake") -> None:
        self.lake = lake
        self.first, self.second, *_rest = lake.issued()
        service.assign(actor=lake.command, shift=self.first, vessel=lake.boat, route=lake.wide, now=NOW)
        self.at = queries.shift(lake.command, self.first).starts_at
        self.crew, self.next = self.of(self.first), self.of(self.second)

    def of(self, shift: Any) -> Actor:
        ((post, _unit),) = queries.shift(self.lake.command, shift).crew
        title = dict(zip(self.lake.posts, POSTS, strict=True))[post]
        return self.lake.world.actor("360428", title)

    def out(self) -> Any:
        return service.go_out(actor=self.crew, shift=self.first, now=self.at)

    def order(
        self, kind: str = "go_to", *, key: str = "order", at: "datetime | None" = None, **given: Any
    ) -> Any:
        to = {"actor": self.lake.command, "shift": self.first, "now": at or self.at} | given
        return service.give(kind=kind, key=key, **to)
