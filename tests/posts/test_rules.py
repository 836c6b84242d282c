"""Who answers and who sees, on paper."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gantang.kit.actor import Triple
from gantang.posts import rules
from gantang.posts.types import RemitView

DAY = date(2026, 6, 1)


def remit(
    number: int, klass: str, ground: str, duty: str = "handler", unit: int = 1, **more: object
) -> RemitView:
    values = {
        "cooperating": (),
        "leader": None,
        "basis": "x",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    return RemitView(number, klass, ground, duty, unit, **{**values, **more})  # type: ignore[arg-type]


def winner(
    *remits: RemitView, klass: str = "facility.lighting", ground: str = "360428101200001", on: date = DAY
) -> int | None:
    found = rules.resolve(remits, klass=klass, ground=ground, duty="handler", on=on)
    assert not isinstance(found, rules.Tie)
    return found.id if found else None


def test_deeper_class_wins_over_deeper_ground() -> None:
    assert winner(remit(1, "*", "360428101200"), remit(2, "facility", "36")) == 2
    assert winner(remit(1, "facility", "360428101"), remit(2, "facility.lighting", "3604")) == 2


def test_deeper_ground_wins_within_one_class() -> None:
    assert (
        winner(remit(1, "facility", "3604"), remit(2, "facility", "360428101"), remit(3, "facility", "36"))
        == 2
    )


def test_class_is_matched_by_its_parts_not_by_its_letters() -> None:
    assert winner(remit(1, "facil", "36"), remit(2, "facility.light", "36")) is None
    assert winner(remit(1, "facility.lighting.lamp", "36")) is None


def test_other_ground_and_other_duty_do_not_answer() -> None:
    assert winner(remit(1, "*", "360429"), remit(2, "*", "360428101200001", "receiver")) is None


def test_remit_answers_only_between_its_dates() -> None:
    ended = remit(1, "*", "36", valid_to=date(2026, 3, 1))
    begun = remit(2, "*", "36", valid_from=date(2026, 3, 1))
    assert winner(ended, begun, on=date(2026, 2, 28)) == 1
    assert winner(ended, begun, on=date(2026, 3, 1)) == 2
    assert winner(ended, on=date(2026, 3, 1)) is None


def test_tie_names_both() -> None:
    found = rules.resolve(
        [remit(7, "*", "36"), remit(9, "*", "36")], klass="x", ground="3604", duty="handler", on=DAY
    )
    assert isinstance(found, rules.Tie)
    assert (found.first.id, found.second.id) == (7, 9)


def test_unclassed_matter_goes_to_whoever_answers_for_all() -> None:
    assert winner(remit(1, "facility", "36"), remit(2, "*", "36"), klass="") == 2


classes = st.sampled_from(["*", "a", "a.b", "a.b.c", "b"])
grounds = st.sampled_from(["36", "3604", "360428", "360428101", "360428101200", "360428101200001", "3601"])


@given(st.sets(st.tuples(classes, grounds), max_size=12), classes, grounds)
def test_winner_is_the_deepest_of_all_that_fit(keys: set[tuple[str, str]], klass: str, ground: str) -> None:
    remits = [remit(number, k, g) for number, (k, g) in enumerate(sorted(keys))]
    fitting = [r for r in remits if Triple(r.klass, r.ground, "", 0).covers(klass, ground)]
    depth = {"*": 0, "a": 1, "b": 1, "a.b": 2, "a.b.c": 3}
    best = max(fitting, key=lambda r: (depth[r.klass], len(r.ground)), default=None)
    assert rules.resolve(remits, klass=klass, ground=ground, duty="handler", on=DAY) == best


def seat(
    number: int = 10, unit: int = 1, duties: str = "handler", ground: str = "", held: bool = True
) -> rules.Seat:
    return rules.Seat(number, unit, frozenset(duties.split()), ground, held)


def sight(who: rules.Seat, *remits: RemitView) -> set[Triple]:
    return set(rules.sight(who, rules.Remits(remits), duties=who.duties, on=DAY))


def test_sight_is_a_union_of_triples_never_a_product() -> None:
    seen = sight(
        seat(duties="handler receiver"),
        remit(1, "facility", "360428101"),
        remit(2, "dispute", "360428102", "receiver"),
    )
    assert seen == {
        Triple("facility", "360428101", "handler", 1),
        Triple("dispute", "360428102", "receiver", 1),
    }


def test_post_without_the_duty_sees_nothing_of_the_remit() -> None:
    assert sight(seat(duties="verifier"), remit(1, "*", "36")) == set()


def test_cooperating_unit_sees_as_cooperator_only() -> None:
    helper = remit(1, "*", "36", "dispatcher", unit=2, cooperating=(1,))
    assert sight(seat(duties="dispatcher cooperator"), helper) == {Triple("*", "36", "cooperator", 1)}
    assert sight(seat(duties="dispatcher"), helper) == set()


def test_narrow_post_sees_only_its_own_ground() -> None:
    worker = seat(duties="cooperator", ground="360428101200001")
    assert sight(worker, remit(1, "*", "360428101200", "cooperator")) == {
        Triple("*", "360428101200001", "cooperator", 1)
    }
    assert sight(worker, remit(1, "*", "360428101201", "cooperator")) == set()


def test_named_leader_sees_what_the_remit_covers() -> None:
    led = remit(1, "labour", "3604", unit=2, leader=10)
    assert sight(seat(duties="leader"), led) == {Triple("labour", "3604", "leader", 1)}
    assert sight(seat(duties="handler"), led) == set()


def test_covered_triples_are_left_out() -> None:
    seen = sight(seat(), remit(1, "*", "3604"), remit(2, "facility", "360428"))
    assert seen == {Triple("*", "3604", "handler", 1)}


def test_vacant_posts_duties_fall_to_the_leader_only() -> None:
    vacant, filled = seat(11, duties="verifier", held=False), seat(12, duties="arbiter")
    assert rules.duties_in_effect(seat(10, duties="leader"), [vacant, filled]) == {"leader", "verifier"}
    assert rules.duties_in_effect(seat(10, duties="handler"), [vacant, filled]) == {"handler"}


def test_work_goes_to_the_one_post_that_fits_deepest() -> None:
    wide, narrow = seat(1, duties="receiver"), seat(2, duties="receiver", ground="360428101200001")
    assert rules.seat_for([wide, narrow], duty="receiver", ground="360428101200001") == 2
    assert rules.seat_for([wide, narrow], duty="receiver", ground="360428101200002") == 1


def test_work_that_several_may_take_is_held_by_the_unit() -> None:
    assert rules.seat_for([seat(1), seat(2)], duty="handler", ground="36") is None


def test_work_of_vacant_posts_goes_to_the_leader() -> None:
    posts = [seat(1, held=False), seat(2, duties="leader")]
    assert rules.seat_for(posts, duty="handler", ground="36") == 2
    assert rules.seat_for([seat(1, held=False)], duty="handler", ground="36") is None


def test_every_duty_is_either_wide_or_held() -> None:
    assert set(rules.DUTIES) == rules.WIDE | rules.HELD
    assert not rules.WIDE & rules.HELD
