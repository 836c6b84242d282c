"""Which unit answers for which class of matter over which ground."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor
from gantang.posts import book, errors
from gantang.posts.models import Cooperation, Remit
from gantang.posts.service import common, news
from gantang.posts.service.units import found_post, found_unit


def set_remit(
    *,
    actor: Actor,
    klass: str,
    ground: str,
    duty: str,
    unit: int,
    cooperating: Sequence[int] = (),
    leader: int | None = None,
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
    now: datetime,
) -> int:
    """Say that a unit answers for class × ground × duty, by which document. Returns the remit's id.

    Raises ``TakenRemitError``, naming both, when another remit says so of the same three at the time.
    """
    common.check_duties([duty])
    common.check_class(klass)
    common.check_dates(valid_from, valid_to)
    with common.change(actor, book.REMITS) as w:
        common.check_ground(ground, valid_from)
        for each in (unit, *cooperating):
            found_unit(each)
        if leader is not None:
            found_post(leader)
        row = Remit(
            klass=klass,
            ground=ground,
            duty=duty,
            unit_id=unit,
            leader_id=leader,
            basis=basis,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        refuse_tie(row)
        row.save(force_insert=True)
        cooperate(row, cooperating)
        data = as_data(row, cooperating)
        common.record(w, common.Entry("remit", row.pk, ground, "set", data, is_new=True), now)
        turns = [(ground, valid_from), *([(ground, valid_to)] if valid_to else [])]
        news.remits_changed(w, turns, now)
    return row.pk


def end_remit(*, actor: Actor, remit: int, valid_to: date, now: datetime) -> None:
    """End a remit from ``valid_to`` on."""
    with common.change(actor, book.REMITS) as w:
        row = Remit.objects.filter(pk=remit).first()
        if row is None:
            raise errors.UnknownError(_("归口条目"), remit)
        common.check_dates(row.valid_from, valid_to)
        Remit.objects.filter(pk=remit).update(valid_to=valid_to)
        common.record(w, common.Entry("remit", remit, row.ground, "ended", {"to": common.day(valid_to)}), now)
        news.remits_changed(w, [(row.ground, valid_to)], now)


def refuse_tie(row: Remit) -> None:
    same = Remit.objects.filter(klass=row.klass, ground=row.ground, duty=row.duty)
    open_then = same.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from))
    taken = (open_then.filter(valid_from__lt=row.valid_to) if row.valid_to else open_then).first()
    if taken is not None:
        raise errors.TakenRemitError(book.remit_view(taken, ()), book.remit_view(row, ()))


def cooperate(row: Remit, units: Sequence[int]) -> None:
    Cooperation.objects.bulk_create(Cooperation(remit=row, unit_id=unit) for unit in dict.fromkeys(units))


def as_data(row: Remit, cooperating: Sequence[int]) -> dict[str, object]:
    return {
        "class": row.klass,
        "ground": row.ground,
        "duty": row.duty,
        "unit": row.unit_id,
        "cooperating": list(cooperating),
        "leader": row.leader_id,
        "from": common.day(row.valid_from),
        "to": common.day(row.valid_to),
    }
