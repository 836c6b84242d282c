"""Sessions and signatures of a mediation are what the ledger says: each row that was changed past it is named."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters import service
from gantang.matters.models import Session, Signature
from tests.matters.acting import Course, fresh
from tests.matters.test_sessions import agreement_of, plan_of, planned, sign, talked

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["talked"]
pytestmark = pytest.mark.django_db
LATER = timedelta(days=1)


def differing() -> list[tuple[str, str, str]]:
    rebuilt = service.rebuild(now=clock.now())
    return [(one.column, one.stored, one.rebuilt) for one in rebuilt.found.differences]


def plant(course: Course, change: Callable[[], object]) -> None:
    """Write past the services, as somebody with SQL would."""
    with reading(SYSTEM, ids=[course.id]):
        change()


@pytest.fixture
def signed(talked: Course, world: "World") -> Course:
    """Two sessions, one moved and one cancelled; an agreement signed by a party and the mediator, witnessed."""
    mediator = world.cast.mediator
    first, second = (planned(talked, mediator, plan_of(talked, mediator)) for _ in range(2))
    later = plan_of(talked, mediator, starts_at=talked.now + timedelta(days=3), people=(1,))
    asked = {"actor": mediator, "matter": talked.id, "now": talked.now}
    service.move_session(session=first, plan=later, reason="room_taken", key=fresh(), **asked)
    service.cancel_session(session=second, reason="asked", key=fresh(), **asked)
    document = agreement_of(talked, mediator).document
    sign(talked, mediator, document, "party:1")
    sign(talked, mediator, document, "mediator")
    service.witness(
        actor=world.cast.dispatcher, matter=talked.id, document=document, key=fresh(), now=talked.now
    )
    return talked


def test_sessions_and_signatures_are_as_the_ledger_says_and_a_changed_one_is_named(signed: Course) -> None:
    assert differing() == []
    plant(signed, lambda: Session.objects.filter(no=1).update(people=[1, 2], state="held"))
    assert [one[0] for one in differing()] == ["session.1.people.1", "session.1.state"]
    plant(signed, lambda: Session.objects.filter(no=1).delete())
    assert [one[0] for one in differing()] == ["session.1"]


def test_a_signature_put_earlier_given_to_another_or_taken_away_is_named(signed: Course) -> None:
    with reading(SYSTEM, ids=[signed.id]):
        one = Signature.objects.get(signer="party:1")
    where = f"signature.{one.document}.party:1"
    plant(signed, lambda: Signature.objects.filter(id=one.id).update(signed_at=one.signed_at - LATER))
    assert [column for column, *_ in differing()] == [f"{where}.signed_at"]
    plant(signed, lambda: Signature.objects.filter(id=one.id).update(signer="party:2"))
    assert [column for column, *_ in differing()] == [where, where.replace("party:1", "party:2")]
