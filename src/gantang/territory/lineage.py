"""Changes of ground and what became of each code, read; part of ``queries``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from gantang.territory import errors, lookup, planning
from gantang.territory.models import AliasCode, ChangeSet, Division, Grid, Succession
from gantang.territory.rules import kinds, prefix, schemes
from gantang.territory.types import (
    ChangeSetView,
    CodeFinding,
    GroundChange,
    Operation,
    SchemeView,
    SuccessionView,
)

#: Changes that leave a code in force; all others end the old one.
SAME = ("redraw", "class")
_ALWAYS = date(9999, 12, 30)
#: After these a point may lie in another grid than the heir.
REDRAWN = ("redraw", "retire")


def change_sets(*, state: str = "", limit: int = 100) -> list[ChangeSetView]:
    """The newest first, of a state."""
    rows = ChangeSet.objects.order_by("-made_at").prefetch_related("operations")
    return [_view(row) for row in (rows.filter(state=state) if state else rows)[:limit]]


def change_set(change: UUID) -> ChangeSetView:
    """One of them. Errors: UnknownChangeError."""
    row = ChangeSet.objects.filter(pk=change).prefetch_related("operations").first()
    if row is None:
        raise errors.UnknownChangeError
    return _view(row)


def changes_due(on: date) -> list[UUID]:
    """Reviewed change sets whose day has come, in the order in which they come into force."""
    rows = ChangeSet.objects.filter(state=ChangeSet.REVIEWED, effective_on__lte=on)
    return list(rows.order_by("effective_on", "reviewed_at", "id").values_list("id", flat=True))


def proposed_change(operations: Sequence[Operation], on: date) -> GroundChange:
    """What operations would do today, numbers as they would be given now. Errors: GroundError."""
    return planning.told(planning.carried_out(operations), on)


def ground_change(change: UUID) -> GroundChange:
    """What a change set does: as it would be today, or, once in force, as it was. Errors:
    UnknownChangeError, GroundError."""
    view = change_set(change)
    if view.state != ChangeSet.IN_FORCE:
        return proposed_change(view.operations, view.effective_on)
    lines = tuple(_line(row) for row in Succession.objects.filter(change_id=change).order_by("pk"))
    old = [one.old for one in lines]
    ended = tuple(dict.fromkeys(one.old for one in lines if one.kind not in SAME))
    new = {one.new for one in lines if one.kind not in (*SAME, "retire")}
    names = dict(Division.objects.filter(pk__in=new).values_list("pk", "name"))
    names |= dict(Grid.objects.filter(pk__in=new).values_list("pk", "name"))
    return GroundChange(view.effective_on, planning.roots(old), tuple(sorted(names.items())), ended, lines)


def lineage(ground: str) -> list[SuccessionView]:
    """Everything known of where a division or grid came from and what became of it, oldest first."""
    rows = Succession.objects.filter(Q(old=ground) | Q(new=ground)).order_by("on", "pk")
    return [_line(row) for row in rows]


def predecessors(codes: Iterable[str], since: date) -> dict[str, set[str]]:
    """The codes that each of some codes comes from by changes from a day on: a query for each step back."""
    asked = set(codes)
    before: defaultdict[str, set[str]] = defaultdict(set)
    wanted = asked
    while wanted:
        rows = Succession.objects.filter(new__in=wanted, on__gte=since).exclude(kind__in=(*SAME, "retire"))
        for new, old in rows.values_list("new", "old"):
            before[new].add(old)
        wanted = {old for new in wanted for old in before.get(new, ())} - before.keys()
    return {code: _all_before(code, before) for code in asked}


def _all_before(code: str, before: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        new = before.get(waiting.pop(), set()) - found - {code}
        found |= new
        waiting += new
    return found


def shares(ground: str) -> dict[str, Decimal | None]:
    """The grounds of today that a code's households live in, with the part of each; for households and
    targets only. None where a split on the way gave no households."""
    found: dict[str, Decimal | None] = {}
    waiting: list[tuple[str, Decimal | None]] = [(ground, Decimal(1))]
    while waiting:
        code, part = waiting.pop()
        rows = Succession.objects.filter(old=code).exclude(kind__in=SAME)
        following = list(rows.exclude(new="").values_list("new", "share"))
        if not following:
            before = found.get(code, Decimal(0))
            found[code] = None if part is None or before is None else before + part
        for new, share in following:
            waiting.append((new, None if part is None or share is None else part * share))
    return found


class Relocation:
    """Where matters lie after change sets: by their point where an outline changed, else by the heir."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._after: dict[str, list[Succession]] = {}
        self._standing: set[str] = set()

    def learn(self, codes: Iterable[str]) -> None:
        """Read what followed these codes and everything above them, with what followed that: few queries."""
        wanted = {above for code in codes for above in prefix.chain(code)} - self._after.keys()
        while wanted:
            rows = Succession.objects.filter(old__in=wanted, on__lte=self._on).order_by("on", "pk")
            found: defaultdict[str, list[Succession]] = defaultdict(list)
            for row in rows:
                found[row.old].append(row)
            self._after |= {code: found.get(code, []) for code in wanted}
            self._standing |= lookup.in_force(wanted, self._on)
            wanted = {row.new for row in rows if row.new} - self._after.keys()

    def of(self, code: str, point: tuple[float, float] | None) -> str:
        """The ground that a matter lies on today; ``code`` itself where it did not change."""
        redrawn, seen = False, set()
        while code not in seen:
            seen.add(code)
            self.learn([code])
            ends = self._ends(code)
            redrawn |= len(ends) > 1 or any(row.kind in REDRAWN for row in self._after[code])
            code = next((row.new for row in ends if row.heir), code)
        return (self._located(point) if point is not None and redrawn else None) or code

    def _ends(self, code: str) -> list[Succession]:
        """What followed a code; of one that had ended before without a word, what followed above it."""
        own = [row for row in self._after[code] if row.kind not in SAME]
        if own or code in self._standing:
            return own
        for above in prefix.chain(code)[1:]:
            if found := [row for row in self._after[above] if row.kind not in SAME]:
                return found
        return []

    def _located(self, point: tuple[float, float]) -> str | None:
        from gantang.territory import queries

        return queries.locate(*point, on=self._on).grid


def by_alias(system: str, code: str) -> str | None:
    """The ground that a code of another system stands for, as it is called today."""
    row = AliasCode.objects.filter(system=system, code=code).first()
    return Relocation(_ALWAYS).of(row.ground, None) if row else None


def aliases(ground: str) -> dict[str, str]:
    """The codes in force of other systems for a ground, by system."""
    return dict(AliasCode.objects.filter(ground=ground, valid_to=None).values_list("system", "code"))


def code_schemes() -> list[SchemeView]:
    """The schemes that codes are made by, the primary one first."""
    first = planning.primary()
    every = sorted(planning.schemes().values(), key=lambda one: (one.code != first.code, one.code))
    return [
        SchemeView(s.code, s.zh, s.en, s.source, s.length, not any(schemes.primary_faults(s))) for s in every
    ]


def grid_kinds() -> tuple[kinds.Kind, ...]:
    """Kinds of grid: code, words, and the block that they are numbered in."""
    return tuple(kinds.KINDS.values())


def printed(grid: str) -> str:
    """A grid's code as it stands on paper, with its check character where the primary scheme has one."""
    return schemes.show(planning.primary(), grid)


def code_findings(ground: str = "") -> list[CodeFinding]:
    """Every grid's code below a ground, past ones too, that breaks what the primary scheme promises."""
    rows = Grid.objects.order_by("code").filter(code__gte=ground, code__lt=ground + ":")
    found = rows.values_list("code", "village_id", "valid_to")
    codes = [(code, village, end is None) for code, village, end in found]
    villages = frozenset(Division.objects.filter(level=prefix.VILLAGE).values_list("pk", flat=True))
    return [CodeFinding(*one) for one in schemes.prove(planning.primary(), codes, villages)]


def _view(row: ChangeSet) -> ChangeSetView:
    operations = sorted(row.operations.all(), key=lambda one: one.number)
    return ChangeSetView(
        row.id,
        row.title,
        row.basis,
        row.effective_on,
        row.state,
        row.made_by,
        row.made_at,
        row.reviewed_by,
        row.reviewed_at,
        row.applied_at,
        row.fault,
        tuple((one.kind, one.data) for one in operations),
    )


def _line(row: Succession) -> SuccessionView:
    return SuccessionView(row.kind, row.old, row.new, row.share, row.heir, row.on, row.change_id)
