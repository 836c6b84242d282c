"""The people of a matter: masked, each field opened alone, for a reason that is logged."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk import parties
from gantang.faces import vocabulary
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import MatterView, PersonView

#: Why somebody may open a person's field, the vault's closed list in words; the code is logged.
REASONS = {
    "call_back": gettext_lazy("联系本人，了解情况或答复"),
    "visit": gettext_lazy("上门走访、查看现场"),
    "identity": gettext_lazy("核对身份"),
    "notice": gettext_lazy("送达文书、通知到场"),
    "mediation": gettext_lazy("组织调解"),
    "duplicate": gettext_lazy("核对是不是重复反映"),
    "own_request": gettext_lazy("本人要求查看或更正"),
    "law": gettext_lazy("依法调取"),
    "emergency": gettext_lazy("紧急救助"),
}
FIELDS = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "email": gettext_lazy("邮箱"),
    "address": gettext_lazy("住址"),
    "id_number": gettext_lazy("证件号"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A person's field that was opened for this answer alone, or is about to be asked for."""

    person: int
    field: str
    value: str = ""


def shown(actor: Actor, matter: MatterView, opened: Opened | None) -> list[dict[str, Any]]:
    """Everybody of the matter, as far as the actor may see them."""
    return [_person(one, matter, opened) for one in queries.people(actor, matter.id)]


def _person(one: PersonView, matter: MatterView, opened: Opened | None) -> dict[str, Any]:
    role = vocabulary.DUTIES.get(one.role, one.role)
    return {
        **parties.standing(one),
        "name": _("%(role)s（匿名）") % {"role": role} if one.anonymous else str(role),
        "fields": [
            _field(one, name, one.masked[name], matter, opened) for name in FIELDS if name in one.masked
        ],
    }


def _field(
    one: PersonView, name: str, text: str, matter: MatterView, opened: Opened | None
) -> dict[str, Any]:
    shown = opened is not None and (opened.person, opened.field) == (one.no, name) and bool(opened.value)
    return {
        "title": FIELDS.get(name, name),
        "masked": text,
        "opened": opened.value if shown and opened else "",
        "may_open": bool(matter.duties) and not shown,
        "url": reverse("desk:person", args=[matter.number, one.no, name]),
    }


def opening(matter: MatterView, opened: Opened | None) -> dict[str, Any] | None:
    """The question for a reason, when a field was asked for and is not open yet."""
    if opened is None or opened.value:
        return None
    return {
        "url": reverse("desk:person", args=[matter.number, opened.person, opened.field]),
        "title": _("为什么要看%(what)s？") % {"what": FIELDS.get(opened.field, opened.field)},
        "reasons": REASONS.items(),
    }
