"""What an address may ask: how a list is narrowed, which page, and cursors that are ours."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from gantang.exchange.api.v1 import values
from gantang.exchange.api.v1.values import Strict
from gantang.kit.page import decode
from gantang.matters.types import Filters

View = Literal["received", "today", "late", "contested", "verify", "mine", "barred", "open", "all"]


class Narrowed(Strict):
    """How a list is narrowed. Open matters come by deadline; where closed ones are among them, the newest
    first."""

    view: View = "open"
    state: Annotated[list[values.Code], Field(max_length=20)] = Field(
        [], description="States; may be repeated."
    )
    class_code: values.ClassCode | None = Field(
        None, alias="class", description="This class and those below it."
    )
    ground: values.Ground | None = Field(None, description="A division or grid, with what lies in it.")
    unit: values.AskedId | None = Field(None, description="The unit whose turn it is.")
    channel: values.Code | None = None
    urgent: values.AskedFlag = False

    def filters(self, *, view: str = "") -> Filters:
        """As `matters` takes them."""
        return Filters(
            view=view or self.view,
            states=tuple(self.state),
            class_code=self.class_code or "",
            ground=self.ground or "",
            unit=self.unit,
            channel=self.channel or "",
            urgent=self.urgent,
        )


class Listed(Narrowed):
    """A list, page by page."""

    cursor: values.Cursor | None = Field(None, description="`next` of the page before.")
    size: values.asked_integer(1, 200) = 50  # type: ignore[valid-type]


class Searched(Listed):
    """A search over gists; a number finds its matter."""

    q: values.text(100) = Field(description="Any pieces of the text, all of which must occur.")  # type: ignore[valid-type]
    view: View = "all"


def cursor_of(text: str | None, *kinds: tuple[type, ...]) -> str | None:
    """The cursor, if what it holds is of one of these kinds: else a stranger's. Errors: InvalidError
    (kit.cursor)."""
    if text is None:
        return None
    held: tuple[Any, ...] = decode(text)
    if not any(_is(held, kind) for kind in kinds):
        decode("!")  # raises the same error
    return text


def _is(held: tuple[Any, ...], kinds: tuple[type, ...]) -> bool:
    return len(held) == len(kinds) and all(_fits(*one) for one in zip(held, kinds, strict=True))


def _fits(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not (isinstance(value, datetime) and value.utcoffset() is None)


BY_DUE = (datetime, UUID)
NEWEST = (UUID,)
