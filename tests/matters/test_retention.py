"""What is past its term is forgotten, whole, once, and for good; what is not stays."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from typer.testing import CliRunner

from gantang.catalogue import service as catalogue
from gantang.cli import program
from gantang.cli.worker import jobs
from gantang.files import queries as stored
from gantang.files.errors import MissingFileError
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ConflictError
from gantang.kit.work import reading, work
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.models import Attachment, Document, Matter
from gantang.matters.service import forgetting
from gantang.matters.types import Contact
from gantang.vault import queries as kept
from gantang.vault.models import Entry, Key
from tests.dumped import dump, stands
from tests.kit.tables import as_owner
from tests.matters import paths
from tests.matters.acting import Course, fresh, image, row_of

if TYPE_CHECKING:
    from tests.world import World

ADMIN = Actor(client="command", admin=True)
NAME, PHONE, WORDS = "闻人拾柒", "13900007731", "后山第九道弯的护栏断了，闻人拾柒看见的。"
PLANTED = (NAME, PHONE, "第九道弯", "q7731@example.org", "给闻人拾柒回话")


def ended(world: "World") -> Course:
    """A matter with a person, words, a file, a document and an end."""
    reporter = Contact(name=NAME, phone=PHONE, email="q7731@example.org")
    course = paths.begun(world, words=WORDS, reporter=reporter, anonymous=False)
    service.attach(
        actor=world.cast.receiver, matter=course.id, data=image(), public=False, key=fresh(), now=course.now
    )
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    course.by(world.cast.receiver, "give_notice")
    handler = paths.holder_of(course, world)
    course.by(handler, "take_on")
    course.by(handler, "answer", result="resolved", reply="已给闻人拾柒回话。")
    course.by_reporter("confirm", rating=5)
    return course


def aged(course: Course, years: float) -> datetime:
    """As if it had ended so many years before ``course.now``, which is given back."""
    with reading(SYSTEM, ids=[course.id]):
        ended = course.now - timedelta(days=366 * years)
        Matter.objects.filter(id=course.id).update(ended_at=ended)
    return course.now


def names_of(course: Course) -> list[str]:
    """The names under which the bytes of a matter lie."""
    with reading(SYSTEM, ids=[course.id]):
        found = [
            list(one.objects.filter(matter_id=course.id).values_list("stored", flat=True))
            for one in (Attachment, Document)
        ]
    return [name for names in found for name in names]


def erased_step(course: Course) -> dict[str, Any]:
    with reading(SYSTEM, ids=[course.id]):
        steps = ledger.steps(keys.city_of(course.id), course.id)
    (step,) = [one for one in steps if one.name == "erased"]
    return dict(step.data)


@pytest.fixture
def own_terms(world: "World") -> Any:
    def set_(**terms: str) -> None:
        catalogue.set_slot(
            actor=ADMIN,
            code="retention.terms",
            value=terms,
            source="示例：保管期限表",
            valid_from=clock.now().date(),
            now=clock.now(),
        )

    return set_


# --- the term -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_is_erased_before_its_term_and_all_of_it_after(world: "World") -> None:
    course = ended(world)
    assert service.forget_due(now=aged(course, 4.9)) == 0
    assert row_of(course.id).erased_at is None
    assert service.forget_due(now=aged(course, 5.1)) == 1
    assert service.forget_due(now=course.now) == 0
    row = row_of(course.id)
    assert row.erased_at == course.now and row.gist == forgetting.GONE
    views = kept.entries(SYSTEM, city=row.city, matter=row.id)
    assert views and all(one.erased_at for one in views)
    with reading(SYSTEM, ids=[row.id]):
        assert Key.objects.get(city=row.city, matter_id=row.id).wrapped is None
    assert names_of(course) == []


@pytest.mark.django_db
def test_what_is_still_open_is_kept_however_old(world: "World") -> None:
    course = paths.begun(world)
    assert service.forget_due(now=course.now) == 0
    assert [one.due for one in queries.retention_terms(course.now) if one.procedure == "request"] == [0]


@pytest.mark.django_db
def test_a_term_set_here_goes_before_the_procedure_s(world: "World", own_terms: Any) -> None:
    course = ended(world)
    own_terms(request="30 years")
    assert service.forget_due(now=aged(course, 20)) == 0
    (term,) = [one for one in queries.retention_terms(aged(course, 31)) if one.procedure == "request"]
    assert (str(term.span), term.own, term.due) == ("30 years", True, 1)
    assert service.forget_due(now=aged(course, 31)) == 1


@pytest.mark.django_db
def test_a_term_that_cannot_be_read_erases_nothing_and_is_told(world: "World", own_terms: Any) -> None:
    course = ended(world)
    own_terms(request="for ever")
    assert service.forget_due(now=aged(course, 99)) == 0
    (term,) = [one for one in queries.retention_terms(aged(course, 99)) if one.procedure == "request"]
    assert (term.span, term.own) == (None, True)


# --- what is left -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_tombstone_says_when_why_and_which_but_never_what(world: "World") -> None:
    course = ended(world)
    service.forget_due(now=aged(course, 6))
    said = erased_step(course)
    assert said["because"] == "term" and len(said["files"]) == 1 and len(said["documents"]) >= 1
    assert len(said["entries"]) >= 3
    assert not any(text in json.dumps(said, ensure_ascii=False) for text in PLANTED)


@pytest.mark.django_db
def test_the_chain_verifies_and_a_rebuild_gives_the_same_afterwards(world: "World") -> None:
    course = ended(world)
    service.forget_due(now=aged(course, 6))
    assert ledger.verify(keys.city_of(course.id)).sound
    rebuilt = service.rebuild(now=course.now)
    assert [one.column for one in rebuilt.found.differences] == ["ended_at"], "what the test turned back"


@pytest.mark.django_db
def test_whoever_could_see_it_still_sees_that_it_was(world: "World") -> None:
    course = ended(world)
    now = aged(course, 6)
    service.forget_due(now=now)
    assert queries.get(world.cast.receiver, course.id, now=now).gist == forgetting.GONE
    assert queries.words(world.cast.receiver, course.id, now=now) == []
    assert [one.masked for one in queries.people(world.cast.receiver, course.id)] == [{}]
    assert [one.words for one in queries.messages(world.cast.receiver, course.id, now=now)] == [""]
    assert "erased" in [one.name for one in queries.timeline(world.cast.receiver, course.id)]
    assert queries.attachments(world.cast.receiver, course.id) == []


@pytest.mark.django_db
def test_one_that_fails_stands_in_nobodys_way(world: "World", monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = ended(world), ended(world)
    aged(bad, 6)
    now = aged(good, 6)
    real = forgetting.forget

    def breaking(w: Any, row: Matter, **given: Any) -> None:
        real(w, row, **given)
        w.flush()
        if row.id == bad.id:
            raise ConflictError

    monkeypatch.setattr(forgetting, "forget", breaking)
    assert service.forget_due(now=now) == 1
    assert row_of(good.id).erased_at == now and row_of(bad.id).erased_at is None
    with reading(SYSTEM, ids=[bad.id]):
        assert Entry.objects.filter(matter_id=bad.id, erased_at=None).exists(), "all of it or nothing"


# --- gone for good ------------------------------------------------------------------------------------


@pytest.fixture
def lists() -> Iterator[Path]:
    """The list beside the keys, as it is without this test."""
    path = Path(settings.GANTANG_KEYS_DIR) / "erasures.jsonl"
    before = path.read_text() if path.exists() else None
    yield path
    path.unlink(missing_ok=True) if before is None else path.write_text(before)


@pytest.mark.slow
def test_a_dump_of_everything_holds_nothing_of_it_afterwards(open_world: "World", lists: Path) -> None:
    course = ended(open_world)
    assert not any(stands(text, dump()) for text in (PHONE, "q7731@example.org")), "sealed from the start"
    names = names_of(course)
    sealed = [stored.read(name) for name in names]
    assert names and all(sealed)
    with reading(SYSTEM, ids=[course.id]):
        ciphers = [bytes(one).hex() for one in Entry.objects.values_list("sealed", flat=True)]
    assert ciphers and all(one in dump() for one in ciphers), "the dump is whole"
    assert service.forget_due(now=aged(course, 6)) == 1
    after = dump()
    assert [text for text in PLANTED if stands(text, after)] == []
    assert [one for one in ciphers if one in after] == [], "not even what was sealed is left"
    for name in names:
        with pytest.raises(MissingFileError):
            stored.read(name)


def test_a_restore_of_an_older_state_erases_again(open_world: "World", lists: Path) -> None:
    course = ended(open_world)
    city = keys.city_of(course.id)
    with reading(SYSTEM, ids=[course.id]):
        older = {model: list(model.objects.filter(city=city)) for model in (Entry, Key)}
        row = Matter.objects.get(id=course.id)
    with as_owner() as link:
        head = link.execute(
            "SELECT count, hash, seal FROM ledger_streamhead WHERE stream = %s", [course.id]
        ).fetchone()
    assert head is not None and service.forget_due(now=aged(course, 6)) == 1
    with as_owner() as link:
        link.execute("DELETE FROM ledger_step WHERE stream = %s AND seq > %s", [course.id, head[0]])
        link.execute(
            "UPDATE ledger_streamhead SET count = %s, hash = %s, seal = %s WHERE stream = %s",
            [*head, course.id],
        )
    with work(SYSTEM, ids=[course.id]):  # as a backup of the day before has it
        for model, rows in older.items():
            for one in rows:
                model.objects.filter(pk=one.pk).update(
                    **{f.attname: getattr(one, f.attname) for f in model._meta.concrete_fields if not f.primary_key
                       and f.attname not in ("city", "id", "matter_id")}
                )  # fmt: skip
        Matter.objects.filter(id=course.id).update(
            erased_at=None, gist=row.gist, gist_mac=row.gist_mac, version=row.version
        )
    with reading(SYSTEM, ids=[course.id]):
        assert Entry.objects.filter(matter_id=course.id, erased_at=None).exists()
    done = CliRunner().invoke(program(), ["release"])
    assert done.exit_code == 0, done.output
    assert f"erased again: {len(older[Entry]) + 1}" in done.output
    assert row_of(course.id).erased_at is not None
    assert [text for text in PLANTED if stands(text, dump())] == []


def test_the_command_says_what_is_due_and_erases_it(open_world: "World", lists: Path, own_terms: Any) -> None:
    course = ended(open_world)
    with reading(SYSTEM, ids=[course.id]):
        Matter.objects.filter(id=course.id).update(ended_at=clock.now() - timedelta(days=366 * 6))
    told = CliRunner().invoke(program(), ["retention", "run", "--dry-run"])
    assert "past their term: 1" in told.output and row_of(course.id).erased_at is None
    done = CliRunner().invoke(program(), ["retention", "run"])
    assert "erased: 1" in done.output and done.exit_code == 0
    listed = CliRunner().invoke(program(), ["retention", "list"])
    assert "request  5 years  程序自带 of the procedure  到期 past it: 0" in listed.output


@pytest.mark.django_db
def test_the_worker_does_it_every_day(world: "World") -> None:
    (job,) = [one for one in jobs.JOBS if one.name == "retention"]
    course = ended(world)
    with reading(SYSTEM, ids=[course.id]):
        Matter.objects.filter(id=course.id).update(ended_at=clock.now() - timedelta(days=366 * 6))
    job.run()
    assert job.every == jobs.DAY and row_of(course.id).erased_at is not None
