"""A matter's chain as its page tells it: each step in order, who made it, and whether the chain holds."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gantang.engine import Procedure
from gantang.faces import events
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.matters.types import MatterView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

FAULTS = {
    "edit": _("有一步被改过"),
    "deletion": _("少了一步"),
    "reorder": _("顺序被动过"),
    "insertion": _("多了一步"),
    "truncation": _("末尾被截掉了"),
    "head": _("链头对不上"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A step as it stands in the chain: codes and ids, never text."""

    seq: int
    at: datetime
    kept_at: datetime
    name: str
    title: str
    post: str
    client: str
    data: str


def shown(actor: Actor, matter: MatterView) -> dict[str, Any]:
    """The chain of a matter that was read in sight, verified as it is read."""
    with reading(actor, ids=[matter.id]):
        story = ledger.stories(matter.city, [matter.id])[matter.id]
    titles = posts.post_titles({one.post for one in story.steps if one.post})
    procedure = procedures.by_hash(matter.procedure_hash)
    return {
        "chain": [_link(one, titles, procedure) for one in story.steps],
        "head": story.head,
        "fault": FAULTS.get(story.fault.fault, story.fault.fault) if story.fault else "",
        "seq": story.fault.seq if story.fault else 0,
    }


def _link(one: StepView, titles: dict[int, str], procedure: Procedure) -> Link:
    data = json.dumps(one.data, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))
    title = str(events.describe(one.name, one.data, procedure).title)
    post, client = titles.get(one.post or 0, ""), one.client.partition(":")[0]
    return Link(one.seq, one.happened_at, one.recorded_at, one.name, title, post, client, data)
