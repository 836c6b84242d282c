"""What becomes of a procedure is told in its own stream of the ledger."""

from collections.abc import Mapping
from datetime import datetime

from gantang.kit.work import Work
from gantang.ledger import service as ledger

_CITY = 3600


def tell(w: Work, name: str, step: str, data: Mapping[str, object], now: datetime) -> None:
    """One step, `procedure.<step>`, in the stream of the procedure."""
    ledger.append(
        w,
        actor=w.actor,
        city=_CITY,
        stream=ledger.stream_of("procedure", name),
        kind="procedure",
        items=[(f"procedure.{step}", data)],
        happened_at=now,
        now=now,
        key=name,
    )
