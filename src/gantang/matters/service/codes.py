"""Access codes: what they open, and a new one in the place of one that was lost or seen."""

from datetime import datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import InvalidError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters import notices
from gantang.matters.errors import CodeNotFoundError, MatterNotFoundError, unfit
from gantang.matters.models import AccessCode, Party
from gantang.matters.rules.sight import client_of
from gantang.matters.service import people, record
from gantang.matters.service.taking import Taken, take


def open_by_code(code: str) -> tuple[Actor, UUID]:
    """The actor a code stands for, and the matter it names. Errors: CodeNotFoundError, alike for every wrong
    code."""
    try:
        city, hashes = keys.access_city(code), keys.access_hashes(code)
    except InvalidError:
        raise CodeNotFoundError from None
    found = AccessCode.objects.filter(city=city, hash__in=hashes, revoked_at=None).first()
    if found is None:
        raise CodeNotFoundError
    matter = UUID(str(found.matter_id))
    return Actor(client=client_of(str(matter), found.party), named=(matter,)), matter


def reissue_code(*, actor: Actor, matter: UUID, person: int, key: str, now: datetime) -> None:
    """Revoke a person's code and send a new one by mail, the only way staff may cause it to leave.

    Errors: MatterNotFoundError, ForbiddenError, ReportInvalidError for somebody who left no mail.
    """
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"reissue": str(matter), "person": person})
        if claim.again:
            return
        taken = take(actor, matter, now=now)
        taken.need_duty()
        party = Party.objects.filter(city=taken.row.city, matter_id=matter, no=person).first()
        if party is None:
            raise MatterNotFoundError
        if party.reachable_by != "email":
            raise unfit([("person", "no_mail")])
        _reissue(w, taken, party, now)
        claim.keep(204, {"city": taken.row.city, "matter": str(matter)})


def _reissue(w: Work, taken: Taken, party: Party, now: datetime) -> None:
    row = taken.row
    codes = AccessCode.objects.filter(matter_city=row.city, matter_id=row.id, party=party.no, revoked_at=None)
    for old in codes:
        old.revoked_at = now
        w.change(old, ["revoked_at"])
    party.issue, party.has_code = party.issue + 1, True
    w.change(party, ["issue", "has_code"])
    w.add(people.code_row(party))
    data = {"at": now.isoformat(), "person": party.no, "issue": party.issue}
    items: list[record.Item] = [("code_issued", data)]
    if not row.reachable and party.role == "reporter":
        items.append(("reached", {"at": now.isoformat(), "reachable": True}))
    record.record(w, row, items, actor=taken.actor, now=now)
    notices.receipt(w, row, party, now=now)
