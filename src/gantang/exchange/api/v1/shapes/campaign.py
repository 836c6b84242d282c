"""Campaigns: what is ordered, what goes out of one, its figures."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from gantang.exchange.api.v1 import values
from gantang.exchange.api.v1.values import At, Shown, Strict
from gantang.procedures.queries import REPEATS
from gantang.procedures.types import NewCampaign

Each = Literal["grid", "village", "township", "unit"]
Repeat = Literal["", *REPEATS]  # type: ignore[valid-type]  # the room's list, once


class TitleIn(Strict):
    """In both languages."""

    zh: values.text(120, line=True)  # type: ignore[valid-type]
    en: values.text(120, line=True)  # type: ignore[valid-type]


class AnswerIn(Strict):
    """A field of the procedure's form, and one of its codes."""

    field: values.Code
    answer: values.Code


class CampaignIn(Strict):
    """What a campaign is to be: which procedure, for each of what, where, how long."""

    title: TitleIn
    procedure: values.Code
    class_code: values.ClassCode = Field(alias="class")
    each: Each = "grid"
    grounds: Annotated[list[values.Ground], Field(max_length=200)] = []
    units: Annotated[list[values.Id], Field(max_length=2000)] = Field([], description="Where each is unit.")
    since: values.Day
    until: values.Day = Field(description="Its last day; of a repeated one the period's end takes its place.")
    repeat: Repeat = ""
    answers: Annotated[list[AnswerIn], Field(max_length=20)] = Field(
        [], description="Closed answers each matter opens with."
    )
    basis: values.text(200, least=0, line=True) = ""  # type: ignore[valid-type]

    def campaign(self) -> NewCampaign:
        """As `procedures` takes it."""
        given: dict[str, Any] = self.model_dump(
            exclude={"title", "class_code", "grounds", "units", "answers"}
        )
        return NewCampaign(
            title_zh=self.title.zh,
            title_en=self.title.en,
            klass=self.class_code,
            grounds=tuple(self.grounds),
            units=tuple(self.units),
            answers={one.field: one.answer for one in self.answers},
            **given,
        )


class OpeningAnswer(Shown):
    """A closed answer that each matter opens with."""

    field: str
    answer: str


class Campaign(Shown):
    """One period of a campaign; all periods of a repeated one have its `series`."""

    id: int
    series: int
    no: int
    title: str
    procedure: str
    version: int
    class_code: str
    each: Each
    grounds: list[str]
    units: list[int]
    answers: list[OpeningAnswer]
    since: date
    until: date
    repeat: Repeat
    basis: str
    state: Literal["planned", "opening", "open", "closed"]
    targets: int | None
    made_at: At
    opened_at: At | None
    closed_at: At | None


class Campaigns(Shown):
    """A page, newest first."""

    items: list[Campaign]
    next: str | None


class Figures(Shown):
    """A ground's figures: matters opened, reported, those that found nothing, things found."""

    ground: str
    opened: int
    reported: int
    zero: int
    found: int
    missing: int


class Coverage(Shown):
    """A ground in sight (all that is seen where none is named), and what lies one level below it."""

    whole: Figures
    items: list[Figures]
