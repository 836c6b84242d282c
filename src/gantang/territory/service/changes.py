"""Change sets: drafted, reviewed by a second administrator, withdrawn; ``applying`` takes them into force."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import errors, planning
from gantang.territory.models import ChangeOperation, ChangeSet
from gantang.territory.rules import prefix
from gantang.territory.service.common import must_administer
from gantang.territory.types import Operation

#: The kind of the ledger's stream of a change set.
STREAM = "ground_change"
_LONGEST = 80, 200
_MOST = 2000


def draft_change(
    *,
    actor: Actor,
    title: str,
    basis: str,
    effective_on: date,
    operations: Sequence[Operation],
    now: datetime,
) -> UUID:
    """A change set that waits for its review. Errors: NotAdminError, ChangeFieldsError, GroundError."""
    must_administer(actor)
    _check(title, basis, operations)
    city = _city(operations)
    row = ChangeSet(
        id=keys.mint(city, now),
        title=title.strip(),
        basis=basis.strip(),
        effective_on=effective_on,
        made_by=actor.account,
        made_at=now,
    )
    with work(actor) as w:
        w.add(row)
        _keep(w, row, operations)
        data = {"on": effective_on.isoformat(), "operations": [kind for kind, _data in operations]}
        record_change(w, row, "drafted", data, now, is_new=True)
    return row.id


def amend_change(
    *,
    actor: Actor,
    change: UUID,
    title: str,
    basis: str,
    effective_on: date,
    operations: Sequence[Operation],
    now: datetime,
) -> None:
    """Another draft in the place of the one there is; whoever amends it has made it. Errors: as
    ``draft_change``; UnknownChangeError, ChangeStateError."""
    must_administer(actor)
    _check(title, basis, operations)
    with work(actor) as w:
        row = locked(change, ChangeSet.DRAFT)
        row.title, row.basis, row.effective_on = title.strip(), basis.strip(), effective_on
        row.made_by = actor.account
        row.operations.all().delete()
        w.change(row, ["title", "basis", "effective_on", "made_by"], state=ChangeSet.DRAFT)
        _keep(w, row, operations)
        data = {"on": effective_on.isoformat(), "operations": [kind for kind, _data in operations]}
        record_change(w, row, "amended", data, now)


def review_change(*, actor: Actor, change: UUID, now: datetime) -> None:
    """A second administrator agrees; from its day on it comes into force. Errors: NotAdminError,
    OwnReviewError, UnknownChangeError, ChangeStateError, GroundError where it cannot be done any more."""
    must_administer(actor)
    with work(actor) as w:
        row = locked(change, ChangeSet.DRAFT)
        if actor.account is None or actor.account == row.made_by:
            raise errors.OwnReviewError
        planning.carried_out(operations_of(row))
        row.state, row.reviewed_by, row.reviewed_at = ChangeSet.REVIEWED, actor.account, now
        w.change(row, ["state", "reviewed_by", "reviewed_at"], state=ChangeSet.DRAFT)
        record_change(w, row, "reviewed", {"on": row.effective_on.isoformat()}, now)


def withdraw_change(*, actor: Actor, change: UUID, now: datetime) -> None:
    """A change set that is not in force never comes into force. Errors: NotAdminError, UnknownChangeError,
    ChangeStateError."""
    must_administer(actor)
    with work(actor) as w:
        row = locked(change, ChangeSet.DRAFT, ChangeSet.REVIEWED)
        was, row.state = row.state, ChangeSet.WITHDRAWN
        w.change(row, ["state"], state=was)
        record_change(w, row, "withdrawn", {}, now)


def locked(change: UUID, *states: str) -> ChangeSet:
    """A change set in one of these states, locked. Errors: UnknownChangeError, ChangeStateError."""
    row = ChangeSet.objects.select_for_update().filter(pk=change).first()
    if row is None:
        raise errors.UnknownChangeError
    if row.state not in states:
        raise errors.ChangeStateError(details={"state": row.state})
    return row


def operations_of(row: ChangeSet) -> list[Operation]:
    """The operations of a change set, in their order."""
    return list(row.operations.order_by("number").values_list("kind", "data"))


def record_change(
    w: Work, row: ChangeSet, what: str, data: Mapping[str, object], now: datetime, *, is_new: bool = False
) -> None:
    """A step in the stream of the change set."""
    city, stream = keys.city_of(row.id), ledger.stream_of(STREAM, row.id)
    if is_new:
        ledger.open_stream(w, city=city, stream=stream, kind=STREAM, now=now, key=row.id)
    ledger.append(
        w,
        actor=w.actor,
        city=city,
        stream=stream,
        kind=STREAM,
        items=[(f"change.{what}", data)],
        happened_at=now,
        now=now,
        key=row.id,
    )


def _check(title: str, basis: str, operations: Sequence[Operation]) -> None:
    texts = zip((title.strip(), basis.strip()), _LONGEST, strict=True)
    if not 0 < len(operations) <= _MOST or any(not text or len(text) > most for text, most in texts):
        raise errors.ChangeFieldsError
    planning.carried_out(operations)


def _keep(w: Work, row: ChangeSet, operations: Sequence[Operation]) -> None:
    for number, (kind, data) in enumerate(operations, 1):
        w.add(ChangeOperation(change_id=row.id, number=number, kind=kind, data=dict(data)))


def _city(operations: Sequence[Operation]) -> int:
    found = planning.told(planning.carried_out(operations), date.min)
    codes = [*found.roots, *(code for code, _name in found.made), "36"]
    return prefix.city_of(codes[0])
