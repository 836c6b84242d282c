"""Signatures on an agreement: on the screen or on paper, each with its time and a witness. Each is a step.

What was drawn, and who witnessed a paper, goes to the vault and stands nowhere else but on the page of
signatures. A signature is of one version: what was changed since is signed anew.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, reading, work
from gantang.matters.errors import (
    MatterNotFoundError,
    SignatureInvalidError,
    SignedAlreadyError,
    WitnessError,
    unfit,
)
from gantang.matters.models import Attachment, Signature
from gantang.matters.queries.finding import seen
from gantang.matters.queries.signing import signing_of
from gantang.matters.rules import parties, sessions
from gantang.matters.rules.report import storable
from gantang.matters.rules.sight import party_of
from gantang.matters.service import documents, record
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Given, Signing
from gantang.vault import service as vault

PURPOSE = "mediation"


def sign(*, actor: Actor, matter: UUID, document: UUID, given: Given, key: str, now: datetime) -> None:
    """Take a signature on the standing version of an agreement. On the screen its time is the server's, and
    another account witnesses it (``witness``); on paper time, witness and the scanned page are told.

    Errors: MatterNotFoundError, ForbiddenError, SignatureInvalidError, SignedAlreadyError.
    """
    body = {"sign": str(matter), "document": str(document), "signer": given.signer, "way": given.way}
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return
        taken, known = _taken(actor, matter, document, now)
        _check(taken, known, given)
        _sign(w, taken, document, given)
        claim.keep(204, {"city": taken.row.city, "matter": str(matter)})


def witness(*, actor: Actor, matter: UUID, document: UUID, key: str, now: datetime) -> int:
    """Witness what was signed on the screen and waits for it; how many. Errors: MatterNotFoundError,
    ForbiddenError, WitnessError for whoever took one of them, or where none waits."""
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"witness": str(matter), "document": str(document)})
        if claim.again:
            return int(claim.ref["witnessed"])
        taken, known = _taken(actor, matter, document, now)
        waiting = known.unwitnessed
        if not waiting or any(known.signed[one].taken_by == actor.account for one in waiting):
            raise WitnessError
        rows = Signature.objects.filter(city=taken.row.city, matter_id=matter, document=document)
        for row in rows.filter(witnessed_at=None).order_by("signer"):
            row.witness_unit, row.witness_post, row.witnessed_at = actor.unit, actor.post, taken.now
            w.change(row, ["witness_unit", "witness_post", "witnessed_at"])
        data = {"document": str(document), "signers": sorted(waiting)}
        _record(w, taken, "signatures_witnessed", data)
        claim.keep(200, {"city": taken.row.city, "matter": str(matter), "witnessed": len(waiting)})
    return len(waiting)


def issue_signatures(*, actor: Actor, matter: UUID, key: str, now: datetime) -> int:
    """Issue the page that says who signed the agreement, when, before whom; its version. Errors:
    MatterNotFoundError, ForbiddenError, SignatureInvalidError while somebody has not signed."""
    with reading(actor):
        row, duties = seen(actor, matter)
        taken = Taken(row, actor, duties, now)
        _whole(taken)
        papers = documents.foreseen(taken, [sessions.PAGE], [], {})
    ahead = documents.set_ahead(taken.procedure, papers)
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"signatures": str(matter)})
        if claim.again:
            return int(claim.ref["document_version"])
        taken = take(actor, matter, now=now)
        _whole(taken)
        (version,) = documents.issue(w, taken, [sessions.PAGE], {}, ahead=ahead)
        claim.keep(201, {"city": row.city, "matter": str(matter), "document_version": version})
    return version


def _whole(taken: Taken) -> None:
    known = signing_of(taken.row)
    if party_of(taken.actor) is not None or not taken.duties:
        raise ForbiddenError
    if known is None or not known.is_whole:
        raise unfit([("signer", "not_all_signed")], SignatureInvalidError)


def _taken(actor: Actor, matter: UUID, document: UUID, now: datetime) -> tuple[Taken, Signing]:
    """The matter and its standing agreement, for staff. Errors: SignatureInvalidError for a version that was
    replaced."""
    taken = take(actor, matter, now=now)
    if party_of(actor) is not None or actor.account is None or not parties.may_enter(taken.duties):
        raise ForbiddenError
    known = signing_of(taken.row)
    if known is None:
        raise MatterNotFoundError
    if known.document != document:
        raise unfit([("document", "replaced_since")], SignatureInvalidError)
    return taken, known


def _check(taken: Taken, known: Signing, given: Given) -> None:
    if given.signer in known.signed:
        raise SignedAlreadyError
    if given.signer == sessions.MEDIATOR and not taken.duties & {"mediator", "handler"}:
        raise ForbiddenError  # a mediator signs for itself
    wrong = list(sessions.signature_faults(given, known.signers, known.made_at, taken.now))
    if given.witness and not storable(given.witness):
        wrong.append(("witness", "unfit_characters"))
    files = Attachment.objects.filter(city=taken.row.city, matter_id=taken.row.id)
    if given.attachment is not None and not files.filter(id=given.attachment).exists():
        wrong.append(("attachment", "unknown_file"))
    if wrong:
        raise unfit(wrong, SignatureInvalidError)


def _sign(w: Work, taken: Taken, document: UUID, given: Given) -> None:
    row, actor, on_paper = taken.row, taken.actor, given.way == "paper"
    kept = _keep(w, taken, given)
    at = given.signed_at if on_paper and given.signed_at else taken.now
    made = Signature(
        city=row.city,
        id=keys.mint(row.city, taken.now),
        matter_id=row.id,
        document=document,
        signer=given.signer,
        way=given.way,
        signed_at=at,
        unit=actor.unit,
        post=actor.post if given.signer == sessions.MEDIATOR else None,
        entry=UUID(kept["entry"]) if kept else None,
        attachment=given.attachment if on_paper else None,
        taken_by=actor.account or 0,
        witnessed_at=at if on_paper else None,
    )
    w.add(made)
    said = {"document": str(document), "signer": given.signer, "way": given.way, "signed_at": at.isoformat()}
    file = {"file": str(given.attachment)} if made.attachment else {}
    _record(w, taken, "signed", {**said, **file, **({"drawn": kept} if kept else {})})


def _keep(w: Work, taken: Taken, given: Given) -> dict[str, str] | None:
    """What is personal of it, in the vault: where and its hash. Nothing for one said in presence."""
    said = {"strokes": given.strokes} if given.way == "screen" else {"witness": given.witness.strip()}
    if given.way == "presence":
        return None
    stored = vault.keep(
        w,
        city=taken.row.city,
        matter=taken.row.id,
        kind="signature",
        plain=json.dumps(said, ensure_ascii=False),
        purpose=PURPOSE,
        now=taken.now,
    )
    return {"entry": str(stored.id), "hash": stored.hash}


def _record(w: Work, taken: Taken, name: str, data: Mapping[str, Any]) -> None:
    by = {"unit": taken.actor.unit, "post": taken.actor.post}
    said = {"at": taken.now.isoformat(), "by": by, **data}
    record.record(w, taken.row, [(name, said)], actor=taken.actor, now=taken.now)
