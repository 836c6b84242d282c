"""Second codes: what other systems call a division or a grid."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from gantang.kit.actor import Actor
from gantang.kit.copy import copy_in
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import errors, lookup, planning
from gantang.territory.models import AliasCode
from gantang.territory.rules import prefix, schemes
from gantang.territory.service.common import must_administer

_CHUNK = 200
_SYSTEM = re.compile(r"[a-z0-9][a-z0-9.-]{0,23}")


def set_aliases(
    *, actor: Actor, system: str, codes: Sequence[tuple[str, str]], valid_from: date, now: datetime
) -> int:
    """Give grounds their codes of another system, as (code, ground); how many were new. A second run adds
    nothing; a ground's former code of the system ends.

    A system that is one of our code schemes holds its codes to it; of any other, a code is 1 to 32 visible
    characters. Errors: NotAdminError, GroundError.
    """
    must_administer(actor)
    wanted = dict(codes)
    with work(actor) as w:
        _check(system, wanted, valid_from)
        taken = dict(AliasCode.objects.filter(system=system, code__in=wanted).values_list("code", "ground"))
        for code, ground in taken.items():
            if wanted[code] != ground:
                raise errors.taken_alias(code, ground)
        new = {code: ground for code, ground in wanted.items() if code not in taken}
        former = AliasCode.objects.filter(system=system, ground__in=new.values(), valid_to=None)
        former.update(valid_to=valid_from)
        copy_in(AliasCode, [_row(system, code, ground, valid_from) for code, ground in new.items()])
        _record_alias(w, "set", system, new, now)
    return len(new)


def _record_alias(w: Work, what: str, system: str, codes: Mapping[str, str], now: datetime) -> None:
    """In a stream of the system for each city."""
    for city in sorted({prefix.city_of(ground) for ground in codes.values()}):
        mine = [[code, ground] for code, ground in codes.items() if prefix.city_of(ground) == city]
        for start in range(0, len(mine), _CHUNK):
            ledger.append(
                w,
                actor=w.actor,
                city=city,
                stream=ledger.stream_of("alias", f"{system}:{city}"),
                kind="alias",
                key=system,
                items=[(f"alias.{what}", {"system": system, "codes": mine[start : start + _CHUNK]})],
                happened_at=now,
                now=now,
            )


def _row(system: str, code: str, ground: str, valid_from: date) -> AliasCode:
    return AliasCode(system=system, code=code, ground=ground, valid_from=valid_from)


def _check(system: str, wanted: dict[str, str], on: date) -> None:
    if not _SYSTEM.fullmatch(system):
        raise errors.wrong_alias(system, "system")
    scheme = planning.schemes().get(system)
    known = lookup.in_force(wanted.values(), on)
    for code, ground in wanted.items():
        if ground not in known:
            raise errors.wrong_alias(code, "unknown_ground")
        if not (code.isascii() and code.isprintable() and 0 < len(code) <= 32) or " " in code:
            raise errors.wrong_alias(code, "form")
        for fault in schemes.alias_faults(scheme, code, ground) if scheme else ():
            raise errors.wrong_alias(code, fault)
