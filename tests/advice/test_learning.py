"""From decided matters to a suggestion at the desk, and from the decision back: in the real database."""

import random
from typing import TYPE_CHECKING

import pytest

from gantang.advice import errors, queries, service
from gantang.advice.models import Model, Suggestion
from gantang.advice.service import training
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import work
from gantang.matters import queries as matters
from gantang.matters import service as acting_service
from gantang.outbox import service as outbox
from tests.advice.test_rules import PLACES, STEMS, TAILS
from tests.matters.acting import Course, fresh, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
CLASSES = ("facility.lighting", "city.waste")


def decide(world: "World", words: str, klass: str) -> Course:
    """A matter whose class the receiver chose."""
    course = Course(told(world.grid, words))
    course.by(world.cast.receiver, "accept", **{"class": klass, "track": "ordinary"})
    return course


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are enough here: forty matters are made in seconds."""
    monkeypatch.setattr(training, "LEAST", 40)
    monkeypatch.setattr(training, "EACH", 10)
    monkeypatch.setattr(queries, "_held", None)


@pytest.fixture
def learned(world: "World", small: None):
    """Forty matters of two classes decided, and a model of them."""
    pytest.importorskip("sklearn")
    chance = random.Random(3)
    for at in range(40):
        klass = CLASSES[at % 2]
        decide(
            world, f"{chance.choice(PLACES)}{chance.choice(STEMS[klass])}，{chance.choice(TAILS)}。", klass
        )
    return service.train(now=clock.now())


def view(course: Course, world: "World"):
    return matters.get(world.cast.receiver, course.id, now=clock.now())


@pytest.mark.slow
def test_with_too_few_decided_matters_nothing_is_trained(world: "World"):
    decide(world, "村口路灯不亮。", CLASSES[0])
    with pytest.raises(errors.TooFewError) as found:
        service.train(now=clock.now())
    assert found.value.details["matters"] == 1
    assert not Model.objects.exists() and queries.card() is None
    assert queries.suggest(view(Course(told(world.grid)), world)) is None


def test_only_classes_that_a_person_chose_are_learned_from(world: "World"):
    told(world.grid, "桥头路灯不亮，没有人看过。")
    told(world.grid, "桥头路灯不亮，反映人自己选的类别。", class_code=CLASSES[0])
    decided = decide(world, "河边有垃圾。", CLASSES[1])
    assert [one.class_code for one in matters.decided(most=10)] == [CLASSES[1]]
    assert view(decided, world).gist == next(matters.decided(most=10)).gist


def test_what_is_sealed_or_erased_is_never_learned_from(world: "World"):
    from gantang.matters.models import Matter

    for change in ({"scope": "~17"}, {"erased_at": clock.now()}):
        course = decide(world, "桥头路灯不亮。", CLASSES[0])
        with work(SYSTEM, ids=[course.id]):
            Matter.objects.filter(id=course.id).update(**change)
    assert list(matters.decided(most=10)) == []


def test_a_suggestion_its_reason_and_the_decision_are_on_record(learned, world: "World"):
    assert learned.matters == 40 and learned.top_one > 0.8
    course = Course(told(world.grid, "学校旁路灯不亮，很久了。"))
    matter, receiver = view(course, world), world.cast.receiver
    found = queries.suggest(matter)
    assert found and found.likely[0].code == CLASSES[0] and any("灯" in one for one in found.because)
    kept = service.keep(actor=receiver, matter=matter, model=found.model, now=clock.now())
    assert kept == service.keep(actor=receiver, matter=matter, model=found.model, now=clock.now())
    acting_service.act(
        actor=receiver, matter=course.id, move="accept", answers={"class": CLASSES[1], "track": "ordinary"},
        key=fresh(), now=clock.now(), version=matter.version, suggestion=kept,
    )  # fmt: skip
    step = matters.timeline(receiver, course.id)[-1]
    assert step.data["suggestion"] == str(kept)
    while outbox.deliver_once():
        pass
    record = queries.kept(receiver, view(course, world), [kept])[kept]
    assert (record.decided, record.likely[0].code) == (CLASSES[1], CLASSES[0])
    assert record.because == found.because


def test_no_word_of_the_gist_is_kept_with_a_suggestion(learned, world: "World"):
    course = Course(told(world.grid, "学校旁路灯不亮，很久了。"))
    matter = view(course, world)
    service.keep(actor=world.cast.receiver, matter=matter, model=learned.model, now=clock.now())
    with work(SYSTEM, ids=[course.id]):
        row = Suggestion.objects.get(matter_id=course.id)
    assert not any("灯" in str(value) for value in vars(row).values())
    acting_service.mend_gist(
        actor=world.cast.receiver, matter=course.id, gist="改过的事由。", key=fresh(), now=clock.now()
    )
    assert queries.kept(world.cast.receiver, view(course, world), [row.id])[row.id].because == ()


def test_a_suggestion_of_a_former_model_is_not_kept(learned, world: "World"):
    matter = view(Course(told(world.grid, "学校旁路灯不亮。")), world)
    keep = {"actor": world.cast.receiver, "matter": matter, "now": clock.now()}
    assert service.keep(model=learned.model + 1, **keep) is None


def test_the_newest_model_is_in_use_at_once(learned, world: "World"):
    matter = view(Course(told(world.grid, "学校旁路灯不亮。")), world)
    assert queries.suggest(matter).model == learned.model
    newer = service.train(now=clock.now())
    assert newer.model > learned.model and queries.suggest(matter).model == newer.model


def test_what_reads_alike_is_found_in_ones_own_sight_only(world: "World"):
    first = Course(told(world.grid, "桥头三盏路灯不亮，晚上看不见路。"))
    second = Course(told(world.grid, "桥头三盏路灯都不亮了，晚上看不见。"))
    told(world.grid, "菜市场后门垃圾成堆。")
    matter = view(second, world)
    assert [one.number for one in matters.alike(world.cast.receiver, matter, now=clock.now())] == [
        first.receipt.number
    ]
    assert matters.alike(SYSTEM, matter, now=clock.now()) == []
