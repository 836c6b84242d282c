"""Change sets: drafted, reviewed by a second administrator, in force on their day, all or nothing, once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.service import stream_of
from gantang.outbox.models import Row
from gantang.procedures import service as procedures
from gantang.territory import queries, service
from gantang.territory.errors import (
    ChangeFieldsError,
    ChangeStateError,
    GroundError,
    NotAdminError,
    OwnReviewError,
    UnknownChangeError,
)
from gantang.territory.models import ChangeSet, Grid
from gantang.territory.types import NewGrid
from tests.territory.changing import drafted, halves, in_force, second

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
ADMIN = replace(SYSTEM, admin=True, account=7, client="account:7")
VILLAGE, NEXT = "360902001001", "360902001002"  # far from the sample
BOX = ((114.0, 27.0), (114.02, 27.0), (114.02, 27.01), (114.0, 27.01))


def today() -> date:
    return clock.now().date()


def made(village: str = VILLAGE, *, boxes: int = 1, **given: object) -> list[str]:
    shapes = [((tuple((x + 0.02 * n, y) for x, y in BOX), ()),) for n in range(boxes)]
    grids = [NewGrid(village, shape, **given) for shape in shapes]  # type: ignore[arg-type]
    return service.make_grids(actor=ADMIN, grids=grids, valid_from=date(2026, 1, 1), now=clock.now())


def split(grid: str, *households: int | None) -> tuple[str, dict[str, object]]:
    parts = halves(BOX)
    into = [{"name": f"示例{n}", "households": h, "parts": parts[n % 2]} for n, h in enumerate(households)]
    return "split", {"grid": grid, "into": into}


def test_a_split_comes_into_force_with_new_codes_shapes_and_lineage() -> None:
    (grid,) = made(households=900)
    in_force(ADMIN, split(grid, 300, 600))
    first, other = VILLAGE + "002", VILLAGE + "003"
    assert [one.code for one in queries.grids(VILLAGE, on=today())] == [first, other]
    assert queries.locate(114.005, 27.005, on=today()).grid == first
    assert queries.locate(114.015, 27.005, on=today()).grid == other
    assert queries.locate(114.015, 27.005, on=today() - timedelta(days=1)).grid == grid
    assert queries.shares(grid) == {first: Decimal("0.333333"), other: Decimal("0.666667")}
    assert [(one.kind, one.new, one.heir) for one in queries.lineage(grid)] == [
        ("split", first, False),
        ("split", other, True),
    ]


def test_shares_multiply_through_later_changes() -> None:
    (grid,) = made()
    in_force(ADMIN, split(grid, 100, 300))
    in_force(ADMIN, ("merge", {"grids": [VILLAGE + "002", VILLAGE + "003"], "name": "合并"}))
    assert queries.shares(grid) == {VILLAGE + "004": Decimal(1)}


def test_a_merged_grid_holds_the_points_of_all_and_of_the_border_between() -> None:
    grids = made(boxes=2)
    in_force(ADMIN, ("merge", {"grids": grids, "name": "合并"}))
    found = {queries.locate(lon, 27.005, on=today()).grid for lon in (114.005, 114.02, 114.035)}
    assert found == {VILLAGE + "003"}


def test_nobody_reviews_what_they_drafted_themselves() -> None:
    (grid,) = made()
    change = drafted(ADMIN, split(grid, 1, 2))
    with pytest.raises(OwnReviewError):
        service.review_change(actor=ADMIN, change=change, now=clock.now())
    row = ChangeSet.objects.get(pk=change)
    with pytest.raises(IntegrityError), transaction.atomic():  # the table refuses it, too
        ChangeSet.objects.filter(pk=change).update(state="reviewed", reviewed_by=row.made_by)


def test_whoever_amends_a_draft_needs_another_reviewer() -> None:
    (grid,) = made()
    change, other = drafted(ADMIN, split(grid, 1, 2)), second(ADMIN)
    service.amend_change(
        actor=other,
        change=change,
        title="改过",
        basis="示例",
        effective_on=today(),
        operations=[("rename", {"ground": grid, "name": "新名"})],
        now=clock.now(),
    )
    with pytest.raises(OwnReviewError):
        service.review_change(actor=other, change=change, now=clock.now())
    service.review_change(actor=ADMIN, change=change, now=clock.now())
    assert queries.change_set(change).operations == (("rename", {"ground": grid, "name": "新名"}),)


def test_only_administrators_draft_review_and_withdraw(world: "World") -> None:
    (grid,) = made()
    change, now = drafted(ADMIN, split(grid, 1, 2)), clock.now()
    for act in (
        lambda: drafted(world.cast.receiver, split(grid, 1, 2)),
        lambda: service.review_change(actor=world.cast.receiver, change=change, now=now),
        lambda: service.withdraw_change(actor=world.cast.receiver, change=change, now=now),
    ):
        with pytest.raises(NotAdminError):
            act()


def test_a_change_waits_for_its_day_and_comes_into_force_once() -> None:
    (grid,) = made()
    now, day = clock.now(), today() + timedelta(days=3)
    change = drafted(ADMIN, split(grid, 1, 2), on=day)
    service.review_change(actor=second(ADMIN), change=change, now=now)
    assert procedures.take_ground_changes(now=now) == 0
    assert queries.exists(grid, today())
    then = now + timedelta(days=3)
    assert [procedures.take_ground_changes(now=then) for _ in range(2)] == [1, 0]
    assert queries.change_set(change).state == "in_force"
    assert queries.exists(grid, day - timedelta(days=1)) and not queries.exists(grid, day)
    assert Row.objects.filter(kind="grid.changed", stream=change).count() == 1


def test_a_change_that_is_not_reviewed_or_withdrawn_never_comes_into_force() -> None:
    (grid,) = made()
    draft, withdrawn = drafted(ADMIN, split(grid, 1, 2)), drafted(ADMIN, split(grid, 1, 2))
    service.review_change(actor=second(ADMIN), change=withdrawn, now=clock.now())
    service.withdraw_change(actor=ADMIN, change=withdrawn, now=clock.now())
    assert procedures.take_ground_changes(now=clock.now()) == 0
    with pytest.raises(ChangeStateError):
        service.review_change(actor=second(ADMIN), change=withdrawn, now=clock.now())
    assert queries.change_set(draft).state == "draft"
    assert queries.exists(grid, today())


def test_what_cannot_be_done_any_more_changes_nothing_and_tells_why() -> None:
    grids = made(boxes=2)
    both = drafted(ADMIN, ("rename", {"ground": grids[1], "name": "改"}), split(grids[0], 1, 2))
    service.review_change(actor=second(ADMIN), change=both, now=clock.now())
    service.retire_grid(actor=ADMIN, code=grids[0], valid_to=today(), now=clock.now())
    assert procedures.take_ground_changes(now=clock.now()) == 0
    view = queries.change_set(both)
    assert (view.state, view.fault) == ("reviewed", "territory.cell_missing")
    assert queries.grid(grids[1]).name != "改"  # type: ignore[union-attr]


def test_a_change_set_needs_a_title_a_document_and_an_operation() -> None:
    (grid,) = made()
    for given in ({"title": " "}, {"basis": ""}, {"title": "长" * 81}):
        with pytest.raises(ChangeFieldsError):
            drafted(ADMIN, split(grid, 1, 2), **given)
    with pytest.raises(ChangeFieldsError):
        drafted(ADMIN)


def test_an_impossible_operation_is_refused_in_words_that_name_it() -> None:
    (grid,) = made()
    with pytest.raises(GroundError) as told:
        drafted(ADMIN, ("rename", {"ground": grid, "name": "新名"}), split(VILLAGE + "099", 1, 2))
    assert told.value.code == "territory.cell_missing"
    assert "2" in told.value.words


def test_a_change_does_not_begin_before_the_grid_did() -> None:
    (grid,) = made()
    change = drafted(ADMIN, split(grid, 1, 2), on=date(2025, 12, 31))
    service.review_change(actor=second(ADMIN), change=change, now=clock.now())
    procedures.take_ground_changes(now=clock.now())
    assert queries.change_set(change).fault == "territory.too_early"


def test_an_unknown_change_set_is_told_as_such() -> None:
    with pytest.raises(UnknownChangeError):
        queries.change_set(UUID(int=1))


def test_each_change_is_a_chain_of_steps_with_its_lineage() -> None:
    (grid,) = made()
    change = in_force(ADMIN, split(grid, 1, 3))
    stream = stream_of("ground_change", change)
    with reading(SYSTEM, ids=[stream]):
        steps = ledger.steps(3609, stream)
    assert [step.name for step in steps] == [
        "change.drafted",
        "change.reviewed",
        "change.in_force",
        "change.succeeded",
    ]
    assert steps[-1].data["lines"] == [
        ["split", grid, VILLAGE + "002", 250000, False],
        ["split", grid, VILLAGE + "003", 750000, True],
    ]


def test_a_moved_grid_gets_the_next_code_of_its_new_village_and_keeps_its_outline() -> None:
    (grid,), _others = made(), made(NEXT, boxes=2)
    in_force(ADMIN, ("move", {"grid": grid, "village": NEXT}))
    moved = queries.grid(NEXT + "003")
    assert moved is not None and moved.village == NEXT and moved.name == "第三网格"
    assert queries.outlines(NEXT + "003", on=today())[NEXT + "003"][0][0] == [list(p) for p in BOX]


def test_codes_of_retired_grids_are_never_given_again() -> None:
    grids = made(boxes=3)
    in_force(ADMIN, ("retire", {"grid": grids[2]}))
    assert made() == [VILLAGE + "004"]


def test_a_redrawn_grid_keeps_its_code_and_its_former_outline() -> None:
    (grid,) = made()
    in_force(ADMIN, ("redraw", {"grid": grid, "parts": halves(BOX)[0], "households": 310}))
    view = queries.grid(grid)
    assert view is not None and (view.version, view.households) == (2, 310)
    assert queries.locate(114.015, 27.005, on=today()).grid is None
    assert set(Grid.objects.get(pk=grid).parts.values_list("version", flat=True)) == {1, 2}


@pytest.mark.slow
def test_a_division_that_merges_leaves_a_trail_that_both_histories_know(world: "World") -> None:
    in_force(ADMIN, ("merge_divisions", {"divisions": [world.county], "into": "360429"}))
    assert queries.successors(world.county) == ("360429",)
    assert queries.history(world.county)[-1].kind == "recoded"
    assert not queries.exists(world.grid, today())
    (line,) = queries.lineage(world.grid)
    assert line.new.startswith("360429") and queries.exists(line.new, today())
    assert queries.path(line.new)[2:] == ("湖口县", "周溪镇", "新镇居委会", "第一网格")
    assert queries.code_findings("360429") == []


def test_a_renamed_division_keeps_its_code_and_its_former_name_in_the_history(world: "World") -> None:
    in_force(ADMIN, ("rename", {"ground": world.township, "name": "示例镇"}))
    assert queries.names([world.township]) == {world.township: "示例镇"}
    assert [(one.name, one.kind) for one in queries.history(world.township)] == [("周溪镇", "renamed")]


def test_a_grids_own_class_goes_before_its_villages() -> None:
    rural, (own,) = "360428101201", made(urban_class="121")
    in_force(ADMIN, ("classify", {"ground": own, "urban_class": "220"}))
    assert queries.is_urban(own) is False
    assert queries.is_urban(VILLAGE) is True
    assert queries.is_urban(rural) is False
    in_force(ADMIN, ("classify", {"ground": own, "urban_class": ""}))
    assert queries.is_urban(own) is True


def test_a_preview_says_what_is_made_and_ended_and_changes_nothing(world: "World") -> None:
    operations = [("merge_divisions", {"divisions": [world.county], "into": "360429"})]
    told = queries.proposed_change(operations, today())
    assert told.roots == (world.county,)
    assert world.grid in told.ended
    assert len(told.made) == len(told.ended) - 1  # the county itself goes up in the other one
    assert queries.exists(world.county, today())


# --- second codes -----------------------------------------------------------------------------------------


def aliases(codes: list[tuple[str, str]], system: str = "cj349-20") -> int:
    return service.set_aliases(actor=ADMIN, system=system, codes=codes, valid_from=today(), now=clock.now())


@pytest.mark.slow
def test_a_second_code_finds_its_grid_whatever_the_grid_is_called_today(world: "World") -> None:
    code = "010101" + world.village + "01"
    assert aliases([(code, world.grid)]) == 1
    assert queries.by_alias("cj349-20", code) == world.grid
    in_force(ADMIN, ("merge_divisions", {"divisions": [world.county], "into": "360429"}))
    (line,) = queries.lineage(world.grid)
    assert queries.by_alias("cj349-20", code) == line.new


def test_second_codes_again_add_nothing_and_one_code_has_one_ground(world: "World") -> None:
    codes = [("010101" + world.village + "01", world.grid)]
    assert [aliases(codes) for _ in range(2)] == [1, 0]
    with pytest.raises(GroundError) as told:
        aliases([(codes[0][0], world.next_grid)])
    assert told.value.code == "territory.taken_alias"


def test_a_second_code_is_held_to_its_scheme(world: "World") -> None:
    for wrong in ("010101360429101001" + "01", "0101", "police 1"):
        with pytest.raises(GroundError) as told:
            aliases([(wrong, world.grid)])
        assert told.value.code == "territory.wrong_alias"
    assert aliases([("360428-A-17", world.grid)], system="police") == 1
    assert queries.aliases(world.grid) == {"police": "360428-A-17"}


def test_every_code_given_so_far_keeps_the_schemes_promise(world: "World") -> None:
    made(boxes=2)
    assert queries.code_findings() == []
    assert [one.code for one in queries.code_schemes() if one.primary] == ["cn15", "gb30428-15"]
    assert queries.printed(world.grid).startswith(world.grid + "-")
