"""Who sees what follows from appointments and remits alone, and is the same whichever way one looks."""

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection

from gantang.kit import clock, roles
from gantang.kit.actor import SYSTEM, Actor, Triple, covers_ground
from gantang.kit.errors import InvalidError
from gantang.kit.page import encode
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import (
    Asking,
    Attachment,
    Document,
    Link,
    Matter,
    Message,
    Moved,
    Party,
    Session,
    Share,
    Signature,
)
from gantang.matters.queries import lists
from gantang.matters.rules.sight import duties_on, taking_part
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Filters
from gantang.posts import queries as posts
from gantang.vault.models import Entry, Key, PersonKey
from tests.matters import paths
from tests.matters.acting import Course, fresh, image, told
from tests.matters.ways import joint, requests
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

OTHERS = [("360428:housing", "负责岗"), ("360428:power", "办理岗"), ("360428:urban", "办理岗")]
NOW = clock.now
ALL = Filters()


@pytest.fixture
def matters(world: "World") -> list[Matter]:
    """Matters over several grounds, classes, units and states, each with a file."""
    grounds = [world.grid, world.next_grid, world.village, world.rural_village, world.other_grid]
    grounds += [world.other_township, world.county, world.foreign_grid, "3604", ""]
    classes = ["", "facility.lighting", "water", "dispute"]
    for place, ground in enumerate(grounds):
        told(ground, class_code=classes[place % 4], files=(image(),))
    for way in (
        joint.jointly,
        requests.refused_twice,
        requests.transferred,
        requests.merged,
        requests.not_accepted,
    ):
        way(world)
    named = Course(told(world.other_grid))  # a unit that no remit gives this ground
    answers = {**paths.CLASSED, "unit": world.unit("360428:water")}
    named.by(world.cast.neighbour, "accept", **answers)
    with reading(CLOCK):
        return list(Matter.objects.order_by("id"))


def seen_by_rule(actor: Actor, matters: list[Matter]) -> set[UUID]:
    """What the pure rule says."""
    post = posts.post(actor.post) if actor.post else None
    duties, ground = (post.duties, post.ground) if post else (frozenset(), "")
    mine = Share.objects.filter(unit=actor.unit, until=None)
    parts: dict[UUID, set[str]] = {}
    for share in mine:
        parts.setdefault(share.matter_id, set()).add(share.role)
    return {
        row.id
        for row in matters
        if duties_on(
            actor,
            klass=row.class_code,
            scope=row.scope,
            units={row.owner_unit, row.unit},
            roles=taking_part(parts.get(row.id, set()) if covers_ground(ground, row.scope) else (), duties),
        )
    }


def pages(ask) -> list[UUID]:
    found, cursor = [], None
    while True:
        page = ask(cursor)
        found += [row.id for row in page.items]
        cursor = page.next
        if cursor is None:
            assert len(found) == len(set(found))
            return found


def listed(actor: Actor, filters: Filters = ALL, size: int = 3) -> set[UUID]:
    return set(pages(lambda at: queries.queue(actor, filters=filters, cursor=at, now=NOW(), size=size)))


def searched(actor: Actor, words: str = "灯", size: int = 3) -> set[UUID]:
    ask = lambda at: queries.search(actor, words=words, filters=Filters(), cursor=at, now=NOW(), size=size)  # noqa: E731
    return set(pages(ask))


def opened(actor: Actor, matters: list[Matter]) -> set[UUID]:
    return {row.id for row in matters if _is_there(lambda row=row: queries.get(actor, row.id, now=NOW()))}


def _is_there(ask) -> bool:
    try:
        ask()
    except MatterNotFoundError:
        return False
    return True


def everybody(world: "World") -> dict[str, Actor]:
    cast = {name: getattr(world.cast, name) for name in CAST}
    return cast | {f"{unit} {title}": world.actor(unit, title) for unit, title in OTHERS}


@pytest.mark.slow
def test_list_detail_search_and_export_show_each_persona_what_the_rule_says(
    matters: list[Matter], world: "World"
):
    numbers = {row.number: row.id for row in matters}
    with reading(CLOCK, ids=[row.id for row in matters]):
        gists = {row.id for row in matters if "灯" in row.gist}
    sizes = set()
    for name, actor in everybody(world).items():
        expected = seen_by_rule(actor, matters)
        sizes.add(len(expected))
        assert listed(actor) == expected, name
        assert opened(actor, matters) == expected, name
        assert searched(actor) == expected & gists, name
        rows = queries.export_rows(actor, filters=Filters(), now=NOW())
        assert {numbers[row["number"].replace("-", "")] for row in rows} == expected, name
        open_now = {row.id for row in matters if row.ended_at is None}
        assert listed(actor, Filters(open_only=True)) == expected & open_now, name
    assert len(sizes) > 5 and 0 in sizes, "the personas differ enough to mean something"


@pytest.mark.slow
def test_a_file_and_a_number_lead_to_a_matter_exactly_for_those_who_see_it(
    matters: list[Matter], world: "World"
):
    with reading(CLOCK, ids=[row.id for row in matters]):
        files = {one.matter_id: one.id for one in Attachment.objects.all()}
    for name in ("receiver", "neighbour_handler", "department_handler", "foreigner"):
        actor = getattr(world.cast, name)
        expected = seen_by_rule(actor, matters)
        assert {row.id for row in matters if _found_by_number(actor, row)} == expected, name
        for matter, file in files.items():
            is_read = _is_there(lambda a=actor, m=matter, f=file: queries.attachment(a, m, f))
            assert is_read == (matter in expected), name


def _found_by_number(actor: Actor, row: Matter) -> bool:
    page = queries.search(actor, words=row.number, filters=Filters(), now=NOW())
    return [one.id for one in page.items] == [row.id]


@pytest.mark.slow
def test_children_of_a_matter_open_only_where_the_matter_does(matters: list[Matter], world: "World"):
    asks = (queries.timeline, queries.links, queries.shares, queries.people, queries.attachments)
    for name in ("receiver", "neighbour", "department_handler", "foreign_receiver"):
        actor = getattr(world.cast, name)
        expected = seen_by_rule(actor, matters)
        for ask in asks:
            for row in matters:
                assert _is_there(lambda ask=ask, actor=actor, row=row: ask(actor, row.id)) == (
                    row.id in expected
                ), (name, ask)


def test_sight_is_the_union_of_triples_never_a_product_of_their_parts(matters: list[Matter], world: "World"):
    """Water in one township and everything in another is not water in both."""
    lines = (
        Triple("water", world.township, "verifier", 1),
        Triple("*", world.other_township, "verifier", 1),
    )
    actor = Actor("account:0", sight=lines)
    expected = seen_by_rule(actor, matters)
    product = seen_by_rule(
        replace(actor, sight=tuple(Triple("*", one.ground, one.duty, one.unit) for one in lines)), matters
    )
    assert expected < product
    assert listed(actor) == opened(actor, matters) == expected


def test_more_grounds_than_the_wall_has_ranges_show_no_more_than_the_rule(
    matters: list[Matter], world: "World"
):
    grounds = [world.grid, world.rural_village, world.other_grid, "3610", "360481", "3607"]
    actor = Actor("account:0", sight=tuple(Triple("*", one, "verifier", 1) for one in grounds))
    expected = seen_by_rule(actor, matters)
    assert listed(actor) == opened(actor, matters) == expected
    assert searched(actor) == {row.id for row in matters if row.id in expected and "灯" in row.gist}


def test_a_post_sees_by_its_own_duties_and_not_by_those_of_its_account(world: "World"):
    course = Course(told(world.grid))
    receiver = world.cast.receiver
    same_account = replace(world.cast.neighbour, account=receiver.account)
    assert course.id in listed(receiver) and course.id not in listed(same_account)


def test_a_unit_that_was_named_sees_its_work_on_any_ground_and_its_leader_too(
    matters: list[Matter], world: "World"
):
    (row,) = (one for one in matters if one.owner_unit == world.unit("360428:water") and not one.ended_at)
    for title in ("办理岗", "负责岗"):
        actor = world.actor("360428:water", title)
        assert row.id in listed(actor) and row.id in opened(actor, matters)
    assert row.id not in listed(world.actor("360428:power", "办理岗"))


def test_whoever_let_go_of_the_work_sees_it_no_longer(world: "World"):
    course = Course(told(world.grid))
    unit = world.unit("360428:water")
    course.by(world.cast.receiver, "accept", **paths.CLASSED, unit=unit)
    water = world.actor("360428:water", "办理岗")
    assert course.id in listed(water)
    course.by(water, "refuse", refusal_ground="not_our_remit")
    assert course.id not in listed(water)
    with pytest.raises(MatterNotFoundError):
        course.seen_by(water)


def test_lists_reach_more_shared_matters_than_are_looked_into_at_once(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    from gantang.matters.queries import sight

    monkeypatch.setattr(sight, "SHARED", 3)
    unit, named = world.unit("360428:water"), set()
    for _ in range(7):
        course = Course(told(world.grid))
        course.by(world.cast.receiver, "accept", **paths.CLASSED, unit=unit)
        named.add(course.id)
    water = world.actor("360428:water", "办理岗")
    assert named <= listed(water, size=2)
    assert named <= searched(water, size=2)


def test_a_search_goes_on_where_it_stopped_looking(world: "World", monkeypatch: pytest.MonkeyPatch):
    """Many that hold the words are filtered away: what comes behind them is on a later page, not lost."""
    monkeypatch.setattr(import_module("gantang.matters.queries.search"), "STEPS", 2)
    wanted = told(world.grid, urgent=True)
    for _ in range(20):
        told(world.grid)
    last = told(world.grid, urgent=True)

    def ask(at):
        filters = Filters(urgent=True)
        return queries.search(
            world.cast.receiver, words="路灯", filters=filters, cursor=at, now=NOW(), size=1
        )

    first = ask(None)
    assert [row.id for row in first.items] == [last.matter] and first.next
    assert pages(ask) == [last.matter, wanted.matter]


def test_a_cursor_of_another_list_is_refused_and_not_guessed_at(world: "World"):
    receiver = world.cast.receiver
    for cursor in (encode(1), encode("x", 2), "nonsense"):
        with pytest.raises(InvalidError):
            queries.queue(receiver, filters=ALL, cursor=cursor, now=NOW())
        with pytest.raises(InvalidError):
            queries.search(receiver, words="灯", filters=ALL, cursor=cursor, now=NOW())


def test_an_access_code_opens_its_matter_and_no_other(matters: list[Matter], world: "World"):
    course, other = Course(told(world.grid)), Course(told(world.grid))
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    assert matter == course.id
    assert opened(actor, matters) == set()
    assert listed(actor) == {course.id}
    with pytest.raises(MatterNotFoundError):
        queries.get(actor, other.id, now=NOW())
    with pytest.raises(MatterNotFoundError):
        service.send(actor=actor, matter=other.id, words="?", key=fresh(), now=NOW())


# --- the wall -----------------------------------------------------------------------------------------

CHILDREN = (Party, Link, Message, Attachment, Document, Session, Signature, Entry, Key, PersonKey)


def test_the_app_is_neither_owner_nor_superuser_and_cannot_pass_the_wall():
    roles.check_app_role()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user")
        is_super, bypasses, name = cursor.fetchone()
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'matter'")
        assert cursor.fetchone() != (name,)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relname LIKE ANY (ARRAY['matter%', 'vault%'])"
        )
        walled = {row[0] for row in cursor.fetchall()}
    assert (is_super, bypasses) == (False, False)
    assert walled == {model._meta.db_table for model in (Matter, Moved, Asking, *CHILDREN)}


def test_a_query_without_filter_returns_only_rows_in_sight(matters: list[Matter], world: "World"):
    for name in ("receiver", "village_clerk", "county_leader", "foreign_receiver", "admin"):
        actor = getattr(world.cast, name)
        with reading(actor):
            found = {row.id for row in Matter.objects.all()}
        in_ground = {row.id for row in matters if any(row.scope.startswith(t.ground) for t in actor.sight)}
        assert found == in_ground, name


def test_a_query_without_setting_returns_nothing_of_any_table(matters: list[Matter]):
    for model in (Matter, Moved, Asking, *CHILDREN):
        assert not model.objects.exists(), model


def test_children_are_seen_only_where_their_matter_is_named(matters: list[Matter], world: "World"):
    with reading(world.cast.county_leader):
        for model in CHILDREN:
            assert not model.objects.exists(), model
    row = matters[0]
    with reading(SYSTEM, ids=[row.id]):
        for model in (Party, Attachment, Entry, Key):
            assert {one.matter_id for one in model.objects.all()} == {row.id}, model


def test_a_forgotten_where_changes_named_rows_only(matters: list[Matter], world: "World"):
    row = matters[0]
    with reading(world.cast.province_leader, ids=[row.id]):
        assert Matter.objects.update(urgent=True) == 1
    with reading(world.cast.province_leader):
        assert Matter.objects.update(urgent=True) == 0


def test_narrowing_a_list_never_widens_it(matters: list[Matter], world: "World"):
    for name in ("receiver", "department_handler", "village_clerk"):
        actor = getattr(world.cast, name)
        expected = seen_by_rule(actor, matters)
        for view in lists.VIEWS:
            assert listed(actor, Filters(view=view)) <= expected, (name, view)
        for filters in (
            Filters(ground="36"),
            Filters(unit=world.unit("360428:water")),
            Filters(channel="portal"),
        ):
            assert listed(actor, filters) <= expected, name
