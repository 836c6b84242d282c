"""Ranges, and the wall behind them."""

from datetime import UTC, datetime
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit import keys, scope
from gantang.kit.actor import SYSTEM, Actor, Triple
from gantang.kit.errors import ConflictError
from gantang.kit.roles import names
from gantang.kit.work import reading, work
from tests.kit.tables import as_owner
from tests.kit.trial import Trial, TrialChild

NOW = datetime(2026, 11, 24, tzinfo=UTC)
GROUND = st.integers(1, 15).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))


def sight(*grounds: str) -> tuple[Triple, ...]:
    return tuple(Triple("*", ground, "handle", 1) for ground in grounds)


def covered(ranges: list[scope.Range], code: str) -> bool:
    return any(low <= code < high for low, high in ranges)


@given(st.lists(GROUND, max_size=9), GROUND)
def test_cover_holds_every_ground_and_needs_at_most_four_ranges(grounds: list[str], code: str) -> None:
    ranges = scope.ranges(sight(*grounds))
    assert len(ranges) <= 4
    for ground in grounds:
        assert covered(ranges, ground)
        assert covered(ranges, (ground + "999999999999999")[:15])
    if any(code.startswith(ground) for ground in grounds):
        assert covered(ranges, code)


@given(st.lists(GROUND, max_size=4), GROUND)
def test_up_to_four_grounds_are_not_widened(grounds: list[str], code: str) -> None:
    assert covered(scope.ranges(sight(*grounds)), code) == any(code.startswith(ground) for ground in grounds)


def test_widening_joins_the_nearest_neighbours() -> None:
    ranges = scope.ranges(sight("360101", "360102", "3602", "3604", "3611"))
    assert ranges == [("360101", "360103"), ("3602", "3603"), ("3604", "3605"), ("3611", "3612")]


def test_ground_inside_another_needs_no_range_of_its_own() -> None:
    assert scope.ranges(sight("3604", "360428", "360428101")) == [("3604", "3605")]


def test_sealed_ground_is_exact_and_never_reached_by_ground() -> None:
    ranges = scope.ranges(sight("", "~17"))
    assert covered(ranges, "~17") and covered(ranges, "360428101200001")
    assert not covered(ranges, "~170") and not covered(ranges, "~1") and not covered(ranges, "~18")
    assert not covered(scope.ranges(sight("", "9")), "~17")


def test_many_sealed_grounds_hide_rather_than_show() -> None:
    ranges = scope.ranges(sight("36", "~1", "~2", "~3", "~4"))
    assert len(ranges) == 4
    assert covered(ranges, "36") and not covered(ranges, "~4")


# --- the wall -----------------------------------------------------------------------------------------

HERE, THERE = "360428101200001", "360111001001001"
LOCAL = Actor(client="account:1", account=1, sight=sight("360428"))


def make(place: str, title: str = "x") -> Trial:
    return Trial(city=int(place[:4]), id=keys.mint(int(place[:4]), NOW), scope=place, title=title)


@pytest.fixture
def two(db: None, trial_tables: None) -> tuple[UUID, UUID]:
    here, there = make(HERE, "here"), make(THERE, "there")
    with work(SYSTEM) as w:
        w.add(here)
        w.add(there)
    return here.id, there.id


def titles() -> set[str]:
    return set(Trial.objects.values_list("title", flat=True))


def test_no_setting_no_rows(two: tuple[UUID, UUID]) -> None:
    assert titles() == set()
    with transaction.atomic():
        assert titles() == set()
    with reading(SYSTEM):
        assert titles() == set()


def test_forgotten_filter_shows_only_own_rows(two: tuple[UUID, UUID]) -> None:
    with reading(LOCAL):
        assert titles() == {"here"}
    with reading(Actor(client="account:2", sight=sight("3601", "3602"))):
        assert titles() == {"there"}


def test_named_id_opens_one_row_elsewhere(two: tuple[UUID, UUID]) -> None:
    with reading(LOCAL, ids=[two[1]]):
        assert titles() == {"here", "there"}
    with reading(LOCAL.naming(two[1])):
        assert titles() == {"here", "there"}
    with reading(LOCAL):
        scope.name([two[1]])
        assert titles() == {"here", "there"}


def test_settings_end_with_the_block(two: tuple[UUID, UUID]) -> None:
    with reading(LOCAL):
        pass
    assert titles() == set()


def test_inner_block_gives_the_outer_sight_back(two: tuple[UUID, UUID]) -> None:
    with reading(LOCAL):
        with reading(SYSTEM, ids=[two[1]]):
            assert titles() == {"there"}
        assert titles() == {"here"}
        with pytest.raises(ZeroDivisionError), reading(SYSTEM, ids=[two[1]]):
            raise ZeroDivisionError
        assert titles() == {"here"}


def test_fewer_ranges_do_not_keep_the_outer_ones(two: tuple[UUID, UUID]) -> None:
    with reading(Actor(client="x", sight=sight("3601", "360428"))):
        assert titles() == {"here", "there"}
        with reading(LOCAL):
            assert titles() == {"here"}


def test_children_are_read_by_named_id_only(two: tuple[UUID, UUID]) -> None:
    with work(LOCAL, ids=[two[0]]) as w:
        w.add(TrialChild(matter_id=two[0], words="words"))
    with reading(LOCAL):
        assert TrialChild.objects.count() == 0
    with reading(LOCAL, ids=[two[0]]):
        assert TrialChild.objects.count() == 1


def test_write_with_forgotten_filter_reaches_named_ids_only(two: tuple[UUID, UUID]) -> None:
    with reading(LOCAL):
        assert Trial.objects.update(title="all") == 0
        assert Trial.objects.all().delete()[0] == 0
    with reading(LOCAL, ids=[two[0]]):
        assert Trial.objects.update(title="all") == 1


def test_act_may_move_a_row_out_of_the_actors_ground(two: tuple[UUID, UUID]) -> None:
    with work(LOCAL, ids=[two[0]]) as w:
        row = Trial.objects.get(id=two[0])
        row.scope = THERE
        w.change(row, ["scope"])
    with reading(LOCAL):
        assert titles() == set()


def test_change_of_a_row_behind_the_wall_is_a_conflict(two: tuple[UUID, UUID]) -> None:
    with pytest.raises(ConflictError), work(LOCAL) as w:
        w.change(Trial(city=3601, id=two[1], title="stolen"), ["title"])


def test_search_function_looks_past_the_wall_and_its_ids_do_not(two: tuple[UUID, UUID]) -> None:
    ids = "SELECT id FROM kit_trial_trial WHERE title LIKE words AND scope >= low AND scope < high"
    make, revoke = scope.search_sql("kit_trial_search(words text, low text, high text)", "SETOF uuid", ids)
    with as_owner() as link:
        link.execute(make)
        link.execute(revoke)
        link.execute(f'GRANT EXECUTE ON FUNCTION kit_trial_search TO "{names().app}"')
    try:
        with reading(LOCAL):
            assert searched("3604", "3605") == {two[0]} and searched("36", "37") == set(two)
            assert set(Trial.objects.filter(id__in=searched("36", "37")).values_list("title", flat=True)) == {
                "here"
            }
    finally:
        with as_owner() as link:
            link.execute("DROP FUNCTION kit_trial_search")


def searched(*bounds: str) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kit_trial_search('%%ere', %s, %s)", bounds)
        return {row[0] for row in cursor.fetchall()}


def test_real_transactions_leave_nothing_behind_on_the_connection(committed: None) -> None:
    with work(SYSTEM) as w:
        w.add(make(HERE, "here"))
    for _turn in range(3):
        with reading(LOCAL):
            assert titles() == {"here"}
        assert titles() == set()
        with transaction.atomic():
            assert titles() == set()
            assert scope.current() == scope.NOTHING


def test_settings_need_a_transaction(committed: None) -> None:
    with pytest.raises(RuntimeError):
        scope.enter(ids=[keys.mint(3604, NOW)])


def test_the_tests_run_as_a_role_behind_the_wall(db: None) -> None:
    from gantang.kit.roles import check_app_role

    check_app_role()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = 'ledger_step'")
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_all_ground_is_open_on_a_connection_that_was_never_used() -> None:
    """Its lower end is the empty text, which on a fresh connection is not the same as no setting."""
    told: list[str | None] = []

    def ask() -> None:
        with reading(Actor(client="test", sight=sight(""))), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('gantang.lo1', true)")
            told.extend(cursor.fetchone() or ())
        connection.close()

    fresh = Thread(target=ask)  # a thread has a connection of its own
    fresh.start()
    fresh.join()
    assert told == [""]
