"""Documents: issued with the move that produces them, sealed, numbered without a gap, superseded and never overwritten."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection

from gantang.catalogue import service as catalogue
from gantang.files import queries as stored
from gantang.files import rendering
from gantang.files.errors import TemplateError
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger import service as streams
from gantang.matters import queries, service
from gantang.matters.errors import (
    CorrectionInvalidError,
    DocumentNotFoundError,
    MatterNotFoundError,
)
from gantang.matters.models import Document
from gantang.matters.service import documents as issuing
from gantang.matters.service.documents import issued
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact
from gantang.vault import service as vault
from tests.matters import paths
from tests.matters.acting import Course, fresh, told
from tests.matters.issuing import REPLY, answered, papers_of, rows_of, watched

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def corrected(course: Course, actor: Actor, **given: object) -> int:
    course.now += timedelta(minutes=1)
    asked = {
        "kind": "reply",
        "answers": {"reply": "三盏灯都修好了。"},
        "reason": "漏写了盏数",
        "key": fresh(),
    }
    return service.correct(actor=actor, matter=course.id, now=course.now, **(asked | given))  # type: ignore[arg-type]


# --- issued -------------------------------------------------------------------------------------------


def test_a_move_issues_its_document_in_the_act_sealed_under_the_matters_key(world: "World"):
    course, handler = answered(world)
    (row,) = rows_of(course.id)
    sealed = stored.read(row.stored)
    assert b"%PDF" not in sealed and REPLY.encode() not in sealed
    found = queries.document(handler, course.id, row.id, now=course.now)
    assert found.data.startswith(b"%PDF-1.7") and len(found.data) == row.size
    assert (row.kind, row.version, row.audience, row.unit) == ("reply", 1, "reporter", handler.unit)
    with reading(CLOCK, ids=[course.id]):
        step = next(one for one in ledger.steps(row.city, course.id) if one.name == "document_made")
    assert step.data["sealed"] == row.stored and step.data["document"] == str(row.id)


def test_no_step_of_a_document_holds_a_word_of_it(world: "World"):
    course, handler = answered(world, reporter=Contact(name="示例丙", phone="13900007715"))
    corrected(course, handler)
    with reading(CLOCK, ids=[course.id]):
        said = repr([one.data for one in ledger.steps(3604, course.id)])
    assert "修好" not in said and "漏写" not in said and "示例丙" not in said


def test_the_document_of_a_kind_is_there_for_the_guard_once_it_was_issued(world: "World"):
    course = Course(told(world.grid))
    paths.handled(world, course)
    with reading(CLOCK, ids=[course.id]):
        assert issued(3604, course.id) == frozenset()
    course.by(paths.holder_of(course, world), "give_notice")
    with reading(CLOCK, ids=[course.id]):
        assert issued(3604, course.id) == {"receipt"}


def test_what_was_issued_is_what_the_same_paper_gives_again(world: "World", monkeypatch: pytest.MonkeyPatch):
    course = Course(told(world.grid))
    handler = paths.handled(world, course)
    with watched(monkeypatch) as seen:
        course.by(handler, "answer", result="resolved", reply=REPLY)
    (paper,) = seen
    (row,) = rows_of(course.id)
    template = paths_template(row)
    kept = queries.document(handler, course.id, row.id, now=course.now).data
    assert rendering.render(template, paper) == kept


def paths_template(row: Document) -> str:
    from gantang.matters.models import Matter
    from gantang.procedures import queries as procedures

    with reading(CLOCK, ids=[row.matter_id]):
        digest = Matter.objects.get(id=row.matter_id).procedure_hash
    return procedures.by_hash(digest).templates[row.kind]


def test_a_paper_says_what_was_answered_and_holds_no_access_code(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course = Course(told(world.grid, reporter=Contact(name="示例丙", phone="13900007715")))
    handler = paths.handled(world, course)
    with watched(monkeypatch) as seen:
        course.by(handler, "answer", result="resolved", reply=REPLY)
    (paper,) = seen
    assert paper.answers["reply"].text == REPLY and paper.answers["result"].text == "已解决"
    assert paper.matter.turn == "reporter" and paper.matter.turn_due
    assert paper.people[0].name == "示例丙"
    printed = rendering.data_of(paper)
    code = course.receipt.access_code or ""
    assert code and code not in printed and keys.normal_code(code) not in printed
    assert keys.show_access(keys.normal_code(code)) not in printed


def test_a_template_that_fails_leaves_the_matter_as_it_was(world: "World", monkeypatch: pytest.MonkeyPatch):
    course = Course(told(world.grid))
    handler = paths.handled(world, course)

    def failing(template: str, paper: object) -> bytes:
        raise TemplateError(details={"what": "示例"})

    with monkeypatch.context() as patch:
        patch.setattr(issuing.files, "render", failing)
        with pytest.raises(TemplateError):
            course.by(handler, "answer", result="resolved", reply=REPLY)
    assert course.seen_by(handler).state == "handling" and rows_of(course.id) == []
    course.by(handler, "answer", result="resolved", reply=REPLY)
    assert rows_of(course.id)[0].serial == 1


def test_the_same_key_issues_one_document(world: "World"):
    course = Course(told(world.grid))
    handler = paths.handled(world, course)
    asked = {"actor": handler, "matter": course.id, "move": "answer", "key": fresh(), "now": course.now}
    answers = {"result": "resolved", "reply": REPLY}
    first = service.act(answers=answers, **asked)  # type: ignore[arg-type]
    assert service.act(answers=answers, **asked) == first  # type: ignore[arg-type]
    assert len(rows_of(course.id)) == 1


# --- numbers ------------------------------------------------------------------------------------------


def test_the_numbers_of_a_unit_follow_each_other_without_a_gap(world: "World"):
    courses = [answered(world)[0] for _ in range(3)]
    year = courses[0].now.year
    numbers = [papers_of(world.cast.receiver, one.id)[0].number for one in courses]
    assert numbers == [f"〔{year}〕{n}号" for n in (1, 2, 3)]


def signed(world: "World", signs: dict[str, str] | None, course: Course) -> None:
    catalogue.set_slot(
        actor=world.cast.admin,
        code="document.signs",
        value=signs,
        source="示例文件",
        valid_from=course.now.date(),
        now=course.now,
    )


def test_a_units_sign_stands_before_its_number_from_the_day_it_is_entered_and_stays_on_the_paper(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    from gantang.posts import queries as posts

    course, handler = answered(world)
    year, unit = course.now.year, handler.unit or 0
    for n, key in enumerate((posts.unit(unit).name, str(unit)), start=2):
        signed(world, {key: f"示综治{n}", "示例他单位": "示他"}, course)
        with watched(monkeypatch) as seen:
            corrected(course, handler)
        assert seen[-1].number == f"示综治{n}〔{year}〕{n}号"
    signed(world, None, course)
    numbers = [one.number for one in papers_of(handler, course.id)]
    assert numbers == [f"〔{year}〕1号", f"示综治2〔{year}〕2号", f"示综治3〔{year}〕3号"]
    assert service.rebuild(now=course.now).sound


def test_an_act_that_comes_to_nothing_draws_no_number(world: "World"):
    from django.db import transaction

    course = Course(told(world.grid))
    handler = paths.handled(world, course)
    with pytest.raises(RuntimeError), transaction.atomic():
        course.by(handler, "answer", result="resolved", reply=REPLY)
        raise RuntimeError
    other, _ = answered(world)
    assert rows_of(other.id)[0].serial == 1


# --- superseded ---------------------------------------------------------------------------------------


def test_the_same_kind_again_supersedes_and_keeps_what_was(world: "World"):
    course, handler = answered(world)
    course.by_reporter("object", objection="还是不亮。")
    course.by(world.cast.supervisor, "redo", redo_ground="not_done")
    course.by(handler, "answer", result="resolved", reply="又修了一次。")
    old, new = rows_of(course.id)
    assert (old.version, new.version) == (1, 2)
    assert old.superseded_at == course.now and new.superseded_at is None
    assert queries.document(handler, course.id, old.id, now=course.now).data.startswith(b"%PDF")
    with reading(CLOCK, ids=[course.id]):
        step = next(one for one in ledger.steps(3604, course.id) if one.name == "document_superseded")
    assert (step.data["document"], step.data["now"]) == (str(old.id), 2)


def test_records_for_the_staff_stand_beside_each_other_and_a_correction_replaces_the_last(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    from gantang.engine.model import Document as Declared
    from gantang.kit.work import work
    from gantang.matters.rules import declared
    from gantang.matters.service.documents import NONE, issue
    from gantang.matters.service.taking import take

    course, handler = answered(world)

    def made(*, corrects: bool) -> None:
        with work(handler, ids=[course.id]) as w:
            taken = take(handler, course.id, now=course.now)
            issue(w, taken, ["receipt"], {}, ahead=NONE, corrects=corrects)

    staff = Declared("receipt", declared.Words("记录", "record"), "staff")
    for module in ("documents", "paper", "series"):
        place = f"gantang.matters.service.{module}.declared"
        monkeypatch.setattr(place, lambda procedure, kind: staff)
    for corrects in (False, False, True):
        made(corrects=corrects)
    rows = [one for one in rows_of(course.id) if one.kind == "receipt"]
    assert [one.superseded_at is None for one in rows] == [True, False, True]
    assert [one.serial for one in rows] == [None, None, None], "what stays inside has no number"


def test_a_correction_is_a_new_version_with_the_other_words(world: "World", monkeypatch: pytest.MonkeyPatch):
    course, handler = answered(world)
    with watched(monkeypatch) as seen:
        assert corrected(course, handler) == 2
    assert seen[-1].answers["reply"].text == "三盏灯都修好了。"
    assert seen[-1].answers["result"].text == "已解决", "what is left out stays as it was"
    old, new = rows_of(course.id)
    assert old.superseded_at is not None and new.serial == (old.serial or 0) + 1
    texts = queries.texts(handler, course.id, now=course.now)
    assert {"reason": "漏写了盏数", "reply": "三盏灯都修好了。"} in texts.values()


def test_a_correction_with_the_same_key_is_one(world: "World"):
    course, handler = answered(world)
    key = fresh()
    assert corrected(course, handler, key=key) == 2
    course.now -= timedelta(minutes=1)
    assert corrected(course, handler, key=key) == 2
    assert len(rows_of(course.id)) == 2


@pytest.mark.parametrize(
    "given",
    [{"reason": " "}, {"answers": {"note": "示例"}}, {"answers": {"result": "nothing_of_that"}}],
)
def test_a_correction_needs_a_reason_and_answers_that_the_document_uses(
    world: "World", given: dict[str, object]
):
    course, handler = answered(world)
    with pytest.raises(CorrectionInvalidError):
        corrected(course, handler, **given)
    assert len(rows_of(course.id)) == 1


def test_what_was_never_issued_and_what_is_out_of_sight_cannot_be_corrected(world: "World"):
    course, handler = answered(world)
    with pytest.raises(MatterNotFoundError):
        corrected(course, handler, kind="receipt")
    for name in ("neighbour", "foreigner", "admin"):
        with pytest.raises(MatterNotFoundError):
            corrected(course, getattr(world.cast, name))


# --- seen ---------------------------------------------------------------------------------------------


def test_the_reporter_reads_the_standing_version_by_code_and_others_nothing(world: "World"):
    course, handler = answered(world)
    corrected(course, handler)
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    (mine,) = papers_of(actor, matter)
    assert (mine.kind, mine.version) == ("reply", 2)
    assert queries.document(actor, matter, mine.id, now=course.now).data.startswith(b"%PDF")
    old = rows_of(course.id)[0]
    with pytest.raises(MatterNotFoundError):
        queries.document(actor, matter, old.id, now=course.now)
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    assert [one.id for one in tracked.documents] == [mine.id]
    for name in ("neighbour", "foreigner", "admin"):
        with pytest.raises(MatterNotFoundError):
            queries.documents(getattr(world.cast, name), course.id)
        with pytest.raises(MatterNotFoundError):
            queries.document(getattr(world.cast, name), course.id, mine.id, now=course.now)


def test_that_the_staff_read_a_document_is_on_their_stream(world: "World"):
    course, handler = answered(world)
    (row,) = rows_of(course.id)
    queries.document(handler, course.id, row.id, now=course.now)
    stream = streams.stream_of("account", handler.account)
    with reading(CLOCK, ids=[stream]):
        opened = [one.data for one in ledger.steps(3600, stream) if one.name == "vault.opened"]
    assert {"document": str(row.id), "purpose": "document"}.items() <= opened[-1].items()


def test_a_document_does_not_open_as_an_attachment(world: "World"):
    from gantang.kit.crypto import SealError

    course, _ = answered(world)
    (row,) = rows_of(course.id)
    with pytest.raises(SealError):
        vault.open_bytes(city=row.city, matter=course.id, file=row.id, sealed=stored.read(row.stored))


def test_a_minor_is_masked_in_every_document_also_inside_its_texts(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course = Course(told(world.grid, reporter=Contact(name="示例丙", phone="13900007715")))
    handler = paths.handled(world, course)
    child = Contact(name="示例丁丁", phone="13900008826")
    service.add_party(
        actor=handler, matter=course.id, contact=child, side=2, minor=True, key=fresh(), now=course.now
    )
    with watched(monkeypatch) as seen:
        course.by(
            handler, "answer", result="resolved", reply="示例丁丁家的灯修好了，13900008826已告知示例丙。"
        )
    printed = rendering.data_of(seen[-1])
    assert "示例丁丁" not in printed and "13900008826" not in printed
    assert [(one.name, one.minor) for one in seen[-1].people] == [("示例丙", False), ("示**", True)]


# --- verified -----------------------------------------------------------------------------------------


def code_on(monkeypatch: pytest.MonkeyPatch, world: "World") -> tuple[Course, Actor, str]:
    course = Course(told(world.grid, reporter=Contact(name="示例丙", phone="13900007715")))
    handler = paths.handled(world, course)
    with watched(monkeypatch) as seen:
        course.by(handler, "answer", result="resolved", reply=REPLY)
    return course, handler, seen[-1].link.rpartition("/")[2]


def test_the_code_on_a_paper_proves_what_it_is_and_tells_nothing_of_anybody(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course, handler, code = code_on(monkeypatch, world)
    (row,) = rows_of(course.id)
    found = queries.verify(code)
    assert (found.view.kind, found.view.version, found.view.unit) == ("reply", row.version, handler.unit)
    assert found.view.superseded_at is None and found.same is None
    assert course.receipt.number not in repr(found) and "示例丙" not in repr(found)
    corrected(course, handler)
    assert queries.verify(code).view.superseded_at is not None


def test_a_file_is_that_document_or_it_is_not(world: "World", monkeypatch: pytest.MonkeyPatch):
    course, handler, code = code_on(monkeypatch, world)
    (row,) = rows_of(course.id)
    data = queries.document(handler, course.id, row.id, now=course.now).data
    assert queries.verify(code, data=data).same is True
    assert queries.verify(code, data=data[:-1] + b"x").same is False


def test_wrong_codes_lead_nowhere_and_an_access_code_is_none(world: "World"):
    course, _ = answered(world)
    never = keys.document_code(UUID(int=course.id.int ^ 1), "reply", 1)
    for wrong in ("", "示例", course.receipt.access_code or "", never):
        with pytest.raises(DocumentNotFoundError):
            queries.verify(wrong)


# --- beside -------------------------------------------------------------------------------------------


def test_a_document_that_is_not_as_its_step_says_is_found_by_the_rebuild(world: "World"):
    course, _ = answered(world)
    assert service.rebuild(now=course.now).sound
    with reading(CLOCK, ids=[course.id]), connection.cursor() as cursor:
        cursor.execute("UPDATE matter_document SET serial = 9 WHERE matter_id = %s", [course.id])
    differences = service.rebuild(now=course.now).found.differences
    assert [one.column.partition(".")[0] for one in differences] == ["document"]


def test_documents_go_along_to_another_city_and_their_codes_lead_there(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course, handler, code = code_on(monkeypatch, world)
    before = rows_of(course.id)[0]
    data = queries.document(handler, course.id, before.id, now=course.now).data
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    assert rows_of(course.id) == []
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    (carried,) = tracked.documents
    assert (carried.kind, carried.version, carried.size) == ("reply", 1, before.size)
    found = queries.verify(code, data=data)
    assert found.view.id == carried.id and found.same is True
    assert service.rebuild(now=course.now).sound
