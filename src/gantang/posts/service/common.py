"""What every change of posts shares: who may, what fits, and how it is recorded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.posts import book, errors, rules
from gantang.territory import queries as territory


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


def record(
    w: Work,
    actor: Actor,
    thing: str,
    number: int,
    ground: str,
    step: str,
    data: dict[str, Any],
    now: datetime,
) -> None:
    """Append one step to the stream of the thing that changed."""
    ledger.append(
        w,
        actor=actor,
        city=int(ground[:4].ljust(4, "0")),
        stream=ledger.stream_of(thing, number),
        kind=thing,
        items=[(f"{thing}.{step}", data)],
        happened_at=now,
        now=now,
    )


def check_duties(duties: Iterable[str]) -> None:
    for duty in duties:
        if duty not in rules.DUTIES:
            raise errors.wrong_duty(duty)


def check_choice(value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise errors.wrong_choice(value, choices)


def check_ground(ground: str, on: date) -> None:
    if not territory.exists(ground, on):
        raise errors.wrong_ground(ground)


def check_class(klass: str) -> None:
    if klass != "*" and catalogue.get_class(klass) is None:
        raise errors.wrong_class(klass)


def check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise errors.wrong_dates(valid_from, valid_to)


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None
