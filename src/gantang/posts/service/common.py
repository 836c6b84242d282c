"""What every change of posts shares: who may, what fits, and how it is recorded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.bulk import bulk
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.posts import book, errors, rules
from gantang.posts.types import ROLES, TASKS
from gantang.territory import queries as territory

_BATCH = 100


@contextmanager
def change(actor: Actor, *kinds: str) -> Iterator[Work]:
    """A transaction for an administering actor. It locks the versions, so that changes come one at a time."""
    if not actor.admin:
        raise errors.NotAdminError
    try:
        with work(actor) as w:
            book.turn(*kinds)
            yield w
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") == "23P01":
            raise errors.OverlapError from error
        raise


@dataclass(frozen=True, slots=True)
class Entry:
    """One step to be recorded: in the stream of the thing that changed."""

    thing: str
    number: int
    ground: str
    step: str
    data: Mapping[str, Any]
    is_new: bool = False


def record(w: Work, entry: Entry, now: datetime) -> None:
    """Append one step to its stream; a new thing's stream is opened without a look."""
    thing, number = entry.thing, entry.number
    city, stream = keys.city_on(entry.ground), ledger.stream_of(thing, number)
    if entry.is_new:
        ledger.open_stream(w, city=city, stream=stream, kind=thing, now=now, key=number)
    ledger.append(
        w,
        actor=w.actor,
        city=city,
        stream=stream,
        kind=thing,
        items=[(f"{thing}.{entry.step}", entry.data)],
        happened_at=now,
        now=now,
        key=number,
    )


def record_many(actor: Actor, entries: Sequence[Entry], now: datetime) -> None:
    """Append many. What is said of new things leaves by COPY; the others a hundred at a time: each names its
    stream to the wall, and that list must stay short."""
    new = {(entry.thing, entry.number) for entry in entries if entry.is_new}
    fresh = [entry for entry in entries if (entry.thing, entry.number) in new]
    others = [entry for entry in entries if (entry.thing, entry.number) not in new]
    if fresh:
        with bulk(actor) as w:
            for entry in fresh:
                record(w, entry, now)
    for start in range(0, len(others), _BATCH):
        with work(actor) as w:
            for entry in others[start : start + _BATCH]:
                record(w, entry, now)


def check_duties(duties: Iterable[str]) -> None:
    for duty in duties:
        if duty not in rules.DUTIES:
            raise errors.wrong_duty(duty)


def check_role(role: str, tasks: Iterable[str]) -> None:
    check_choice(role, ("", *ROLES))
    for task in tasks:
        check_choice(task, TASKS)


def check_choice(value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise errors.wrong_choice(value, choices)


def check_ground(ground: str, on: date) -> None:
    check_grounds([ground], on)


def check_grounds(grounds: Iterable[str], on: date) -> None:
    for ground in set(grounds) - territory.existing(grounds, on):
        raise errors.wrong_ground(ground)


def check_class(klass: str) -> None:
    from importlib.util import find_spec

    if find_spec("gantang.catalogue") is None:
        return
    from gantang.catalogue import queries as catalogue

    if klass != "*" and catalogue.get_class(klass) is None:
        raise errors.wrong_class(klass)


def check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise errors.wrong_dates(valid_from, valid_to)


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None
