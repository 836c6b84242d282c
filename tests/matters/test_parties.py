"""Parties of a dispute: willing of their own will or not at all, each with what it is shown by, and a minor's apart."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading, work
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError, MoveRefusedError
from gantang.matters.models import Party
from gantang.matters.rules.parties import Stand, stands
from gantang.matters.types import Contact
from gantang.outbox.models import Row
from gantang.vault import service as vault
from gantang.vault.errors import ErasedError
from gantang.vault.models import Entry, PersonKey
from tests.matters.acting import Course, codes_of, fresh, image, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NEIGHBOUR = "dispute.neighbour"
ACCEPTED = {
    "class": NEIGHBOUR,
    "start": "applied",
    "facts": "clear",
    "relation": "clear",
    "scale": "individual",
}


@pytest.fixture
def inviting(world: "World") -> Course:
    """A dispute whose mediator asks the parties."""
    course = Course(told(world.grid, "示例：两家为院墙争了半年。", class_code=NEIGHBOUR))
    course.by(world.cast.receiver, "accept", **ACCEPTED)
    course.by(world.cast.dispatcher, "route_simple", committee="township", track="simple")
    return course


def added(course: Course, by: Actor, name: str = "示例乙", **given: Any) -> int:
    contact = Contact(name=name, email=given.pop("email", ""))
    return service.add_party(
        actor=by, matter=course.id, contact=contact, key=fresh(), now=course.now, **given
    )


def says(course: Course, by: Actor, willing: bool, **given: Any) -> None:
    given.setdefault("evidence", "" if by.client.startswith("code:") else "in_person")
    service.say_willing(actor=by, matter=course.id, willing=willing, key=fresh(), now=course.now, **given)


def reporter_of(course: Course) -> Actor:
    return service.open_by_code(course.receipt.access_code or "")[0]


def test_mediation_begins_only_when_two_sides_have_said_that_they_are_willing(
    inviting: Course, world: "World"
):
    mediator = world.cast.mediator
    other = added(inviting, mediator)
    for step in (lambda: None, lambda: says(inviting, reporter_of(inviting), True)):
        step()
        with pytest.raises(MoveRefusedError) as refused:
            inviting.by(mediator, "begin")
        assert codes_of(refused.value.details) == ["guard.willing_parties"]
    says(inviting, mediator, True, person=other)
    assert inviting.by(mediator, "begin").state == "mediating"


def test_a_party_that_refuses_ends_it_and_only_then_may_it_end_so(inviting: Course, world: "World"):
    mediator = world.cast.mediator
    other = added(inviting, mediator)
    says(inviting, reporter_of(inviting), True)
    ways = {"ways_told": ["litigation"], "reply": "示例：可以起诉。"}
    with pytest.raises(MoveRefusedError) as refused:
        inviting.by(mediator, "end_refused", **ways)
    assert codes_of(refused.value.details) == ["guard.party_refuses"]
    says(inviting, mediator, False, person=other, evidence="phone")
    ended = inviting.by(mediator, "end_refused", **ways)
    assert (ended.state, inviting.seen_by(mediator).outcome) == ("failed", "refused_by_a_party")


def test_a_party_may_stop_by_its_code_while_it_is_mediated(inviting: Course, world: "World"):
    mediator = world.cast.mediator
    other = added(inviting, mediator, email="b@example.org")
    says(inviting, reporter_of(inviting), True)
    says(inviting, mediator, True, person=other)
    inviting.by(mediator, "begin")
    says(inviting, reporter_of(inviting), False)
    agreed = {"form": "oral", "main_facts": "示例", "terms": "示例", "performance": "示例", "term": "at_once"}
    with pytest.raises(MoveRefusedError) as refused:
        inviting.by(mediator, "agree_oral", **agreed)
    assert codes_of(refused.value.details) == ["guard.willing_parties"]
    tracked = queries.track(inviting.receipt.access_code or "", now=inviting.now)
    assert (tracked.asks_willing, tracked.willing) == (True, False)


def test_a_person_speaks_for_itself_alone(inviting: Course, world: "World"):
    other = added(inviting, world.cast.mediator)
    says(inviting, reporter_of(inviting), True, person=other)
    said = {one.no: one.willing for one in queries.people(world.cast.mediator, inviting.id)}
    assert said == {0: True, other: None}


def test_what_is_signed_needs_its_paper_and_the_paper_is_the_matters_own(inviting: Course, world: "World"):
    mediator = world.cast.mediator
    other = added(inviting, mediator)
    elsewhere = service.attach(
        actor=world.cast.receiver,
        matter=told(world.grid).matter,
        data=image(),
        public=False,
        key=fresh(),
        now=inviting.now,
    )
    for given in (
        {"evidence": "signed"},
        {"evidence": "signed", "attachment": elsewhere},
        {"evidence": "rumour"},
    ):
        with pytest.raises(AnswerInvalidError):
            says(inviting, mediator, True, person=other, **given)
    paper = service.attach(
        actor=mediator, matter=inviting.id, data=image(), public=False, key=fresh(), now=inviting.now
    )
    says(inviting, mediator, True, person=other, evidence="signed", attachment=paper)
    steps = [one for one in queries.timeline(mediator, inviting.id) if one.name == "willing"]
    assert [(one.data["person"], one.data["evidence"], one.public) for one in steps] == [
        (other, "signed", False)
    ]


def test_who_may_not_see_it_finds_nothing_and_who_only_verifies_may_not_write(
    inviting: Course, world: "World"
):
    with pytest.raises(MatterNotFoundError):
        added(inviting, world.cast.neighbour)
    for actor in (world.cast.verifier, reporter_of(inviting)):
        with pytest.raises(ForbiddenError):
            added(inviting, actor)
    with pytest.raises(ForbiddenError):
        says(inviting, world.cast.verifier, True, person=0)


def test_the_same_key_enters_one_party(inviting: Course, world: "World"):
    given = {
        "actor": world.cast.mediator,
        "matter": inviting.id,
        "contact": Contact(name="示例丙"),
        "key": fresh(),
        "now": inviting.now,
    }
    assert service.add_party(**given) == service.add_party(**given) == 1
    assert len(queries.people(world.cast.mediator, inviting.id)) == 2


def test_a_partys_code_leaves_by_mail_and_opens_its_own_page(inviting: Course, world: "World"):
    other = added(inviting, world.cast.mediator, email="b@example.org")
    rows = Row.objects.filter(stream=inviting.id, kind="matters.receipt")
    assert [row.refs["party"] for row in rows] == [other]
    with reading(SYSTEM, ids=[inviting.id]):
        party = Party.objects.get(matter_id=inviting.id, no=other)
    from gantang.kit import keys

    tracked = queries.track(keys.access_code(inviting.id, other, party.issue), now=inviting.now)
    assert (tracked.party, tracked.words, tracked.asks_willing) == (other, "", True)


def test_a_minor_has_a_key_of_its_own_and_so_has_all_that_is_kept_of_it(inviting: Course, world: "World"):
    mediator = world.cast.mediator
    child = added(inviting, mediator, name="示例丁", email="d@example.org", minor=True)
    adult = added(inviting, mediator, name="示例戊")
    service.send(
        actor=mediator, matter=inviting.id, words="示例。", key=fresh(), now=inviting.now, party=child
    )
    with reading(SYSTEM, ids=[inviting.id]):
        own = {(one.party, one.kind): one.own_key for one in Entry.objects.filter(matter_id=inviting.id)}
        assert PersonKey.objects.filter(matter_id=inviting.id).count() == 1
    assert own[child, "person"] and own[child, "message"] and not own[adult, "person"]
    shown = {one.no: (one.minor, one.masked["name"]) for one in queries.people(mediator, inviting.id)[1:]}
    assert shown == {child: (True, "示**"), adult: (False, "示**")}


def test_without_its_own_key_a_minors_words_do_not_open_and_all_others_do(inviting: Course, world: "World"):
    mediator = world.cast.mediator
    child = added(inviting, mediator, name="示例丁", minor=True)
    with work(SYSTEM, ids=[inviting.id]) as w:
        key = PersonKey.objects.get(matter_id=inviting.id, party=child)
        key.wrapped = None
        w.change(key, ["wrapped"])
    entry, city = entry_of(inviting.id, child)
    with pytest.raises(ErasedError):
        vault.open_for_system(city=city, matter=inviting.id, entry=entry)
    assert queries.words(mediator, inviting.id, now=inviting.now)[0].words.startswith("示例")


def test_erased_a_minors_key_is_destroyed(inviting: Course, world: "World"):
    child = added(inviting, world.cast.mediator, name="示例丁", minor=True)
    entry, city = entry_of(inviting.id, child)
    with work(SYSTEM, ids=[inviting.id]) as w:
        vault.erase(w, city=city, matter=inviting.id, ids=[entry], now=inviting.now)
    with reading(SYSTEM, ids=[inviting.id]):
        key = PersonKey.objects.get(matter_id=inviting.id, party=child)
    assert key.wrapped is None and key.destroyed_at == inviting.now


def test_a_new_master_key_takes_a_minors_key_over(inviting: Course, world: "World"):
    child = added(inviting, world.cast.mediator, name="示例丁", minor=True)
    entry, city = entry_of(inviting.id, child)
    assert vault.rewrap(city=city, matters=[inviting.id]) == 2
    assert vault.open_for_system(city=city, matter=inviting.id, entry=entry)["name"] == "示例丁"


def test_moved_to_another_city_parties_keep_what_they_said_and_a_minor_its_key(world: "World"):
    course = Course(told(world.grid, "示例：两家为院墙争了半年。", class_code=NEIGHBOUR))
    child = added(course, world.cast.receiver, name="示例丁", minor=True)
    says(course, world.cast.receiver, True, person=child)
    course.by(world.cast.receiver, "move_away", ground=world.foreign_grid, children="withdraw")
    number = next(one for one in queries.links(world.cast.receiver, course.id) if one.kind == "moved").number
    there = queries.get(world.cast.foreign_receiver, number, now=course.now)
    found = queries.people(world.cast.foreign_receiver, there.id)[1]
    assert (found.no, found.willing, found.minor) == (child, True, True)
    entry, city = entry_of(there.id, child)
    assert vault.open_for_system(city=city, matter=there.id, entry=entry)["name"] == "示例丁"


def test_the_rows_of_parties_are_as_their_steps_say(inviting: Course, world: "World"):
    child = added(inviting, world.cast.mediator, name="示例丁", minor=True, side=3)
    says(inviting, world.cast.mediator, False, person=child)
    assert service.rebuild(now=inviting.now + timedelta(minutes=1)).sound
    with work(SYSTEM, ids=[inviting.id]) as w:
        party = Party.objects.get(matter_id=inviting.id, no=child)
        party.willing, party.minor = True, False
        w.change(party, ["willing", "minor"])
    found = {one.column for one in service.rebuild(now=clock.now()).found.differences}
    assert found == {f"person.{child}.willing", f"person.{child}.minor"}


def entry_of(matter: UUID, party: int) -> tuple[UUID, int]:
    with reading(SYSTEM, ids=[matter]):
        one = Party.objects.get(matter_id=matter, no=party)
    assert one.entry is not None
    return one.entry, one.city


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], (False, False)),
        ([("reporter", 1, True)], (False, False)),
        ([("reporter", 1, True), ("party", 2, None)], (False, False)),
        ([("reporter", 1, True), ("party", 2, True)], (True, False)),
        ([("reporter", 1, True), ("party", 1, True)], (False, False)),
        ([("reporter", 1, None), ("party", 2, True), ("party", 3, True)], (True, False)),
        ([("reporter", 1, None), ("party", 2, True)], (False, False)),
        ([("reporter", 1, True), ("party", 2, True), ("party", 2, False)], (False, True)),
    ],
)
def test_two_sides_are_needed_and_every_one_of_them(
    people: list[tuple[str, int, bool | None]], expected: tuple[bool, bool]
):
    assert stands(Stand(*one) for one in people) == expected
