"""A cause that comes back becomes a rectification item: a list is opened, its first item filled in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gantang.faces import names
from gantang.faces.forms import Questions
from gantang.faces.rows import RowsField
from gantang.kit.actor import Actor
from gantang.matters import service as matters
from gantang.matters.types import CauseCount, Causes, MatterView, Receipt, Report
from gantang.territory import queries as territory

#: The class of lists, the move that opens their items, and who keeps them.
LIST, ISSUE, KEEPER = "listed", "issue", "supervisor"
#: Where a list comes from that the centre draws up itself.
CHANNEL = "superior"
#: The field of a list's items, and what an item is that nobody listed before.
ITEMS, NEW = "items", {"part": "variable", "arisen": "newly_arisen"}


def may_open(actor: Actor, ground: str) -> bool:
    """Whether the actor keeps lists on a ground."""
    return KEEPER in actor.duties(LIST, ground)


def words(found: Causes, one: CauseCount) -> str:
    """What is to be put right: the cause, the place, the period."""
    return _("%(place)s：%(since)s至%(until)s因“%(cause)s”办结%(n)d件，上一期%(before)d件。") % {
        "place": " ".join(territory.path(one.ground)[-2:]),
        "since": found.since,
        "until": found.until,
        "cause": names.cause(one.cause),
        "n": one.n,
        "before": one.before,
    }


def open_list(actor: Actor, found: Causes, one: CauseCount, *, key: str, now: datetime) -> Receipt:
    """A list for the place. Errors: those of ``matters.intake``."""
    report = Report(words(found, one), CHANNEL, LIST, one.ground, anonymous=True, on_behalf=True)
    return matters.intake(actor=actor, report=report, key=key, now=now)


def first(form: Questions, matter: MatterView, given: Mapping[str, str]) -> dict[str, Any]:
    """The first values of a list's items where the address says so: what the list was opened for."""
    items = form.fields.get(ITEMS)
    if "recurring" not in given or matter.class_code != LIST or not isinstance(items, RowsField):
        return {}
    new = {name: code for name, code in NEW.items() if name in items.columns}
    return {"list_kind": "other", ITEMS: [{"words": matter.gist, **new}]}
