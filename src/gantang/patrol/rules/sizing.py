"""How long is looked for a roster, in the solver's own time: the same on any machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """For the search, for what is missing, for each probe of the rules in conflict, and how many probes; in
    the solver's units, about a second each. ``wall``: seconds by the clock after which the search stops in
    any case, the making of its model included; as many again for what is missing, and for the rules."""

    search: float = 16.0
    explain: float = 8.0
    probe: float = 1.0
    probes: int = 120
    wall: float = 50.0
