"""What holds a state or work secret is removed by two persons: from vault, files, search, outbox, and from what a backup
of it can still open."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.conf import settings
from PIL import Image

from gantang.files import queries as stored
from gantang.files.errors import MissingFileError
from gantang.kit import crypto, keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError, NoRemovalError, SamePersonError
from gantang.matters.models import Attachment
from gantang.matters.service.removing import WAITS
from gantang.matters.types import Contact, Filters
from gantang.outbox.models import Row
from gantang.vault import rules
from gantang.vault.models import Entry, Key
from gantang.vault.rules import secret_marks
from tests.dumped import dump, stands
from tests.matters import paths
from tests.matters.acting import Course, fresh, image, row_of

if TYPE_CHECKING:
    from tests.world import World

WORDS = "示例：捡到一份机密★十年的图纸，编号翡翠二零七。"


@pytest.fixture
def lists() -> Iterator[Path]:
    """The list beside the keys, as it is without this test."""
    path = Path(settings.GANTANG_KEYS_DIR) / "erasures.jsonl"
    before = path.read_text() if path.exists() else None
    yield path
    path.unlink(missing_ok=True) if before is None else path.write_text(before)


def other_image() -> bytes:
    """Another picture: the same one twice is one attachment."""
    buffer = BytesIO()
    Image.new("RGB", (9, 9), (10, 200, 10)).save(buffer, "JPEG")
    return buffer.getvalue()


def told(world: "World") -> Course:
    reporter = Contact(name="示例巳", email="removal@example.org")
    course = paths.begun(world, words=WORDS, reporter=reporter, anonymous=False)
    for data in (image(), other_image()):
        service.attach(
            actor=world.cast.receiver, matter=course.id, data=data, public=False, key=fresh(), now=course.now
        )
    return course


def ask(course: Course, actor: Actor, file: UUID | None = None) -> None:
    service.ask_removal(actor=actor, matter=course.id, file=file, key=fresh(), now=course.now)


def confirm(course: Course, actor: Actor) -> None:
    service.confirm_removal(actor=actor, matter=course.id, key=fresh(), now=course.now)


def steps(course: Course) -> list[str]:
    with reading(SYSTEM, ids=[course.id]):
        return [one.name for one in ledger.steps(keys.city_of(course.id), course.id)]


def files_of(course: Course) -> list[Attachment]:
    with reading(SYSTEM, ids=[course.id]):
        return list(Attachment.objects.filter(matter_id=course.id).order_by("id"))


# --- two persons --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_person_alone_removes_nothing(world: "World") -> None:
    course = told(world)
    with pytest.raises(NoRemovalError):
        confirm(course, world.cast.leader)
    ask(course, world.cast.leader)
    with pytest.raises(SamePersonError):
        confirm(course, world.cast.leader)
    assert WORDS in [one.words for one in queries.words(world.cast.receiver, course.id, now=course.now)]


@pytest.mark.django_db
def test_who_confirms_leads_or_supervises(world: "World") -> None:
    course = told(world)
    ask(course, world.cast.leader)
    with pytest.raises(SamePersonError):
        confirm(course, world.cast.receiver)
    view = queries.removal(world.cast.supervisor, course.id, now=course.now)
    assert view is not None and view.may_confirm and view.file is None
    confirm(course, world.cast.supervisor)
    assert steps(course)[-2:] == ["removal_asked", "erased"]


@pytest.mark.django_db
def test_what_was_asked_long_ago_is_asked_again(world: "World") -> None:
    course = told(world)
    ask(course, world.cast.receiver)
    course.now += WAITS * 2
    with pytest.raises(NoRemovalError):
        confirm(course, world.cast.leader)


@pytest.mark.django_db
def test_nobody_outside_its_sight_or_without_an_account_asks(world: "World") -> None:
    course = told(world)
    with pytest.raises(MatterNotFoundError):
        ask(course, world.cast.foreigner)
    with pytest.raises(MatterNotFoundError):
        ask(course, service.open_by_code(course.receipt.access_code or "")[0])
    with pytest.raises(MatterNotFoundError):
        ask(course, world.cast.receiver, UUID(int=7))


# --- gone ---------------------------------------------------------------------------------------------


def test_a_matter_with_a_secret_is_gone_everywhere_and_its_work_goes_on(
    open_world: "World", lists: Path
) -> None:
    world, course = open_world, told(open_world)
    with reading(SYSTEM, ids=[course.id]):
        backup = [(one.id, one.kind, bytes(one.sealed)) for one in Entry.objects.filter(matter_id=course.id)]
    names = [one.stored for one in files_of(course)]
    waiting = Row.objects.filter(stream=course.id, state=Row.WAITING)
    assert waiting.exists(), "a mail is about to leave"
    assert stands("翡翠二零七", dump()), "the gist of it stands in lists and search"
    ask(course, world.cast.receiver)
    confirm(course, world.cast.leader)
    assert not stands("翡翠二零七", dump())
    found = queries.search(world.cast.receiver, words="翡翠二零七", filters=Filters(), now=course.now)
    assert list(found.items) == []
    assert not waiting.filter(version__lt=row_of(course.id).version).exists()
    for name in names:
        with pytest.raises(MissingFileError):
            stored.read(name)
    with reading(SYSTEM, ids=[course.id]):
        assert Key.objects.get(matter_id=course.id).wrapped is None
    course.by(world.cast.receiver, "pass_on", note="示例：已按保密规定移交。")
    with reading(SYSTEM, ids=[course.id]):
        now_key = crypto.unwrap(
            bytes(Key.objects.get(matter_id=course.id).wrapped),
            rules.key_binding(city=keys.city_of(course.id), matter=course.id),
        )
    for entry, kind, sealed in backup:
        where = rules.binding(city=keys.city_of(course.id), matter=course.id, entry=entry, kind=kind)
        with pytest.raises(crypto.SealError):
            crypto.unseal(now_key, sealed, where)
    texts = queries.texts(world.cast.dispatcher, course.id, now=course.now)
    assert any("示例：已按保密规定移交。" in one.values() for one in texts.values())
    assert service.rebuild(now=course.now).sound


def test_a_file_with_a_secret_goes_alone_and_no_copy_of_it_opens_again(
    open_world: "World", lists: Path
) -> None:
    world, course = open_world, told(open_world)
    gone, stays = files_of(course)
    copies = {one.id: stored.read(one.stored) for one in (gone, stays)}
    ask(course, world.cast.receiver, gone.id)
    confirm(course, world.cast.leader)
    (left,) = files_of(course)
    assert left.id == stays.id and left.stored != stays.stored
    assert queries.attachment(world.cast.receiver, course.id, left.id).data
    assert WORDS in [one.words for one in queries.words(world.cast.receiver, course.id, now=course.now)]
    from gantang.vault import service as vault

    for file, sealed in copies.items():
        with pytest.raises(crypto.SealError):
            vault.open_bytes(city=left.city, matter=course.id, file=file, sealed=sealed)
    assert service.rebuild(now=course.now).sound
    assert steps(course)[-1] == "file_removed"


def test_a_restore_of_an_older_state_removes_again_and_leaves_what_came_later(
    open_world: "World", lists: Path
) -> None:
    world, course = open_world, told(open_world)
    ask(course, world.cast.receiver)
    confirm(course, world.cast.leader)
    course.by(world.cast.receiver, "pass_on", note="示例：后来的记录。")
    assert service.forget_again(now=course.now) == 0, "the story knows of it: nothing had come back"
    texts = queries.texts(world.cast.dispatcher, course.id, now=course.now)
    assert any("示例：后来的记录。" in one.values() for one in texts.values())


# --- the warning --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("这是涉密文件", True),
        ("标着 机 密 ★ 10年", True),
        ("绝密级材料", True),
        ("秘密★5年", True),
        ("内部资料，不得外传", True),
        ("他有个秘密不肯说", False),
        ("路灯不亮", False),
        ("机密性检查是什么", True),
        ("", False),
    ],
)
def test_words_that_stand_on_classified_papers_are_noticed_daily_speech_is_not(
    text: str, found: bool
) -> None:
    assert bool(secret_marks(text)) is found


@pytest.mark.django_db
def test_intake_warns_and_takes_it_in_all_the_same(world: "World") -> None:
    assert told(world).receipt.warnings == ("may_be_secret",)
    assert paths.begun(world).receipt.warnings == ()


@pytest.mark.django_db
def test_the_row_is_still_open_after_a_removal(world: "World") -> None:
    course = told(world)
    ask(course, world.cast.receiver)
    confirm(course, world.cast.leader)
    row = row_of(course.id)
    assert row.ended_at is None and row.erased_at is None
