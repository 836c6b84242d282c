"""The ledger's page: whoever administers has the worker verify it, sees how far it is and what it found."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries, service
from gantang.ledger.models import Verification
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world import World

PAGE = "/desk/admin/ledger/"
pytestmark = pytest.mark.django_db


def asked(world: "World") -> int:
    client, _ = client_of(world, DESK[0], "admin")
    assert client.post(PAGE, {"key": "one"}).status_code == 302
    assert client.post(PAGE, {"key": "one"}).status_code == 302
    (run,) = queries.verifications(3604)
    return run.id


def test_one_verification_of_a_city_is_in_work_at_a_time_and_the_asking_is_on_record(world: "World"):
    number = asked(world)
    again = service.order_verification(actor=world.cast.admin, city=3604, key="two", now=clock.now())
    assert again == number, "while it is in work, another asking gives the same"
    stream = service.stream_of("verification", "ledger")
    with reading(SYSTEM, ids=[stream]):
        assert [one.name for one in queries.steps(keys.home(), stream)] == ["verification.asked"]


def test_it_is_for_administering_posts_alone(world: "World"):
    with pytest.raises(ForbiddenError):
        service.order_verification(actor=world.cast.county_leader, city=None, key="x", now=clock.now())


def test_a_county_verifies_its_own_city_and_is_not_shown_another_citys(world: "World"):
    asked(world)
    Verification.objects.create(city=3610, asked_at=clock.now())
    assert [one.city for one in queries.verifications(3604)] == [3604]


def test_a_break_is_taken_over_after_the_lease_and_goes_on(
    world: "World", settings: object, tmp_path: "Path", monkeypatch: pytest.MonkeyPatch
):
    from gantang.ledger import ordering
    from gantang.ledger.types import Report

    number = asked(world)
    monkeypatch.setattr("gantang.ledger.queries.verify_in_parts", lambda *a, **k: Report(3, 9, checkpoints=1))
    now = clock.now()
    Verification.objects.filter(pk=number).update(state="working", told_at=now, done=1, of=4)
    assert service.verify_due(clock=lambda: now) == 0, "somebody is at it"
    assert service.verify_due(clock=lambda: now + 2 * ordering.LEASE) == 1
    (run,) = queries.verifications(3604)
    assert (run.state, run.streams, run.steps, run.faults) == ("done", 3, 9, 0)
    client, _ = client_of(world, DESK[0], "admin")
    assert "台账完好" in content(client.get(PAGE))


def test_the_page_tells_which_step_was_changed(world: "World"):
    found = [["edit", 3604, "matter", "00000000-0000-4000-8000-000000000000", 1]]
    now = clock.now()
    Verification.objects.create(city=3604, state="done", asked_at=now, ended_at=now, faults=1, found=found)
    client, _ = client_of(world, DESK[0], "admin")
    page = content(client.get(PAGE))
    assert "台账有1处对不上" in page and "有一步被改过" in page
