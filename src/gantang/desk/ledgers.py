"""The ledger at the desk: each city's last checkpoint, verifications asked for, and what they found."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk.admin import home_of
from gantang.desk.chained import FAULTS as STEPS
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.ledger import queries as ledger
from gantang.ledger.types import Verifying
from gantang.territory import queries as territory

KINDS = {
    "matter": gettext_lazy("事项的链"),
    "account": gettext_lazy("账号的链"),
    "client": gettext_lazy("接口程序的链"),
    "checkpoint": gettext_lazy("检查点"),
}
#: A whole province is its number alone: whoever administers it verifies all cities.
PROVINCE = 2
FAULTS = {
    **STEPS,
    "removed": gettext_lazy("整条链不见了"),
    "rollback": gettext_lazy("退回到了从前"),
    "forged": gettext_lazy("检查点的签名不对"),
    "gap": gettext_lazy("中间少了检查点"),
    "wound_back": gettext_lazy("检查点退回去了"),
    "file": gettext_lazy("别处存的检查点少了"),
    "leaves": gettext_lazy("检查点记下的被改了"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A verification with its words."""

    one: Verifying
    where: str
    found: tuple[str, ...]


def city_of(actor: Actor) -> int | None:
    """The city whose ledger an administering post verifies; None is all of them."""
    ground = home_of(actor).ground
    return None if len(ground) <= PROVINCE else keys.city_on(ground)


def shown(actor: Actor) -> dict[str, Any]:
    """The page: checkpoints where the actor administers, and the verifications asked for."""
    city = city_of(actor)
    last = [one for one in ledger.last_checkpoints() if city in (None, one.city, keys.home())]
    runs = [_run(one) for one in ledger.verifications(city)]
    names = {one.city: _name(one.city) for one in last}
    return {
        "lines": [(names[one.city], one) for one in last if city in (None, one.city)],
        "where": _("全部") if city is None else _name(city),
        "runs": runs,
        "newest": next((one for one in runs if not one.one.in_work), None),
        "in_work": any(one.one.in_work for one in runs),
    }


def _run(one: Verifying) -> Run:
    said = tuple(
        _("%(city)s · %(kind)s · 第%(n)d步：%(fault)s")
        % {"city": _name(city), "kind": KINDS.get(kind, kind), "n": n, "fault": FAULTS.get(fault, fault)}
        for fault, city, kind, _stream, n in one.found
    )
    return Run(one, _("全部") if one.city is None else _name(one.city), said)


def _name(city: int) -> str:
    if city == keys.home():
        return _("全省共用")
    return territory.names({f"{city:04}"}).get(f"{city:04}", str(city))
