"""Public notices and what the public says to them.

A notice of a matter is published by a holder of a duty on it. Where the matter stands in a state that waits
for the public (the state's owner is ``party``), its own clock is the period; else the period is counted by
the calendar of the ground. A notice without a matter is an administrator's, of the own unit.
"""

from datetime import datetime, timedelta
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.kit import keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.matters import queries as matters
from gantang.matters.types import MatterView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.reception import codes, errors
from gantang.reception.models import Comment, Notice
from gantang.reception.queries.notices import holds
from gantang.reception.service.common import must_administer, record_notice
from gantang.reception.types import NewNotice, Receipt
from gantang.vault import service as vault

PURPOSE = "consultation"
WAITING_FOR = "party"
LONGEST = 4000
_TEXTS = {"title": 120, "text": 20_000, "link": 300, "basis": 200}
#: The slot with the days that comments are kept; empty keeps them.
SLOT = "retention.comments"


def publish_notice(*, actor: Actor, notice: NewNotice, now: datetime) -> UUID:
    """Publish a notice; its period begins now. Errors: NotHolderError, NotAdminError, MatterNotFoundError,
    EntryError."""
    texts = _texts(notice)
    matter = matters.get(actor, notice.number, now=now) if notice.number else None
    if matter is None:
        must_administer(actor)
    elif not matter.duties:
        raise errors.NotHolderError
    if actor.unit is None:
        raise errors.NotHolderError
    ground = posts.unit(actor.unit).ground
    until, span, calendar = _period(matter, notice.span, ground, now)
    row = Notice(
        id=keys.mint(keys.city_on(ground), now),
        unit=actor.unit,
        ground=ground,
        city=matter.city if matter else None,
        matter=matter.id if matter else None,
        since=now,
        until=until,
        span=span,
        calendar=calendar,
        **texts,
    )
    with work(actor) as w:
        w.add(row)
        data = {"until": until.isoformat(), "matter": str(row.matter or "")}
        record_notice(w, row.id, "published", data, now)
    return row.id


def comment(*, actor: Actor, notice: UUID, words: str, key: str, now: datetime) -> Receipt:
    """Take a comment in, within the period alone. The same key with the same words is one comment.

    Errors: NoNoticeError, OverError, CommentError.
    """
    said = words.strip()
    if not 0 < len(said) <= LONGEST or "\0" in said:
        raise errors.CommentError
    with work(actor, ids=[notice]) as w:
        row = Notice.objects.select_for_update().filter(pk=notice, withdrawn_at=None).first()
        if row is None:
            raise errors.NoNoticeError
        claim = once(w, actor=actor, key=key, body={"notice": str(notice), "words": said})
        if claim.again:
            made = Comment.objects.get(pk=UUID(claim.ref["comment"]))
            return Receipt(codes.code_of(made.id, "comment"), made.made_at)
        if not row.since <= now < row.until:
            raise errors.OverError
        city, id_ = keys.city_of(notice), keys.mint(keys.city_of(notice), now)
        kept = vault.keep(w, city=city, matter=notice, kind="words", plain=said, purpose=PURPOSE, now=now)
        code = codes.code_of(id_, "comment")
        receipt = codes.hash_of(code, what="comment")
        w.add(Comment(id=id_, notice_id=notice, entry=kept.id, receipt=receipt, made_at=now))
        record_notice(w, notice, "commented", {"comment": str(id_), "hash": kept.hash}, now)
        claim.keep(201, {"comment": str(id_)})
    return Receipt(code, now)


def sum_up(*, actor: Actor, notice: UUID, summary: str, now: datetime) -> None:
    """Publish what a person writes about the comments, once the period is over. Errors: NoNoticeError,
    NotHolderError, EntryError."""
    text = summary.strip()
    row = _own(actor, notice, now)
    if not 0 < len(text) <= _TEXTS["text"] or now < row.until:
        raise errors.wrong("summary")
    with work(actor) as w:
        row.summary, row.summed_at = text, now
        w.change(row, ["summary", "summed_at"])
        record_notice(w, notice, "summed_up", {}, now)


def withdraw_notice(*, actor: Actor, notice: UUID, now: datetime) -> None:
    """Take a notice back; comments made stay. Errors: NoNoticeError, NotHolderError."""
    row = _own(actor, notice, now)
    with work(actor) as w:
        row.withdrawn_at = now
        w.change(row, ["withdrawn_at"], withdrawn_at=None)
        record_notice(w, notice, "withdrawn", {}, now)


def forget_comments_due(*, now: datetime) -> int:
    """Erase the words of comments past their term, where one is set; how many notices were gone through."""
    slot = catalogue.slot(SLOT, on=now.date())
    if slot is None or slot.value is None:
        return 0
    ended = Notice.objects.filter(until__lt=now - timedelta(days=int(slot.value)))
    done = 0
    for notice in ended.values_list("id", flat=True):
        with work(SYSTEM, ids=[notice]) as w:
            if vault.erase(w, city=keys.city_of(notice), matter=notice, now=now):
                record_notice(w, notice, "forgotten", {}, now)
                done += 1
    return done


def _own(actor: Actor, notice: UUID, now: datetime) -> Notice:
    row = Notice.objects.filter(pk=notice).first()
    if row is None:
        raise errors.NoNoticeError
    if not holds(actor, row, now):
        raise errors.NotHolderError
    return row


def _texts(one: NewNotice) -> dict[str, str]:
    texts = {name: getattr(one, name).strip() for name in _TEXTS}
    long = any(len(texts[name]) > most for name, most in _TEXTS.items())
    if long or not texts["title"] or not texts["text"]:
        raise errors.wrong("notice")
    if texts["link"] and not texts["link"].startswith("https://"):
        raise errors.wrong("link")
    return texts


def _period(matter: MatterView | None, span: str, ground: str, now: datetime) -> tuple[datetime, str, str]:
    """Until when, the span, and the calendar that counted it."""
    calendar = catalogue.calendar_for(ground, at=now)
    waiting = _waiting(matter)
    if waiting is not None:
        return waiting, "", calendar.version
    try:
        asked = engine.Span.parse(span.strip())
    except ValueError as error:
        raise errors.wrong("span", span) from error
    counted = engine.deadline(now, asked, calendar, side="people")
    return counted.due, str(asked), counted.calendar_version


def _waiting(matter: MatterView | None) -> datetime | None:
    """The deadline of a state that waits for the public; None where the matter is in no such state."""
    if matter is None:
        return None
    state = procedures.by_hash(matter.procedure_hash).states.get(matter.state)
    if state is None or state.owner != WAITING_FOR:
        return None
    return next((one.due_at for one in matter.clocks if one.of == "state"), None)
