"""A person asks what is held about it, and has it put right: from the register, on record, nobody else's."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError, NotPrivacyError
from gantang.matters.types import Contact, Held
from tests.matters import paths
from tests.matters.acting import Course, fresh, image
from tests.matters.test_taken import photo

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PHONE = "13900775501"


def course(world: "World", ground: str = "") -> Course:
    reporter = Contact(name="示例申", phone=PHONE)
    return paths.begun(world, ground=ground or world.grid, reporter=reporter, anonymous=False)


def asked(world: "World", name: str = "supervisor", value: str = PHONE, field: str = "phone") -> list[Held]:
    return service.held_about(actor=getattr(world.cast, name), field=field, value=value, now=clock.now())


def test_all_that_is_held_is_told_with_why_on_which_ground_and_since_when(world: "World") -> None:
    one = course(world)
    found = asked(world)
    assert {held.kind for held in found} == {"person", "words"}
    assert {held.matter for held in found} == {one.id}
    for held in found:
        assert all(held.purpose) and "个人信息保护法" in held.basis[0] and "Law" in held.basis[1]
        assert held.since == one.now or held.since is not None
        assert held.until is None, "while it is open it has no end yet"
    assert PHONE not in repr(found)


def test_the_files_that_a_person_sent_are_named_and_nobody_else_s(world: "World") -> None:
    one = course(world)
    reporter, matter = service.open_by_code(one.receipt.access_code or "")
    given = {"matter": matter, "public": False, "now": one.now}
    own = service.attach(actor=reporter, data=image(), key=fresh(), **given)
    service.attach(actor=world.cast.receiver, data=photo(), key=fresh(), **given)
    (file,) = [held for held in asked(world) if held.kind == "file"]
    assert str(own) in file.content[0][1] and "image/jpeg" in file.content[0][1]
    assert file.person == 0 and all(file.purpose) and "个人信息保护法" in file.basis[0]


def test_when_it_is_erased_is_told_once_the_matter_has_ended(world: "World") -> None:
    one = course(world)
    one.by_reporter("withdraw")
    (until,) = {held.until for held in asked(world)}
    assert until is not None and 5 * 365 <= (until - one.now).days <= 5 * 366 + 30


def test_however_the_number_is_written_and_nobody_else_s(world: "World") -> None:
    one = course(world)
    paths.begun(world, reporter=Contact(name="示例酉", phone="13900775502"), anonymous=False)
    assert {held.matter for held in asked(world, value="+86 139 0077 5501")} == {one.id}
    assert {held.matter for held in asked(world, value="示例申", field="name")} == {one.id}
    assert asked(world, value="13900775599") == []


def test_a_copy_lists_the_contents_and_each_opening_is_on_record(world: "World") -> None:
    one = course(world)
    actor, now = world.cast.supervisor, clock.now()
    found = service.held_about(actor=actor, field="phone", value=PHONE, copy=True, now=now)
    told = {name: text for held in found for name, text in held.content}
    assert told["name"] == "示例申" and told["phone"] == PHONE and told["words"], told
    assert PHONE not in repr(found)
    opened = [step.data for step in steps_of(actor.account) if step.name == "vault.opened"]
    fields = {data["field"] for data in opened if data["matter"] == str(one.id)}
    assert fields == {"name", "phone"} and {data["reason"] for data in opened} == {"own_request"}


def test_no_other_duty_answers_or_corrects_and_the_refusal_says_who_does(world: "World") -> None:
    one = course(world)
    for name in ("receiver", "leader", "county_leader", "admin"):
        with pytest.raises(NotPrivacyError):
            asked(world, name)
    for name in ("receiver", "county_leader"):
        with pytest.raises(NotPrivacyError):
            mended(world, one, name)


def steps_of(account: int | None) -> list[Any]:
    stream = stream_of("account", account)
    with reading(SYSTEM, ids=[stream]):
        return ledger.steps(3600, stream)


def test_what_lies_outside_the_sight_of_whoever_answers_is_not_told(world: "World") -> None:
    course(world)
    elsewhere = world.actor("361028", "督办岗")
    found = service.held_about(actor=elsewhere, field="phone", value=PHONE, now=clock.now())
    assert found == []


def test_every_look_is_on_record_whatever_was_found(world: "World") -> None:
    asked(world, value="13900775599")
    (step,) = [one for one in steps_of(world.cast.supervisor.account) if one.name == "vault.asked"]
    assert step.data == {"field": "phone", "reason": "own_request"}


def mended(world: "World", one: Course, name: str = "supervisor", **given: object) -> None:
    said = {"person": 0, "field": "phone", "value": "13900775577", **given}
    service.correct_person(
        actor=getattr(world.cast, name), matter=one.id, key=fresh(), now=clock.now(), **said
    )


def test_a_correction_is_found_from_then_on_and_the_old_value_is_not(world: "World") -> None:
    one = course(world)
    mended(world, one)
    assert asked(world) == [] and {held.matter for held in asked(world, value="13900775577")} == {one.id}
    (person,) = queries.people(world.cast.receiver, one.id)
    assert person.masked["phone"].endswith("5577") and person.masked["name"].startswith("示")


def test_the_step_of_a_correction_says_which_field_and_never_what(world: "World") -> None:
    one = course(world)
    mended(world, one)
    with reading(SYSTEM, ids=[one.id]):
        steps = ledger.steps(keys.city_of(one.id), one.id)
    (step,) = [each for each in steps if each.name == "person_corrected"]
    said = {"field": "phone", "no": 0, "because": "own_request", "why": "inaccurate"}
    assert said.items() <= step.data.items()
    assert "1390077" not in json.dumps(step.data) and step.account == world.cast.supervisor.account
    assert service.rebuild(now=clock.now()).sound


def test_the_command_answers_and_corrects_without_a_value_among_its_arguments(world: "World") -> None:
    one = course(world)
    account = ["--account", world.username_of("supervisor")]
    done = CliRunner().invoke(program(), ["person", "held", *account], input=f"{PHONE}\n")
    assert done.exit_code == 0 and "2 项 held" in done.output and PHONE not in done.output, done.output
    number = ["person", "correct", one.receipt.number, "--field", "phone", *account]
    done = CliRunner().invoke(program(), number, input="13900775577\n")
    assert "已更正" in done.output and "13900775577" not in done.output, done.output
    assert {held.matter for held in asked(world, value="13900775577")} == {one.id}


def test_only_staff_with_a_duty_on_it_correct_and_only_what_there_is(world: "World") -> None:
    one = course(world)
    with pytest.raises(MatterNotFoundError):
        mended(world, one, "foreigner")
    with pytest.raises((MatterNotFoundError, ForbiddenError)):
        actor, _matter = service.open_by_code(one.receipt.access_code or "")
        service.correct_person(
            actor=actor, matter=one.id, person=0, field="phone", value="1", key=fresh(), now=clock.now()
        )
    with pytest.raises(MatterNotFoundError):
        mended(world, one, person=7)
    for wrong in ({"because": "religion"}, {"field": "religion"}, {"value": "x" * 300}, {"value": "\x00"}):
        with pytest.raises(AnswerInvalidError):
            mended(world, one, **wrong)
