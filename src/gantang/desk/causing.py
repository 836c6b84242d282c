"""The cause of a matter at the desk: the one closed list, beside the move that ends it and on its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.faces import names
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import MatterView
from gantang.procedures import queries as procedures

#: The name of the question; no field of a pack can have it.
NAME = "matter-cause"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: causes by group, the one chosen, what matters of the class usually came from."""

    groups: list[tuple[str, Pairs]]
    chosen: str
    usual: str = ""


def groups() -> list[tuple[str, Pairs]]:
    """The causes to choose from, under the title of their top; a top without any is chosen itself."""
    lang, found = get_language() or "zh-hans", dict[str, tuple[str, Pairs]]()
    for one in catalogue.causes():
        top = one.code.partition(".")[0]
        _title, pairs = found.setdefault(top, (one.title.of(lang), []))
        if one.leaf:
            pairs.append((one.code, one.title.of(lang)))
    return list(found.values())


def asked_with(
    actor: Actor, matter: MatterView, move: str, *, typed: Mapping[str, str] | None = None, now: datetime
) -> Asked | None:
    """The question beside a move's form, as typed; None where the move asks for no cause."""
    procedure = procedures.by_hash(matter.procedure_hash)
    if not queries.is_asked_with(procedure, move) or not queries.may_tell(procedure, matter.duties):
        return None
    return _asked(actor, matter, (typed or {}).get(NAME, matter.cause_code), now)


def asked_of(actor: Actor, matter: MatterView, *, now: datetime) -> Asked | None:
    """The question on the matter's page; None for whoever may not answer it."""
    if not queries.may_tell(procedures.by_hash(matter.procedure_hash), matter.duties):
        return None
    return _asked(actor, matter, matter.cause_code, now)


def shown(matter: MatterView) -> dict[str, object]:
    """What the page says of the cause: nothing of procedures that have none."""
    carries = queries.may_tell(procedures.by_hash(matter.procedure_hash), ("leader",))
    return {"has_cause": carries, "cause": names.cause(matter.cause_code) if carries else ""}


def _asked(actor: Actor, matter: MatterView, chosen: str, now: datetime) -> Asked:
    usual = queries.usual_causes(actor, klass=matter.class_code, ground=matter.scope, today=now.date())
    titles = names.causes()
    return Asked(groups(), chosen, _("、").join(names.cause(one, titles) for one in usual))
