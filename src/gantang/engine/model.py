"""What a procedure is, once it has been read: frozen values, in the order of the file.

The loader (`language/`) makes them, the checker (`check/`) proves them, the
run-time (`run/`) follows them. Nothing here decides anything. A part that the
file leaves out is None or empty, also where leaving it out is a fault: to say
so is the checker's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from gantang.engine.time import Span

#: Who acts. Which post holds a duty for a class and a ground is the remit's business.
STAFF_DUTIES = (
    "receiver",
    "dispatcher",
    "handler",
    "cooperator",
    "mediator",
    "verifier",
    "arbiter",
    "supervisor",
    "leader",
)
PEOPLE_DUTIES = ("reporter", "party")
CLOCK = "clock"
DUTIES = (*STAFF_DUTIES, *PEOPLE_DUTIES, CLOCK)

#: Duties that stand above an owner: a lapse told to one of them is heard.
ABOVE = ("arbiter", "supervisor", "leader")

MARKS = ("yellow", "red")
SUPERVISION = ("normal", "yellow", "red")
#: The one list of words for a matter's state (faces draw tone and icon by it).
STATUSES = (
    "received",
    "routed",
    "handling",
    "mediating",
    "contested",
    "asking",
    "answered",
    "closed",
    "reopened",
    "withdrawn",
)


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in two languages; an empty string is a missing wording."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The wording in `lang` ("zh-Hans", "zh", "en"); Chinese where unknown."""
        return self.en if lang.lower().startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file relative to the packs' folder, line from 1."""

    file: str
    line: int


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the loader or the checker has against a procedure.

    `kind` is the English name in the table of findings ("gap", "blind spot",
    "idling", "squeeze", "self-check", "bypass", "self-grant", "leak", "law",
    "words") or "language" for what could not be read. `place` names the part,
    "request/moves/refuse".
    """

    kind: str
    file: str
    line: int
    sentence: Words
    remedy: Words
    place: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A registered condition with its arguments: `other_than(handler)`, `document.agreement`."""

    name: str
    args: tuple[str, ...] = ()
    essential: bool = False
    place: Place = NOWHERE

    def __str__(self) -> str:
        if self.name == "document":
            return f"document.{self.args[0]}"
        return f"{self.name}({', '.join(self.args)})" if self.args else self.name


@dataclass(frozen=True, slots=True)
class Effect:
    """A registered effect with its arguments: `raise_supervision`, `drop(unit)`."""

    name: str
    args: tuple[str, ...] = ()
    place: Place = NOWHERE

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.args)})" if self.args else self.name


@dataclass(frozen=True, slots=True)
class Within:
    """A period: one span, or a table of spans over one closed answer (`by`)."""

    span: Span | None = None
    by: str | None = None
    rows: tuple[tuple[str, Span], ...] = ()
    law: str | None = None
    place: Place = NOWHERE

    def spans(self) -> tuple[Span, ...]:
        """Every span it may take, in the order of the file."""
        return (self.span,) if self.span is not None else tuple(span for _, span in self.rows)

    def of(self, answer: str | None) -> Span:
        """The span for an answer; without one, the first row."""
        if self.span is not None:
            return self.span
        return dict(self.rows).get(answer or "", self.rows[0][1])


@dataclass(frozen=True, slots=True)
class Pause:
    """How often and how long a visit's clock may be stopped, and who grants it."""

    up_to: Span | None
    at_most: int | None
    granted_by: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Extend:
    """How often and by how much a clock may be lengthened, and who grants it."""

    by: Span | None
    at_most: int | None
    granted_by: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Option:
    """One closed answer."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Field:
    """Something asked: of the reporter (form) or of whoever makes a move (asks).

    `kind` is one of FIELD_KINDS. A field of free text or about a person lives
    in the vault (`vault`), so that its value never stands in a step. `rows` has
    `columns`: its value is a list of rows, each column's name with its answer;
    with one column in the vault the whole field is. An `amount` is money in fen.
    """

    name: str
    kind: str
    title: Words
    options: tuple[Option, ...] = ()
    vault: bool = False
    required: bool = True
    of: str = "reporter"
    help: Words | None = None
    place: Place = NOWHERE
    columns: tuple[Field, ...] = ()

    def codes(self) -> tuple[str, ...]:
        """The closed answers' codes."""
        return tuple(option.code for option in self.options)

    def closed_columns(self) -> tuple[str, ...]:
        """The columns that may stand in a step: those outside the vault."""
        return tuple(column.name for column in self.columns if not column.vault)


#: Texts, people and the exact place where somebody lives go to the vault; the rest may stand in a step.
FIELD_KINDS = (
    "choice",
    "choices",
    "yes_no",
    "number",
    "amount",
    "rating",
    "date",
    "moment",
    "class",
    "ground",
    "unit",
    "units",
    "post",
    "matter",
    "case_number",
    "place",
    "files",
    "rows",
    "text",
    "phone",
    "name",
    "identity",
)
VAULT_KINDS = ("text", "phone", "name", "identity", "place")


@dataclass(frozen=True, slots=True)
class Ask:
    """A field that a move asks for; `note?` in the file is not required."""

    field: str
    required: bool = True
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Opens:
    """Child matters that a move opens. `each` names a list field: one child per item.

    Of a field of rows, each child gets its row's columns outside the vault as answers.
    """

    procedure: str
    each: str | None = None
    klass: str | None = None
    ground: str | None = None
    unit: str | None = None
    required: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class State:
    """A node. An end has outcomes in `ends` and neither owner nor clock."""

    name: str
    title: Words
    status: str
    owner: str | None = None
    within: Within | None = None
    pause: Pause | None = None
    extend: Extend | None = None
    ends: tuple[str, ...] = ()
    public: bool = True
    place: Place = NOWHERE

    @property
    def is_end(self) -> bool:
        return bool(self.ends)


@dataclass(frozen=True, slots=True)
class Move:
    """An edge from each of its `sources`, or, without `to`, an act that keeps the state.

    `sources` has `open` already spelled out. `until` runs from the entry into
    the source. A move by the clock fires where a late rule names it.
    `outcomes` are what an end may get by it: one, or one of several by the closed
    answer `outcome_by` (given now or earlier; "outcome" is asked with the move).
    `at_most` counts per matter for ever.
    """

    name: str
    title: Words
    sources: tuple[str, ...]
    to: str | None
    by: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    needs: tuple[Guard, ...] = ()
    does: tuple[Effect, ...] = ()
    outcomes: tuple[str, ...] = ()
    outcome_by: str | None = None
    at_most: int | None = None
    until: Within | None = None
    because: Words | None = None
    law: str | None = None
    opens: Opens | None = None
    documents: tuple[str, ...] = ()
    from_open: bool = False
    public: bool = True
    place: Place = NOWHERE

    @property
    def is_edge(self) -> bool:
        return self.to is not None

    @property
    def by_clock(self) -> bool:
        return CLOCK in self.by

    def does_it(self, effect: str) -> bool:
        """Whether the move has the effect of that name."""
        return any(one.name == effect for one in self.does)


@dataclass(frozen=True, slots=True)
class LateRule:
    """What happens at `at` percent of a clock, once per visit and deadline.

    `of` is "state" or "total"; `states` empty means every state. A move by the
    clock that no rule names has an `implied` rule at 100 % of its sources. `order`
    is its turn in the file, kept where lines are not known any more.
    """

    at: int
    mark: str | None = None
    tell: tuple[str, ...] = ()
    move: str | None = None
    of: str = "state"
    states: tuple[str, ...] = ()
    implied: bool = False
    place: Place = NOWHERE
    order: int = 0

    def holds_in(self, state: str) -> bool:
        return not self.states or state in self.states


@dataclass(frozen=True, slots=True)
class Keep:
    """What becomes of the people in a closed matter, and when."""

    after_close: Span
    then: str
    place: Place = NOWHERE


#: What a campaign may open one matter for each of.
CAMPAIGN_EACH = ("grid", "village", "township", "unit")
#: Whom a document may be for.
AUDIENCES = ("reporter", "party", "staff", "public")


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign may open it, one matter for `each`; `zero` are the outcomes that mean "nothing found"."""

    each: tuple[str, ...]
    zero: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Gate:
    """It is a gate: the outcomes in `opens` open it.

    `once`: no second one for the same subject while one is under way or has opened it.
    """

    opens: tuple[str, ...]
    once: bool = False
    place: Place = NOWHERE


#: Answers that may be stated to everybody: one closed value each, never a person, a text or a list.
STATED = ("choice", "yes_no", "number", "amount", "date", "case_number", "class", "ground", "unit")


@dataclass(frozen=True, slots=True)
class Feed:
    """What is stated of it to everybody: its matters in these states, of each these fields and nothing else.

    Always the whole set; whoever has it lets go of all of it after `expires`.
    """

    states: tuple[str, ...]
    fields: tuple[str, ...]
    expires: Span
    place: Place = NOWHERE

    @property
    def lasting(self) -> timedelta:
        """`expires`, which is in hours or days."""
        return timedelta(**{self.expires.unit.value: self.expires.n})


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed: whom it is for (one of AUDIENCES), and the fields it is filled with.

    `children` names a procedure whose matters, opened by this one, it counts, split `by` a
    closed answer of theirs.
    """

    name: str
    title: Words
    audience: str
    uses: tuple[str, ...] = ()
    place: Place = NOWHERE
    children: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the case file: a document of that name, or something filed beside it."""

    name: str
    title: Words
    required: bool = True
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Layer:
    """What was laid over the base: `kind` is "variant", "city" or "county"; `ground` empty for a variant.

    `parts` says where it speaks of which part ("moves/agree"), also of one it takes away.
    """

    kind: str
    name: str
    version: int
    ground: str = ""
    basis: tuple[str, ...] = ()
    place: Place = NOWHERE
    parts: tuple[tuple[str, Place], ...] = field(default=(), compare=False)

    def place_of(self, part: str) -> Place:
        """Where it speaks of that part, or of what the part is in; else its beginning."""
        known = dict(self.parts)
        return known.get(part) or known.get(part.partition("/")[0]) or self.place


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, of whom; fields in the order of the file."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    place: Place = NOWHERE

    def vault_fields(self) -> frozenset[str]:
        return frozenset(name for name, one in self.fields.items() if one.vault)


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as read: the first state is where a matter starts.

    `fields` holds everything any move asks; `source` is the canonical text the
    `hash` is taken of (SHA-256, hex), so that a version in force can be kept
    and read again. `documents` is what it prints, `templates` the texts of those the
    pack really has, by name: a running matter keeps them. With a variant and overlays
    laid over it, `layers` names them in their order; all else is of the composed whole,
    source and hash too.
    """

    name: str
    version: int
    title: Words
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    fields: Mapping[str, Field]
    basis: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    total: Within | None = None
    total_extend: Extend | None = None
    late: tuple[LateRule, ...] = ()
    keep: Keep | None = None
    counts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    outcomes: Mapping[str, Words] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    case_file: tuple[Piece, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    counted: bool = True
    access_code: bool = True
    sealed: bool = False
    campaign: Campaign | None = None
    gate: Gate | None = None
    feed: Feed | None = None
    variant: str = ""
    layers: tuple[Layer, ...] = ()
    form: Form = field(default_factory=Form)
    texts: Mapping[str, Words] = field(default_factory=dict)
    hash: str = ""
    source: str = ""
    place: Place = NOWHERE
    #: Where names are used: "counts/reply", "lists/name", "texts/reporter.received".
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its name in a pack: `dispute`, or `dispute+medical` for a variant."""
        return f"{self.name}+{self.variant}" if self.variant else self.name

    @property
    def initial(self) -> str:
        return next(iter(self.states))

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.states.items() if not state.is_end)

    def carries(self, source: str | None, target: str) -> bool:
        """Whether `target`'s clock goes on from `source`'s: a handler's runs from dispatch."""
        if source is None or source == target:
            return False
        return self.states[source].owner == self.states[target].owner == "handler"

    def fields_of(self, move: str) -> Mapping[str, Field]:
        """The fields as a move asks for them: of the outcomes only those that it may give."""
        made, outcome = self.moves.get(move), self.fields.get("outcome")
        if made is None or outcome is None or made.outcome_by != "outcome":
            return self.fields
        given = tuple(one for one in outcome.options if one.code in made.outcomes)
        return {**self.fields, "outcome": replace(outcome, options=given)}

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Moves that may be made in `state`, in the order of the file."""
        return tuple(move for move in self.moves.values() if state in move.sources)

    def late_in(self, state: str, of: str = "state") -> tuple[LateRule, ...]:
        """Late rules that watch `state`'s clock (or the total), in order of percent, then of file."""
        found = [rule for rule in self.late if rule.of == of and rule.holds_in(state)]
        return tuple(sorted(found, key=lambda rule: (rule.at, rule.order)))


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What becomes of running matters: old state to new, old move to new (for its uses).

    Matters in a state that is not named stay on their version.
    """

    procedure: str
    from_: int
    to: int
    states: Mapping[str, str]
    uses: Mapping[str, str] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Overlay:
    """A city's or a county's changes to a procedure, as read; `compose` lays them over it.

    `variant` is "" for the plain procedure, a variant's name, or "*" for all; `change`,
    `serves` and `texts` are kept as they stand in the file. A pack's own variant is read
    as one too, with `serves` and without ground.
    """

    name: str
    of: str
    variant: str
    ground: str
    version: int
    basis: tuple[str, ...]
    change: Any = field(default=None, repr=False, compare=False)
    serves: Any = field(default=None, repr=False, compare=False)
    texts: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of one or several procedures with its form, texts and stories.

    `procedures` holds variants as well, by `Procedure.key`. `stages` are, for each of them,
    the procedures it came from: the base, and after each layer the whole.
    """

    name: str
    procedures: Mapping[str, Procedure]
    form: Form = field(default_factory=Form)
    texts: Mapping[str, Words] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    scenarios: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    #: Parts that could not be read, as file and path: what rests on them is not judged.
    unread: frozenset[tuple[str, str]] = frozenset()
    upgrades: tuple[Upgrade, ...] = ()
    stages: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict, repr=False, compare=False)
    #: The files as read, by `Procedure.key`: what overlays are laid over.
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
