"""One item of a phone's queue: once under its key, in the worker's sight, beside what others did, with evidence of
the phone's clock."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from gantang.identity import service as identity
from gantang.kit import clock, keys
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from tests.field.phone import KLASS, Phone, signed_in
from tests.matters.acting import Course, image, row_of, told
from tests.matters.screening import matters_of, opened, ordered
from tests.matters.test_course import holder_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def steps(matter: UUID) -> list[Any]:
    with reading(CLOCK, ids=[matter]):
        return list(ledger.steps(keys.city_of(matter), matter))


def matter_of(number: str) -> UUID:
    return queries.key_of(number)


@pytest.fixture
def phone(world: "World") -> Phone:
    return Phone(world)


def screening(world: "World") -> str:
    """A week of screening waits on the worker's grid; its number."""
    campaign = ordered(world, world.grid)
    opened(campaign)
    return row_of(matters_of(campaign)[world.grid]).number


def test_a_report_goes_in_once_under_its_key_and_is_answered_alike(phone: Phone):
    item = phone.report()
    first, second = phone.send(item), phone.send(item)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["number"] == second.json()["number"]
    row = row_of(matter_of(first.json()["number"]))
    assert (row.channel, row.class_code, row.scope) == ("grid", KLASS, phone.world.grid)


def test_the_same_key_with_another_body_is_refused(phone: Phone):
    item = phone.report()
    assert phone.send(item).status_code == 200
    answer = phone.send(item | {"body": item["body"] | {"words": "示例：另一件。"}})
    assert (answer.status_code, answer.json()["code"]) == (422, "kit.key_reused")


def test_the_first_step_keeps_the_phones_clock_and_stands_at_the_servers(phone: Phone):
    before = clock.now()
    item = phone.report()
    received = steps(matter_of(phone.send(item).json()["number"]))[0]
    assert received.data["made"] == {"at": item["made_at"], "offset": 86_400}
    assert received.happened_at >= before


def test_a_report_on_ground_that_does_not_exist_is_told_by_its_field_and_can_be_mended_under_its_key(
    phone: Phone,
):
    item = phone.report(ground="999999999999999")
    refused = phone.send(item)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["fields"]] == ["ground"]
    assert phone.send(item | {"body": item["body"] | {"ground": phone.world.grid}}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"},
        {"made_at": "yesterday"},
        {"made_at": "2026-01-01T00:00:00"},
        {"offset": "1"},
        {"body": {"kind": "drop"}},
        {"body": {"kind": "move", "matter": "x", "move": "y"}},
        {"more": 1},
    ],
    ids=str,
)
def test_an_item_of_another_form_is_refused_and_nothing_happens(phone: Phone, wrong: dict[str, Any]):
    answer = phone.send(phone.report() | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "field.item_unfit")


def test_a_zero_report_is_one_item_and_ends_the_weeks_screening(phone: Phone):
    number = screening(phone.world)
    task = phone.task(number)
    zero = next(one for one in task["moves"] if one["zero"])
    item = phone.item(
        kind="move", matter=number, move=zero["name"], version=task["version"], answers={"ways": ["visit"]}
    )
    assert phone.send(item).status_code == phone.send(item).status_code == 200
    matter = matter_of(number)
    assert row_of(matter).outcome == "nothing_found"
    moved = [one for one in steps(matter) if one.name == "moved"]
    assert [one.data["made"]["offset"] for one in moved] == [86_400]


def test_what_others_did_since_comes_back_beside_the_item_and_the_item_goes_in_on_what_stands(world: "World"):
    course = Course(told(world.grid))
    course.by(world.cast.receiver, "accept", **{"class": KLASS, "track": "ordinary"})
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    phone = Phone(
        world,
        next(
            name
            for name in ("handler", "department_handler", "county_handler")
            if getattr(world.cast, name) == handler
        ),
    )
    task = phone.task(course.receipt.number)
    course.by(handler, "progress", note="示例：先到一步。")
    item = phone.item(
        kind="move",
        matter=task["number"],
        move="progress",
        version=task["version"],
        answers={"note": "示例：后写的。"},
    )
    answer = phone.send(item)
    assert (answer.status_code, answer.json()["code"]) == (409, "matter.stale")
    now = answer.json()["now"]
    assert [one["texts"] for one in now["since"]] == [["示例：先到一步。"]]
    assert "progress" in [one["name"] for one in now["moves"]]
    item["body"]["version"] = now["version"]
    assert phone.send(item).status_code == 200
    notes = [texts["note"] for texts in queries.texts(handler, course.id, now=clock.now()).values()]
    assert notes == ["示例：先到一步。", "示例：后写的。"]


def test_a_matter_out_of_sight_answers_as_one_that_does_not_exist(phone: Phone):
    number = told(phone.world.other_grid).number
    move = {"kind": "move", "move": "accept", "version": 1, "answers": {}}
    far, missing = (phone.send(phone.item(matter=one, **move)) for one in (number, "QK7M4R2PX"))
    assert far.status_code == missing.status_code == 404
    assert far.json() == missing.json()
    assert phone.client.get(f"/field/matters/{number}").status_code == 404


def test_an_item_of_a_post_the_account_does_not_hold_is_refused(phone: Phone):
    item = phone.report() | {"post": phone.world.cast.receiver.post}
    assert phone.send(item).status_code == 403


def test_a_photo_in_pieces_becomes_the_attachment_and_a_piece_sent_twice_counts_once(phone: Phone):
    photo = image()
    file = phone.upload(photo)
    file["pieces"][0] = phone.piece(file["upload"], 0, photo[:700])
    item = phone.report(files=[file])
    answer = phone.send(item)
    assert answer.status_code == 200, answer.content
    assert phone.send(item).json()["number"] == answer.json()["number"]
    matter = matter_of(answer.json()["number"])
    assert [one.media for one in queries.attachments(phone.world.cast.receiver, matter)] == ["image/jpeg"]


def test_pieces_of_another_account_or_another_upload_or_in_another_order_are_not_taken(phone: Phone):
    photo = image() * 1
    file = phone.upload(photo, 200)
    assert len(file["pieces"]) > 1
    other = Phone(phone.world, "village_clerk").upload(photo, 200)
    turned = {**file, "pieces": file["pieces"][::-1]}
    elsewhere = {**file, "upload": "0" * 32}
    forged = {**file, "pieces": ["x:y:z"]}
    statuses = [
        phone.send(phone.report(files=[one])).status_code for one in (other, turned, elsewhere, forged)
    ]
    assert statuses == [422, 422, 422, 409]


def test_a_piece_that_is_gone_is_asked_for_again(phone: Phone):
    from django.core import signing

    from gantang.field.pieces import SALT
    from gantang.files import service as files

    file = phone.upload(image())
    files.remove([signing.loads(file["pieces"][0], salt=SALT)[3]])
    answer = phone.send(phone.report(files=[file]))
    assert (answer.status_code, answer.json()["code"]) == (409, "field.pieces_missing")


def test_a_step_with_a_photo_goes_in_once_with_its_photo(world: "World"):
    phone = Phone(world)
    number = screening(world)
    task = phone.task(number)
    item = phone.item(
        kind="move", matter=number, move="report", version=task["version"],
        answers={"found_class": KLASS, "what": "示例：两家争路灯。"}, files=[phone.upload(image())],
    )  # fmt: skip
    first, second = phone.send(item), phone.send(item)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["version"] == second.json()["version"]
    names = [one.name for one in steps(matter_of(number))]
    assert (names.count("attached"), names.count("moved")) == (1, 1)


def test_nobody_signed_in_is_told_to_sign_in_and_keeps_the_queue(world: "World", client: Any):
    phone = Phone(world)
    item = phone.report()
    phone.client.logout()
    phone.client.cookies.clear()
    answers = [
        phone.send(item),
        client.get("/field/today.json"),
        client.put(f"/field/pieces/{'0' * 32}/0", b"x"),
    ]
    assert [one.status_code for one in answers] == [401, 401, 401]
    assert {one.json()["code"] for one in answers} == {"field.sign_in"}


def test_a_device_that_was_ended_elsewhere_is_told_so_and_one_whose_session_ran_out_is_not(world: "World"):
    from django.contrib.sessions.models import Session

    from gantang.identity.adapter import device_cookie

    phone = Phone(world)
    account, secret = world.account_of("grid_worker"), ""
    session = phone.client.session.session_key or ""
    secret = identity.remember(
        account=account, secret="", session=session, family="示例", source="127.0.0.1", now=clock.now()
    )
    phone.client.cookies[device_cookie()] = secret
    Session.objects.filter(session_key=session).delete()
    assert phone.client.get("/field/today.json").json()["code"] == "field.sign_in"
    identity.end_sessions(actor=world.cast.admin, account=account, now=clock.now())
    assert phone.client.get("/field/today.json").json()["code"] == "field.revoked"


def test_an_own_report_leaves_no_trace_in_another_townships_sight(phone: Phone):
    number = phone.send(phone.report()).json()["number"]
    assert signed_in(phone.world, "neighbour").get(f"/field/matters/{number}").status_code == 404
    assert Matter.objects.filter(number=number).count() == 0  # nor without any sight at all
