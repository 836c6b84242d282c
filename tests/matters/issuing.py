"""What tests of documents have in common: a matter answered, and what its paper says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from gantang.files.types import Paper
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.models import Document
from gantang.matters.service import documents as issuing
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import DocumentView
from tests.matters import paths
from tests.matters.acting import Course, told

if TYPE_CHECKING:
    from tests.world import World

REPLY = "灯修好了，请看一看。"


def answered(world: "World", **given: object) -> tuple[Course, Actor]:
    """A matter whose handler has answered, so that a written reply stands."""
    course = Course(told(world.grid, **given))  # type: ignore[arg-type]
    handler = paths.handled(world, course)
    course.by(handler, "answer", result="resolved", reply=REPLY)
    return course, handler


def papers_of(actor: Actor, matter: UUID, kind: str = "") -> list[DocumentView]:
    """The documents the actor sees, of one kind."""
    return [one for one in queries.documents(actor, matter) if kind in ("", one.kind)]


def rows_of(matter: UUID) -> list[Document]:
    """The rows as they stand."""
    with reading(CLOCK, ids=[matter]):
        return list(Document.objects.filter(matter_id=matter).order_by("kind", "version"))


@contextmanager
def watched(monkeypatch: object) -> Iterator[list[Paper]]:
    """Every paper that is set while the block lasts."""
    seen: list[Paper] = []
    render = issuing.files.render

    def looking(template: str, paper: Paper) -> bytes:
        seen.append(paper)
        return render(template, paper)

    with monkeypatch.context() as patch:  # type: ignore[attr-defined]
        patch.setattr(issuing.files, "render", looking)
        yield seen
