"""What comes in beside moves: reports, contacts, links, messages."""

from typing import Annotated, Any, Literal

from pydantic import Field

from gantang.exchange.api.v1 import values
from gantang.exchange.api.v1.moves import ReportAnswers
from gantang.exchange.api.v1.values import Strict
from gantang.matters.types import EVIDENCE, Contact, Report
from gantang.vault.queries import reasons

_REASONS = reasons()


class ContactIn(Strict):
    """A person as told. It goes to the vault and nowhere else."""

    name: values.text(60, line=True) = ""  # type: ignore[valid-type]
    phone: values.text(20, line=True) = ""  # type: ignore[valid-type]
    email: values.text(200, line=True) = ""  # type: ignore[valid-type]
    address: values.text(200, line=True) = ""  # type: ignore[valid-type]
    id_number: values.text(20, line=True) = ""  # type: ignore[valid-type]

    def contact(self) -> Contact:
        """As `matters` takes it."""
        return Contact(**self.model_dump())


class PointIn(Strict):
    """Degrees, CGCS2000 or WGS-84."""

    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]


class Told(Strict):
    """What residents and staff tell alike. Give a ground, a point, or a place in words."""

    words: values.Words
    class_code: values.ClassCode = Field(
        "", alias="class", description="From /classes; empty: the desk decides."
    )
    ground: values.Ground = ""
    point: PointIn | None = None
    place: values.text(200, line=True) = ""  # type: ignore[valid-type]
    reporter: ContactIn | None = None
    parties: Annotated[list[ContactIn], Field(max_length=20)] = []
    anonymous: bool = False
    happened_at: values.Moment | None = None
    answers: ReportAnswers = Field(default_factory=dict, description="What the form asks beside the words.")

    def report(self, *, channel: str, on_behalf: bool = False, urgent: bool = False) -> Report:
        """As `matters` takes it."""
        return Report(
            words=self.words,
            channel=channel,
            class_code=self.class_code,
            ground=self.ground,
            point=(self.point.lon, self.point.lat) if self.point else None,
            place=self.place,
            reporter=self.reporter.contact() if self.reporter else None,
            parties=tuple(one.contact() for one in self.parties),
            anonymous=self.anonymous,
            on_behalf=on_behalf,
            urgent=urgent,
            happened_at=self.happened_at,
            answers=self.answers,
        )


class ResidentReport(Told):
    """A report without an account."""


class StaffReport(Told):
    """A report taken in by the staff or by another system, for somebody or on its own."""

    channel: values.Code = Field("api", description="From /channels.")
    on_behalf: bool = False
    urgent: bool = False

    def as_report(self) -> Report:
        """As `matters` takes it."""
        return self.report(channel=self.channel, on_behalf=self.on_behalf, urgent=self.urgent)


class BulkItem(Strict):
    """One report of many, with its own idempotency key."""

    key: Annotated[str, Field(min_length=1, max_length=200, pattern="^[!-~]+$")]
    report: StaffReport


class Bulk(Strict):
    """Up to 200 reports; each goes in or is refused by itself."""

    items: Annotated[list[BulkItem], Field(min_length=1, max_length=200)]


class Classing(Strict):
    """The class of a matter, perhaps its cause."""

    class_code: values.ClassCode = Field(alias="class")
    cause: values.ClassCode = ""


class CauseIn(Strict):
    """Why a matter arose."""

    cause: values.ClassCode = Field(description="From /causes.")


class GistIn(Strict):
    """The gist without names, numbers and plates."""

    gist: values.text(1000)  # type: ignore[valid-type]


Plain = values.Words | values.integer(-values.MOST, values.MOST) | bool


class AnswerCell(Strict):
    """What one column of a row says."""

    name: values.Code
    value: Plain  # type: ignore[valid-type]


class AnswerRow(Strict):
    """One row of a field of several rows, column by column; columns that need no answer may lack."""

    cells: Annotated[list[AnswerCell], Field(min_length=1, max_length=20)]

    def plain(self) -> dict[str, Any]:
        return {one.name: one.value for one in self.cells}


Codes = Annotated[list[values.Code], Field(min_length=1, max_length=50)]
Rows = Annotated[list[AnswerRow], Field(min_length=1, max_length=50)]


class Answered(Strict):
    """One answer: a text or code, a whole number (money in fen), yes and no, several codes; for a field of
    rows every row, those that stay as they were too."""

    name: values.Code
    value: Plain | Codes | Rows  # type: ignore[valid-type]

    def plain(self) -> Any:
        """As `matters` takes it."""
        value: Any = self.value
        if isinstance(value, list):
            return [one.plain() if isinstance(one, AnswerRow) else one for one in value]
        return value


class CorrectionIn(Strict):
    """What a document should say instead; fields left out stay as they are."""

    reason: values.text(500)  # type: ignore[valid-type]
    answers: Annotated[list[Answered], Field(max_length=50)] = []


LinkKind = Literal["related", "duplicate", "gate"]


class GroundIn(Strict):
    """Where it lies, within the matter's city."""

    ground: values.Ground


class LinkIn(Strict):
    """Another matter in sight."""

    number: values.Number
    kind: LinkKind = "related"


class SayIn(Strict):
    """A message to the reporter, or to one of the parties."""

    words: values.Words
    party: values.integer(0, 99) | None = Field(None, description="0 or empty: the reporter.")  # type: ignore[valid-type]


class SayBack(Strict):
    """A message of a reporter or party to the unit."""

    words: values.Words


class PartyIn(Strict):
    """A party as told. It goes to the vault and nowhere else; a minor's has a key of its own there."""

    contact: ContactIn
    side: values.integer(1, 9) = Field(2, description="1 is the reporter's side.")  # type: ignore[valid-type]
    minor: bool = False


class WillingIn(Strict):
    """What a person said to the staff of taking part, and by what it is shown."""

    willing: bool
    evidence: Literal[EVIDENCE]  # type: ignore[valid-type]
    attachment: values.Uuid | None = Field(None, description="The signed paper, where it was signed.")


class OwnWillingIn(Strict):
    """What the holder of the code says of taking part."""

    willing: bool


class Opening(Strict):
    """One field of one person, and why it must be read. It is on the ledger who, when and why."""

    field: Literal["name", "phone", "email", "address", "id_number"]
    reason: Literal[_REASONS]  # type: ignore[valid-type]


class HeldIn(Strict):
    """Who asks what is held about it, by one value. `copy` lists the contents too."""

    field: Literal["phone", "id_number", "name"]
    value: values.text(200, line=True)  # type: ignore[valid-type]
    copied: bool = Field(False, alias="copy")


class PersonCorrectionIn(Strict):
    """One field of one person put right at its own request; an empty value takes it away."""

    field: Literal["name", "phone", "email", "address", "id_number"]
    value: values.text(200, least=0, line=True)  # type: ignore[valid-type]
    because: Literal["inaccurate", "incomplete", "changed"]
