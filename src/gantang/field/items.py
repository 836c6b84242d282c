"""One item of a phone's queue is taken: by the same services as at the desk and over the API, under its own
key, so that it has its effect once however often it is sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from gantang.faces import words
from gantang.field import patrol, pieces, school
from gantang.field.shapes import ExamIn, ItemIn, MoveIn, PatrolIn, ReportIn
from gantang.kit import numbers
from gantang.kit.actor import Actor
from gantang.kit.once import kept
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.errors import StaleError, warnings_of
from gantang.matters.types import Report

CHANNEL = "grid"


def take(actor: Actor, item: ItemIn, *, now: datetime) -> dict[str, Any]:
    """What became of it: number and version. Errors: those of ``intake``, ``act`` and ``attach``, those of
    ``learning.service.submit`` and of the patrol's services, PiecesMissingError."""
    files = [pieces.whole(actor, one.upload, one.pieces) for one in item.files]
    try:
        if isinstance(item.body, ReportIn):
            return _report(actor, item, item.body, files, now)
        if isinstance(item.body, ExamIn):
            return school.hand_in(actor, item.body, now=now)
        if isinstance(item.body, PatrolIn):
            return patrol.take(actor, item, item.body, now=now)
        return _move(actor, item, item.body, files, now)
    finally:
        for file in files:
            file.close()


def _report(
    actor: Actor, item: ItemIn, body: ReportIn, files: Sequence[BinaryIO], now: datetime
) -> dict[str, Any]:
    report = Report(
        words=body.words,
        channel=CHANNEL,
        class_code=body.klass,
        ground=body.ground,
        point=(body.point[0], body.point[1]) if body.point else None,
        place=body.place,
        reporter=body.contact(),
        anonymous=body.contact() is None,
        on_behalf=True,
        urgent=body.urgent,
        answers=body.answers,
        files=tuple(files),
        facility=body.facility,
    )
    got = matters.intake(actor=actor, report=report, key=item.key, now=now, made=item.made())
    due = words.moment(got.due_at, now=now) if got.due_at else ""
    return {"number": got.number, "shown": numbers.show(got.number), "due": due} | {
        "warnings": warnings_of(got.warnings)
    }


def _move(
    actor: Actor, item: ItemIn, body: MoveIn, files: Sequence[BinaryIO], now: datetime
) -> dict[str, Any]:
    """The files first: a move may end what they belong to. Each has a key of its own, derived from the
    item's, and is a step of its own; so the version is looked at before them, and not again."""
    matter = queries.key_of(body.matter)
    version: int | None = body.version
    if files:
        _check_version(actor, item, body, now)
        version = None
    for n, file in enumerate(files):
        matters.attach(actor=actor, matter=matter, data=file, public=False, key=f"{item.key}:{n}", now=now)
    done = matters.act(
        actor=actor,
        matter=matter,
        move=body.move,
        answers=body.answers,
        key=item.key,
        now=now,
        version=version,
        made=item.made(),
    )
    return {"number": done.number, "shown": numbers.show(done.number), "version": done.version}


def _check_version(actor: Actor, item: ItemIn, body: MoveIn, now: datetime) -> None:
    """Errors: StaleError, unless something of this item has gone in before."""
    keys = [item.key, f"{item.key}:0"]
    if not kept(actor=actor, keys=keys) and queries.get(actor, body.matter, now=now).version != body.version:
        raise StaleError
