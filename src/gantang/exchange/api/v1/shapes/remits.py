"""Who answers for what, and why; what the remits say differently on two days."""

from datetime import date

from gantang.exchange.api.v1.values import Shown


class RemitUnit(Shown):
    """A unit as a remit names it."""

    id: int
    name: str


class RemitAnswer(Shown):
    """Who answers here for this, with the reason in words; `unit` is null where nobody does.

    `post` is null while several posts of the unit may take the work. `seat`: own, shared, leader (the post is
    vacant), nobody.
    """

    unit: RemitUnit | None
    post: str | None
    cooperating: list[RemitUnit]
    leader: str | None
    basis: str
    remit: int | None
    seat: str
    reason: str


class RemitSaid(Shown):
    """What one remit says."""

    remit: int
    unit: RemitUnit
    cooperating: list[RemitUnit]
    leader: str | None
    basis: str
    since: date
    until: date | None


class RemitDifference(Shown):
    """Class × ground × duty that is said differently; `kind`: added, ended, changed."""

    kind: str
    klass: str
    ground: str
    duty: str
    before: RemitSaid | None
    after: RemitSaid | None


class RemitDifferences(Shown):
    """In the order of their ground; `more` counts those that are left out."""

    items: list[RemitDifference]
    more: int
