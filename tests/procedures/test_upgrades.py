"""What becomes of running matters is checked against the versions that were in force, and kept with the new one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from gantang import engine
from gantang.kit.actor import SYSTEM
from gantang.procedures import errors, queries, rules, service
from gantang.procedures.models import ProcedureVersion, Upgrade
from tests.engine.sample import at, calendar, packs, request
from tests.engine.upgrading import mapping, second, second_pack

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = at("2026-11-24 09:00")


@pytest.fixture(autouse=True)
def seeded() -> None:
    if not ProcedureVersion.objects.exists():
        service.seed(NOW, calendar=calendar())


def put(pack: engine.Pack, **more: object) -> None:
    service.put_in_force(
        actor=SYSTEM,
        pack=pack,
        calendar=calendar(),
        others=packs().values(),
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def test_it_is_kept_with_the_version_and_waits_for_its_day() -> None:
    put(second_pack(), in_force_from=NOW + timedelta(days=1))
    assert queries.upgrades_due(NOW) == []
    (due,) = queries.upgrades_due(NOW + timedelta(days=1))
    assert (due.old_hash, due.new_hash) == (request().hash, second().hash)
    assert (due.states, due.uses) == (dict(mapping().states), dict(mapping().uses))


def test_a_second_time_nothing_is_added() -> None:
    put(second_pack())
    put(second_pack())
    assert Upgrade.objects.count() == 1


def test_a_file_that_comes_later_than_its_version_is_taken_up() -> None:
    put(replace(second_pack(), upgrades=()))
    assert queries.upgrades_due(NOW) == []
    put(second_pack())
    assert len(queries.upgrades_due(NOW)) == 1


def test_one_that_names_what_the_version_in_force_does_not_have_is_refused_with_it() -> None:
    wrong = mapping(states={"routet": "assigned"}, uses={"refuse": "hand_bakc"})
    before = ProcedureVersion.objects.count()
    with pytest.raises(errors.FaultyPackError) as caught:
        put(replace(second_pack(), upgrades=(wrong,)))
    found = [one["sentence"] for one in caught.value.details["findings"]]
    assert any("routet" in one for one in found) and any("hand_bakc" in one for one in found)
    assert ProcedureVersion.objects.count() == before and queries.upgrades_due(NOW) == []


def test_a_version_that_was_skipped_is_stepped_over() -> None:
    third = replace(second(), version=3, hash="3" * 64)
    pack = replace(
        second_pack(),
        procedures={"request": third},
        upgrades=(mapping(), mapping(from_=2, to=3, states={"assigned": "assigned"}, uses={})),
    )
    put(pack)
    (due,) = queries.upgrades_due(NOW)
    assert due.states == {"routed": "assigned"} and (due.old_version, due.new_version) == (1, 3)


def test_done_only_when_a_whole_pass_found_nothing_and_late_acts_have_ended() -> None:
    put(second_pack())
    (due,) = queries.upgrades_due(NOW)
    assert not service.pass_ended(upgrade=due.id, now=NOW)  # an act of this moment may still run
    assert queries.upgrades_due(NOW) == []
    later = NOW + timedelta(minutes=1)
    service.went_on(upgrade=due.id, after=UUID(int=1), found=1, moved=1, now=later)
    assert not service.pass_ended(upgrade=due.id, now=later)  # what was held may be free now
    (again,) = queries.upgrades_due(later)
    assert again.after is None
    assert service.pass_ended(upgrade=due.id, now=later)
    assert queries.upgrades_due(later) == []


def test_ways_take_the_fewest_steps_and_rename_through() -> None:
    def one(start: int, end: int, **given: object) -> engine.Upgrade:
        return mapping(from_=start, to=end, **given)

    chain = (
        one(1, 2, states={"a": "b", "x": "y"}, uses={"m": "n"}),
        one(2, 3, states={"b": "c"}, uses={"n": "o", "p": "q"}),
    )
    found = rules.way(chain, "request", 1, 3)
    assert found is not None and found.states == {"a": "c"} and found.uses == {"m": "o", "n": "o", "p": "q"}
    direct = one(1, 3, states={"a": "z"})
    assert rules.way((*chain, direct), "request", 1, 3) == direct
    assert rules.way(chain, "request", 3, 4) is None and rules.way(chain, "other", 1, 2) is None


def test_how_far_it_is_can_be_asked_from_its_waiting_to_its_end() -> None:
    put(second_pack(), in_force_from=NOW + timedelta(days=1))
    (due,) = queries.upgrades_due(NOW + timedelta(days=1))
    seen = [queries.upgrades(NOW)[0]]
    service.went_on(upgrade=due.id, after=UUID(int=9), found=3, moved=2, now=NOW + timedelta(days=1))
    seen.append(queries.upgrades(NOW + timedelta(days=1))[0])
    service.pass_ended(upgrade=due.id, now=NOW + timedelta(days=2))
    service.pass_ended(upgrade=due.id, now=NOW + timedelta(days=3))
    seen.append(queries.upgrades(NOW + timedelta(days=3))[0])
    assert [(one.state, one.moved) for one in seen] == [("waits", 0), ("works", 2), ("done", 2)]
