"""One row of each kind: where a matter lies, who has it in hand, with whom it is shared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.matters import queries, service
from gantang.matters.service.documents import NONE, issue
from gantang.matters.service.taking import take
from gantang.matters.types import Contact, Receipt, Report
from tests.doors.table import CLASS
from tests.doors.test_permissions import Place
from tests.exchange.seed import key, picture

if TYPE_CHECKING:
    from tests.world import World

ACCEPT = {"class": CLASS, "track": "ordinary"}
VILLAGE = "360428101001"


@dataclass(frozen=True)
class Lying:
    """A matter and another one of the same kind beside it; ``ids`` are theirs."""

    place: Place
    ground: str
    ids: tuple[UUID, UUID]


def lying(world: "World", kind: str) -> Lying:
    """A row of a kind, with a file and a paper, and another one beside it."""
    ground, *way = KINDS[kind](world)
    receipts = [_told(ground) for _ in range(2)]
    found = [_brought(world, one, *way) for one in receipts]
    file = _file(receipts[0], found[0])
    document, proof = _paper(world, found[0])
    numbers = [queries.get(world.cast.province_leader, one, now=clock.now()) for one in found]
    place = Place(numbers[0].number, numbers[1].number, file, receipts[0].access_code or "", document, proof)
    return Lying(place, numbers[0].scope, (found[0], found[1]))


def _told(ground: str) -> Receipt:
    """By a reporter with a telephone and a mail address; without a ground nobody knows where it lies."""
    reporter = Contact(name="示例", phone="13900007715", email="c@example.org")
    report = Report(
        words=f"示例：村口路灯不亮（{key()}）。",
        channel="portal",
        class_code=CLASS,
        ground=ground,
        reporter=reporter,
    )
    return service.intake(actor=Actor(client=f"form:{key()}"), report=report, key=key(), now=clock.now())


Way = Callable[["World", Receipt], UUID]


def _brought(world: "World", receipt: Receipt, way: Way | None = None) -> UUID:
    return way(world, receipt) if way else receipt.matter


def _by(actor: Actor, matter: UUID, move: str, **answers: object) -> None:
    service.act(actor=actor, matter=matter, move=move, answers=answers, key=key(), now=clock.now())


def _given(by: str, unit: str) -> Way:
    def way(world: "World", receipt: Receipt) -> UUID:
        _by(getattr(world.cast, by), receipt.matter, "accept", **ACCEPT, unit=world.unit(unit))
        return receipt.matter

    return way


def _shared(by: str, handler: str) -> Way:
    """The township handles it itself, and asks the village to help."""

    def way(world: "World", receipt: Receipt) -> UUID:
        hands: Actor = getattr(world.cast, handler)
        _by(getattr(world.cast, by), receipt.matter, "accept", **ACCEPT, unit=hands.unit)
        _by(hands, receipt.matter, "take_on")
        _by(hands, receipt.matter, "cooperate", units=[world.unit(VILLAGE)], task="示例：请看一看。")
        return receipt.matter

    return way


def _moved_away(world: "World", receipt: Receipt) -> UUID:
    _by(world.cast.receiver, receipt.matter, "move_away", ground=world.foreign_township, children="carry")
    return service.open_by_code(receipt.access_code or "")[1]


KINDS: dict[str, Callable[["World"], tuple[str, *tuple[Way, ...]]]] = {
    "own grid": lambda world: (world.grid,),
    "same village": lambda world: (world.next_grid,),
    "other village": lambda world: (world.rural_village,),
    "other township": lambda world: (world.other_grid,),
    "other county": lambda world: ("360481",),
    "other city": lambda world: (world.foreign_grid,),
    "place unknown": lambda world: ("",),
    "department holds": lambda world: (world.other_grid, _given("neighbour", "360428:housing")),
    "village holds, own grid": lambda world: (world.grid, _given("receiver", VILLAGE)),
    "village holds, next grid": lambda world: (world.next_grid, _given("receiver", VILLAGE)),
    "shared, next grid": lambda world: (world.next_grid, _shared("receiver", "handler")),
    "shared, other township": lambda world: (world.other_grid, _shared("neighbour", "neighbour_handler")),
    "came from here": lambda world: (world.grid, _moved_away),
}


def _file(receipt: Receipt, matter: UUID) -> str:
    reporter, _there = service.open_by_code(receipt.access_code or "")
    made = service.attach(
        actor=reporter, matter=matter, data=picture(), public=True, key=key(), now=clock.now()
    )
    return str(made)


def _paper(world: "World", matter: UUID) -> tuple[str, str]:
    """The id of a notice that the matter has issued, and the code printed on it."""
    actor = world.cast.province_leader
    with work(actor, ids=[matter]) as w:
        issue(w, take(actor, matter, now=clock.now()), ["receipt"], {}, ahead=NONE)
    (made,) = queries.documents(actor, matter)
    return str(made.id), keys.document_code(matter, "receipt", 1)
