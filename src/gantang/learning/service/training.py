"""Hours of training that were not an exam here: held elsewhere, declared for whoever holds a post."""

from datetime import date, datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.learning import errors
from gantang.learning.models import Training
from gantang.learning.service.common import must_run, record_training
from gantang.posts import queries as posts

_TOPIC, _MOST = 60, 200


def declare_training(
    *, actor: Actor, post: int, on: date, topic: str, hours: int, key: str, now: datetime
) -> UUID:
    """So many hours on a day for whoever holds a post of the actor's ground now. The same key is one entry.
    Errors: NotRunnerError, EntryError also for a post that nobody holds, UnknownError for no such post,
    KeyReusedError."""
    topic = topic.strip()
    if not (0 < len(topic) <= _TOPIC and topic.isprintable() and 1 <= hours <= _MOST and on <= now.date()):
        raise errors.wrong("training")
    unit = posts.unit(posts.post(post).unit)
    must_run(actor, unit.ground)
    account = posts.holders(unit.id, now.date()).get(post)
    if account is None:
        raise errors.wrong("vacant")
    body = {"post": post, "on": on.isoformat(), "topic": topic, "hours": hours}
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["training"])
        number = keys.mint(keys.city_on(unit.ground), now)
        made = Training(id=number, post=post, account=account, on=on, topic=topic, hours=hours)
        w.add(made)
        record_training(w, made.id, "declared", {"post": post, "hours": hours}, now)
        claim.keep(201, {"training": str(made.id)})
    return made.id


def withdraw_training(*, actor: Actor, training: UUID, now: datetime) -> None:
    """Take back what was entered by mistake. Errors: NoTrainingError, NotRunnerError."""
    with work(actor) as w:
        row = Training.objects.select_for_update().filter(pk=training, withdrawn_at=None).first()
        if row is None:
            raise errors.NoTrainingError
        must_run(actor, posts.unit(posts.post(row.post).unit).ground)
        row.withdrawn_at = now
        w.change(row, ["withdrawn_at"], withdrawn_at=None)
        record_training(w, training, "withdrawn", {}, now)
