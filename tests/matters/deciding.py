"""Major decisions and their risk assessments, walked by the services in the small world's county."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import service
from gantang.matters.models import Link
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Acted
from tests.matters.acting import Course, fresh, report

if TYPE_CHECKING:
    from tests.world import World

REPORT = {
    "heard": ["visits"],
    "opinions": "听取了意见。",
    "legality": "met",
    "rationality": "met",
    "feasibility": "met",
    "controllability": "met",
    "risk_points": [{"point": "安置不及时", "cause": "房源少", "likelihood": 2, "impact": 3, "rated": "low"}],
    "prevention": [{"measure": "先安置后拆迁", "unit": 1, "due": "2027-03-31"}],
    "contingency": "设专班。",
}


class Deciding(Course):
    """A decision, or an assessment, on its way."""

    @classmethod
    def of(cls, world: "World", klass: str = "decision", words: str = "拟新建一条路。") -> "Deciding":
        """Taken in on behalf of the unit that decides."""
        made = report(
            world.county, words, class_code=klass, on_behalf=True, channel="department", anonymous=True
        )
        return cls(
            service.intake(actor=world.cast.county_receiver, report=made, key=fresh(), now=cls.clock())
        )

    @staticmethod
    def clock() -> Any:
        from gantang.kit import clock

        return clock.now()


class Assessing(Deciding):
    """An assessment opened by a decision: there is no receipt, only its id."""

    def __init__(self, matter: UUID, now: Any) -> None:
        self.matter, self.now = matter, now

    @property
    def id(self) -> UUID:
        return self.matter


def prepared(world: "World") -> Deciding:
    """A decision that is accepted."""
    decision = Deciding.of(world)
    decision.by(world.cast.county_receiver, "accept", scope="construction")
    return decision


def assessed_by(world: "World", decision: Deciding, move: str = "assess") -> Assessing:
    """The assessment that a decision opens."""
    (child,) = decision.by(world.cast.county_handler, move, draft="草案一。").opened
    return Assessing(child, decision.now)


def rated(world: "World", gate: Course, level: str) -> Acted:
    """The simplified course to its filing."""
    cast = world.cast
    gate.by(
        cast.county_handler, "simplify", scope="construction", course="simplified", why_simplified="影响小。"
    )
    gate.by(cast.county_handler, "report_simplified", **REPORT)
    gate.by(cast.verifier, "pass_review", review_opinion="同意。")
    gate.by(cast.county_leader, "conclude", level=level, reasons="见报告。")
    return gate.by(cast.supervisor, "file", filing_number="备〔2026〕1号")


def barred_of(matter: UUID) -> list[dict[str, Any]]:
    """What gates refused, as the ledger has it."""
    with reading(CLOCK, ids=[matter]):
        steps = ledger.steps(keys.city_of(matter), matter)
    return [dict(step.data) for step in steps if step.name == "barred"]


def kinds_of(matter: UUID) -> list[str]:
    """The kinds of a matter's links."""
    with reading(CLOCK, ids=[matter]):
        return sorted(Link.objects.filter(matter_id=matter).values_list("kind", flat=True))
