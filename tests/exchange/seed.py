"""A world with matters in it, for callers who know nothing but what is handed out: tokens, numbers, codes."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any

from gantang.identity.service import make_client
from gantang.kit import clock, keys, numbers
from gantang.kit.actor import SYSTEM, Actor
from gantang.matters import queries, service
from gantang.matters.types import Contact, Receipt, Report
from gantang.procedures import service as orders
from gantang.procedures.types import NewCampaign
from gantang.territory import service as territory
from gantang.territory.types import NewFacility
from tests.world import CAST, World

CLASS = "facility.lighting"
#: What a campaign of screening is, as a program says it; the days and the ground are those of the world.
ORDER: dict[str, Any] = {
    "procedure": "screening",
    "class": "screening",
    "each": "grid",
    "units": [],
    "repeat": "",
    "answers": [{"field": "rhythm", "answer": "weekly"}],
}
_keys = count()


def sown(world: World, *, matters: int) -> dict[str, Any]:
    """Tokens by name, so many matters just received and a few on their way; what stands under each."""
    received = [told(world) for _ in range(matters)]
    answered = [_answered(world) for _ in range(matters // 4)]
    return {
        "tokens": {name: token_of(world, name) for name in CAST},
        "grid": world.grid,
        "village": world.village,
        "unit": world.unit(world.township),
        "class": CLASS,
        "picture": picture().hex(),
        "matters": [_rich(world, one) for one in received],
        "answered": [_papered(world, one) for one in answered],
        "campaigns": [_ordered(world) for _ in range(matters)],
        "facilities": [_standing(world) for _ in range(matters)],
        "today": str(world.on),
        "order": ORDER | {"grounds": [world.township], "since": str(world.on), "until": str(world.on)},
    }


def _standing(world: World) -> str:
    """A lamp of the grid."""
    lamp = NewFacility("lamp", "示例路灯", ground=world.grid)
    builder = replace(SYSTEM, admin=True)
    return str(territory.make_facility(actor=builder, facility=lamp, now=clock.now()))


def token_of(world: World, name: str) -> str:
    """The token of a new program that acts for the post of one of the cast."""
    return make_client(actor=SYSTEM, name=f"test {name}", post=world.post(*CAST[name]), now=clock.now())


def picture() -> bytes:
    """A small picture as a camera would send it."""
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


def key() -> str:
    """A key that nobody used."""
    return f"seed-{next(_keys)}"


def told(world: World, ground: str = "") -> Receipt:
    """A matter that its reporter, who left a telephone and a mail address, told at the portal."""
    reporter = Contact(name="示例", phone="13900007715", email="c@example.org")
    report = Report(
        words=f"示例：村口第{next(_keys)}盏路灯不亮。",
        channel="portal",
        class_code=CLASS,
        ground=ground or world.grid,
        reporter=reporter,
    )
    return service.intake(actor=Actor(client=f"form:{key()}"), report=report, key=key(), now=clock.now())


def _answered(world: World) -> Receipt:
    receipt, now = told(world), clock.now()
    _act(receipt, world.cast.receiver, "accept", now, **{"class": CLASS, "track": "ordinary"})
    handler = next(one for one in (world.cast.department_handler, world.cast.handler) if _holds(one, receipt))
    _act(receipt, handler, "take_on", now)
    _act(receipt, handler, "answer", now, result="resolved", reply="示例：修好了。")
    return receipt


def _holds(actor: Actor, receipt: Receipt) -> bool:
    from gantang.kit.errors import NotFoundError

    try:
        return "handler" in queries.get(actor, receipt.matter, now=clock.now()).duties
    except NotFoundError:
        return False


def _act(receipt: Receipt, actor: Actor, move: str, now: datetime, **answers: Any) -> None:
    service.act(actor=actor, matter=receipt.matter, move=move, answers=answers, key=key(), now=now)


def _rich(world: World, receipt: Receipt) -> dict[str, Any]:
    """The matter with a file, a message and a link to another one."""
    now, receiver = clock.now(), world.cast.receiver
    reporter, matter = service.open_by_code(receipt.access_code or "")
    other = told(world)
    service.link(actor=receiver, matter=matter, other=other.matter, kind="related", key=key(), now=now)
    file = service.attach(actor=reporter, matter=matter, data=picture(), public=False, key=key(), now=now)
    service.send(actor=receiver, matter=matter, words="示例：已经转办。", key=key(), now=now)
    return {**_shown(receipt), "file": str(file), "other": numbers.show(other.number)}


def _papered(world: World, receipt: Receipt) -> dict[str, Any]:
    """The matter with its written reply: the document's id and the code printed on it."""
    _, matter = service.open_by_code(receipt.access_code or "")
    (paper,) = [one for one in queries.documents(world.cast.receiver, matter) if one.kind == "reply"]
    proof = keys.document_code(matter, paper.kind, paper.version)
    return {**_shown(receipt), "document": str(paper.id), "document_kind": paper.kind, "proof": proof}


def _ordered(world: World) -> int:
    """A campaign of one day on the township, ordered and not yet opened."""
    told = {name: value for name, value in ORDER.items() if name not in ("class", "answers", "units")}
    new = NewCampaign(
        title_zh="示例：清查",
        title_en="Sample: a look round",
        klass=ORDER["class"],
        answers={one["field"]: one["answer"] for one in ORDER["answers"]},
        grounds=(world.township,),
        since=world.on,
        until=world.on,
        **told,
    )
    return orders.create_campaign(actor=world.cast.dispatcher, campaign=new, now=clock.now()).id


def _shown(receipt: Receipt) -> dict[str, Any]:
    return {"number": numbers.show(receipt.number), "code": receipt.access_code}
