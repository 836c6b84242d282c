"""What a crew came upon: entered as a matter of the patrol, and noted on its shift."""

from datetime import datetime

from gantang.desk.patrolforms import FoundForm, FoundNumberForm
from gantang.kit.actor import Actor
from gantang.matters import queries as matters
from gantang.matters import service
from gantang.matters.types import Report
from gantang.patrol import errors
from gantang.patrol import service as patrol
from gantang.patrol.types import ShiftView

KLASS = CHANNEL = "patrol"


def enter(actor: Actor, one: ShiftView, form: FoundForm, *, now: datetime) -> None:
    """A new matter on the ground of the shift; the same key is one. Errors: those of intake; NotCrewError."""
    if actor.post not in {post for post, _unit in one.crew}:
        raise errors.NotCrewError
    given = form.given()
    report = Report(
        words=given["words"],
        channel=CHANNEL,
        class_code=KLASS,
        ground=one.ground,
        place=given["place"],
        anonymous=True,
        on_behalf=True,
        urgent=given["urgent"],
    )
    receipt = service.intake(actor=actor, report=report, key=given["key"], now=now)
    patrol.note_found(actor=actor, shift=one.id, matter=receipt.number, now=now)


def note(actor: Actor, one: ShiftView, form: FoundNumberForm, *, now: datetime) -> None:
    """A matter that was entered already, if it is the patrol's and in sight. Errors: MatterNotFoundError,
    EntryError, NotCrewError."""
    found = matters.get(actor, form.cleaned_data["number"], now=now)
    if found.class_code.partition(".")[0] != KLASS:
        raise errors.wrong("not_patrol", form.cleaned_data["number"])
    patrol.note_found(actor=actor, shift=one.id, matter=found.number, now=now)
