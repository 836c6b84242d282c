"""An item of a phone's queue as it comes in, strictly read."""

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from gantang.field.errors import ItemUnfitError
from gantang.field.pieces import MOST
from gantang.matters.types import Contact, Made

Text = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=200)]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
Place = Annotated[int, Field(ge=0, le=99)]
_DECADE = 10 * 365 * 86_400


class Strict(BaseModel):
    """Nothing unknown, nothing turned into something else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FileIn(Strict):
    """A file by the receipts of its pieces."""

    upload: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    pieces: Annotated[list[Annotated[str, Field(max_length=600)]], Field(min_length=1, max_length=MOST)]


class ReportIn(Strict):
    """What a worker reports; ``words`` may be empty where a photo says it."""

    kind: Literal["report"]
    klass: Line = Field(alias="class")
    words: Text = ""
    ground: Annotated[str, Field(max_length=15)] = ""
    point: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    place: Line = ""
    name: Line = ""
    phone: Line = ""
    urgent: bool = False
    facility: Annotated[UUID, Field(strict=False)] | None = None
    answers: dict[str, Any] = {}

    def contact(self) -> Contact | None:
        """Whoever asked the worker to report, where one was named."""
        found = Contact(name=self.name, phone=self.phone)
        return found if found.known() else None


class MoveIn(Strict):
    """A move of a matter, decided on the version the phone had."""

    kind: Literal["move"]
    matter: Line
    move: Line
    version: Annotated[int, Field(ge=0)]
    answers: dict[str, Any] = {}


class ExamIn(Strict):
    """An exam's answers: by question, the places of the chosen options."""

    kind: Literal["exam"]
    exam: Annotated[UUID, Field(strict=False)]
    given: Annotated[dict[Number, Annotated[list[Place], Field(max_length=20)]], Field(max_length=100)]


class PatrolIn(Strict):
    """What a crew says of its shift, or of an order to it."""

    kind: Literal["patrol"]
    act: Literal["out", "back", "hear", "done"]
    shift: Annotated[UUID, Field(strict=False)]
    order: Annotated[UUID, Field(strict=False)] | None = None


class ItemIn(Strict):
    """One item: its key, when it was made by the phone's clock, what it is, and its files."""

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    post: int
    made_at: Annotated[AwareDatetime, Field(strict=False)]
    offset: Annotated[int, Field(ge=-_DECADE, le=_DECADE)] | None = None
    body: Annotated[ReportIn | MoveIn | ExamIn | PatrolIn, Field(discriminator="kind")]
    files: Annotated[list[FileIn], Field(max_length=9)] = []

    def made(self) -> Made:
        """The evidence of the phone's clock."""
        return Made(self.made_at, self.offset)


def read(body: bytes) -> ItemIn:
    """Errors: ItemUnfitError, naming each place that is wrong."""
    try:
        return ItemIn.model_validate(json.loads(body))
    except ValidationError as error:
        wrong = [".".join(str(part) for part in one["loc"]) for one in error.errors(include_input=False)]
        raise ItemUnfitError(details={"fields": [_fault(one) for one in wrong]}) from None
    except ValueError:
        raise ItemUnfitError from None


def _fault(where: str) -> dict[str, str]:
    return {"field": where, "sentence": str(_("没有填对。"))}
