"""Who signed an agreement, as the mediation room shows it: never what was drawn, and nobody's name."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk.sessions import role
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import MatterView, PersonView, Signed
from gantang.posts import queries as posts

MEDIATOR = "mediator"
WAYS: dict[str, str | Promise] = {
    "screen": gettext_lazy("在屏幕上写的"),
    "presence": gettext_lazy("当面确认的"),
    "paper": gettext_lazy("在纸上签的"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who signs."""

    signer: str
    title: str
    signed: Signed | None
    way: str | Promise = ""
    witness: str = ""


def shown(actor: Actor, matter: MatterView) -> dict[str, Any] | None:
    """The agreement with everybody who signs it; None where there is none yet."""
    found = queries.signing(actor, matter.id)
    if found is None:
        return None
    people = {f"party:{one.no}": one for one in queries.people(actor, matter.id)}
    witnesses = posts.post_words({one.witness_post for one in found.signed.values() if one.witness_post})
    lines = [_line(name, people.get(name), found.signed.get(name), witnesses) for name in found.signers]
    waiting = [found.signed[name] for name in found.unwitnessed]
    return {
        "agreement": found,
        "lines": lines,
        "anew": found.before if found.missing else 0,
        "waiting": len(waiting),
        "took_part": any(one.taken_by == actor.account for one in waiting),
    }


def title_of(signer: str, people: list[PersonView]) -> str:
    """Who signs, by role."""
    found = next((one for one in people if f"party:{one.no}" == signer), None)
    return role(found) if found is not None else _("主持调解的人")


def _line(signer: str, person: PersonView | None, one: Signed | None, witnesses: dict[int, str]) -> Line:
    title = role(person) if person is not None else _("主持调解的人")
    if one is None:
        return Line(signer, title, None)
    witness = witnesses.get(one.witness_post or 0, "") or (_("写在纸上的人") if one.way == "paper" else "")
    return Line(signer, title, one, WAYS.get(one.way, one.way), witness)
