"""Taking a matter in hand: found in the actor's sight, locked, with what the actor may do on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Case, Procedure
from gantang.kit import keyed, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.matters.errors import MatterNotFoundError, StaleError
from gantang.matters.models import Matter, Party, Share
from gantang.matters.queries.each import rows_of
from gantang.matters.queries.sight import reached
from gantang.matters.rules.sight import FOLLOWER, duties_on, party_of, taking_part
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures


@dataclass(slots=True)
class Taken:
    """A locked row and who acts on it. ``now`` is never before the last thing that happened to the matter:
    whoever's clock is behind acts right after it, so that no clock ever runs backwards."""

    row: Matter
    actor: Actor
    duties: frozenset[str]
    now: datetime

    def __post_init__(self) -> None:
        if self.row.case is not None:
            self.now = max(self.now, datetime.fromisoformat(self.row.case["changed_at"]))

    @property
    def procedure(self) -> Procedure:
        return procedures.by_hash(self.row.procedure_hash)

    @property
    def case(self) -> Case:
        return Case.from_dict(self.row.case)

    @property
    def calendar(self) -> Calendar:
        return catalogue.calendar_for(self.row.scope, at=self.now)

    @property
    def doer(self) -> engine.Doer:
        return engine.Doer(self.actor.account, self.actor.unit, self.actor.post, self.duties)

    def need_duty(self) -> None:
        """What no pack says is done only by whoever holds a duty on the matter. Errors: ForbiddenError."""
        if not self.duties:
            raise ForbiddenError


def take(actor: Actor, matter: UUID, *, now: datetime, version: int | None = None) -> Taken:
    """Lock a matter that the running transaction has named. Errors: MatterNotFoundError, StaleError,
    ForbiddenError for whoever only follows it."""
    row = next(iter(keyed.found(Matter, lock=True, city=keys.city_of(matter), id=matter)), None)
    if row is None:
        raise MatterNotFoundError
    duties = duties_of(actor, row)
    if not duties:
        raise MatterNotFoundError
    if duties == {FOLLOWER}:
        raise ForbiddenError
    if version is not None and row.version != version:
        raise StaleError(details={"version": row.version})
    return Taken(row, actor, duties, now)


def duties_of(actor: Actor, row: Matter) -> frozenset[str]:
    """The duties the actor holds on a matter; none means that it is not seen."""
    return duties_of_each(actor, [row])[row.id]


def duties_of_each(actor: Actor, rows: Sequence[Matter]) -> dict[UUID, frozenset[str]]:
    """The same for several matters, by one query."""
    parts = parts_in(actor, [(row.city, row.id) for row in rows])
    return {row.id: duties_with(actor, row, parts.get(row.id, frozenset())) for row in rows}


def duties_with(actor: Actor, row: Matter, parts: frozenset[str]) -> frozenset[str]:
    """The duties on a matter by the actor's triples and by what its unit takes part in (``parts_in``)."""
    party = party_of(actor)
    if party is not None:
        return _as_person(actor, row, party)
    return duties_on(
        actor,
        klass=row.class_code,
        scope=row.scope,
        units={row.owner_unit, row.unit},
        roles=parts,
    )


def _as_person(actor: Actor, row: Matter, party: int) -> frozenset[str]:
    if row.id not in actor.named:
        return frozenset()
    role = Party.objects.filter(city=row.city, matter_id=row.id, no=party).values_list("role", flat=True)
    return frozenset(role[:1])


def parts_in(actor: Actor, places: Sequence[tuple[int, UUID]]) -> dict[UUID, frozenset[str]]:
    """By matter, of those at (city, id), the roles of the actor's unit that its post can fill; a unit's
    leader sees what the unit takes part in."""
    if actor.unit is None or actor.post is None or not places:
        return {}
    roles: dict[UUID, set[str]] = {}
    for share in rows_of(Share, places, unit=actor.unit, until=None):
        roles.setdefault(share.matter_id, set()).add(share.role)
    if not roles:
        return {}
    post = posts.post(actor.post)
    return {matter: taking_part(roles[matter], post.duties) for matter in reached(post.ground, list(roles))}
