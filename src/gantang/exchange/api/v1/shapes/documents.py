"""Documents as they are told: what, which version, by whom; never what stands in them."""

from typing import Literal
from uuid import UUID

from gantang.exchange.api.v1.values import At, Shown

Audience = Literal["reporter", "party", "staff", "public"]


class Document(Shown):
    """A document; its bytes have their own address. `superseded_at` is null while it stands."""

    id: UUID
    kind: str
    title: str
    version: int
    number: str
    audience: Audience
    unit: int | None
    size: int
    made_at: At
    superseded_at: At | None


class Documents(Shown):
    """What a matter has issued."""

    items: list[Document]


class Corrected(Shown):
    """The version that now stands."""

    version: int


class Verified(Shown):
    """What a square code proves."""

    kind: str
    title: str
    version: int
    number: str
    unit: int | None
    made_at: At
    superseded_at: At | None
