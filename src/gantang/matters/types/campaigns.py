"""Campaigns, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How far an opening is: ``done`` of ``targets`` looked after, ``added`` of them by this run."""

    campaign: int
    targets: int
    done: int
    added: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A campaign on one ground: how many matters it opened, were reported, said that there was nothing, and
    how many different things were found."""

    ground: str
    opened: int
    reported: int
    zero: int
    found: int

    @property
    def missing(self) -> int:
        """How many have not reported."""
        return self.opened - self.reported
