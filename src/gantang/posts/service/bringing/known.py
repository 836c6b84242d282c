"""What the rows of a sheet name, looked up in what was read once."""

from abc import ABC, abstractmethod
from collections import defaultdict
from datetime import date, datetime
from difflib import get_close_matches

from gantang.catalogue import queries as catalogue
from gantang.kit.errors import GantangError
from gantang.kit.work import Work
from gantang.posts import errors
from gantang.posts.models import Post, Unit
from gantang.posts.rules.sheet import Read
from gantang.posts.service import common
from gantang.posts.types import RemitChange

#: For so many names that are not there the nearest one is looked for.
_NEAREST = 20


class Known:
    """Units, posts, classes and grounds by what a person writes."""

    def __init__(self, within: str) -> None:
        self.within = within
        self.units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.order_by("pk"):
            self.units[unit.name].append(unit)
        self._posts: dict[tuple[int, str], list[Post]] | None = None
        self._classes = {one.title.zh: one.code for one in catalogue.classes()} | {
            one.code: one.code for one in catalogue.classes()
        }
        self._asked = 0

    def klass(self, text: str) -> str:
        """A class by code or title. Errors: WrongError."""
        code = "*" if text == "*" else self._classes.get(text)
        if code is None:
            raise errors.wrong_class(text)
        return code

    def ground(self, ground: str, on: date) -> str:
        """A ground in use on a day and within what the sheet may change. Errors: WrongError."""
        if not ground.startswith(self.within):
            raise errors.not_within(ground, self.within)
        common.check_ground(ground, on)
        return ground

    def unit(self, text: str, on: date) -> Unit:
        """A unit in office on a day, by its name or ``name@ground``. Errors: UnknownError, WrongError."""
        name, _at, ground = text.rpartition("@") if "@" in text else (text, "", "")
        found = [one for one in self.units.get(name, ()) if ground in ("", one.ground)]
        there = [one for one in found if in_force(one.valid_from, one.valid_to, on)]
        if len(there) > 1:
            raise errors.ambiguous_unit(name, [one.ground for one in there])
        if not there:
            raise errors.unknown_unit(text, self._nearest(name, bool(found)))
        return there[0]

    def own_unit(self, text: str, on: date) -> Unit:
        """A unit on the ground that the sheet may change. Errors: as ``unit``."""
        found = self.unit(text, on)
        if not found.ground.startswith(self.within):
            raise errors.not_within(found.ground, self.within)
        return found

    def post(self, unit: Unit, title: str, on: date) -> Post:
        """A post of a unit in force on a day. Errors: UnknownError."""
        for one in self.posts_of(unit.pk, title):
            if in_force(one.valid_from, one.valid_to, on):
                return one
        raise errors.unknown_post(title, unit.name)

    def leader(self, text: str, unit: Unit, on: date) -> Post | None:
        """The responsible leader's post: ``title`` in the lead unit, ``title@unit`` elsewhere."""
        if not text:
            return None
        title, at, other = text.partition("@")
        return self.post(self.unit(other, on) if at else unit, title, on)

    def posts_of(self, unit: int, title: str) -> list[Post]:
        """The posts of a unit that bore this title, whenever."""
        if self._posts is None:
            self._posts = defaultdict(list)
            for post in Post.objects.select_related("unit").order_by("pk"):
                self._posts[post.unit_id, post.title].append(post)
        return self._posts.get((unit, title), [])

    def _nearest(self, name: str, ended: bool) -> str:
        self._asked += 1
        if ended or self._asked > _NEAREST:
            return ""
        return next(iter(get_close_matches(name, self.units, 1, 0.7)), "")


class Rows(ABC):
    """How one kind of row is compared with what is there, and written."""

    @abstractmethod
    def __init__(self, known: Known, *, replacing: bool) -> None:
        """Read once what all rows are compared with."""

    @abstractmethod
    def take(self, read: Read) -> str:
        """What a row comes to: added, changed or same. Errors: RowError, or any one error."""

    @abstractmethod
    def write(self, w: Work, now: datetime) -> None:
        """Write all rows that were taken."""

    def late(self) -> list[tuple[int, GantangError]]:
        """What only shows once all rows were read, by row."""
        return []

    def changes(self) -> tuple[RemitChange, ...]:
        """What the rows that fit would change of who answers."""
        return ()


class Found:
    """The errors of one row, gathered, so that all of them are told at once."""

    def __init__(self) -> None:
        self.errors: list[GantangError] = []

    def check(self) -> None:
        """Errors: RowError."""
        if self.errors:
            raise errors.RowError(self.errors)


def in_force(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on < until)
