"""Posts from a sheet."""

from collections import defaultdict
from datetime import date, datetime

from gantang.kit.work import Work
from gantang.posts import errors, rules
from gantang.posts.models import Post
from gantang.posts.rules import sheet
from gantang.posts.service import common
from gantang.posts.service.bringing.known import Known, Rows


class Posts(Rows):
    """Rows of posts against those that stand; a post is known by its unit and its title."""

    def __init__(self, known: Known, *, replacing: bool) -> None:
        self._known = known
        self._planned: dict[tuple[int, str], list[tuple[int, Post]]] = defaultdict(list)
        self._ended: list[Post] = []

    def take(self, read: sheet.Read) -> str:
        """What a row comes to. Errors: WrongError, UnknownError."""
        given, since, until = read.given, read.given["valid_from"], read.given["valid_to"]
        unit = self._known.own_unit(given["unit"], since)
        if given["ground"]:
            self._known.ground(given["ground"], since)
            if not given["ground"].startswith(unit.ground):
                raise errors.wrong_ground(given["ground"])
        for row, other in self._planned[unit.pk, given["title"]]:
            if rules.overlap((other.valid_from, other.valid_to), (since, until)):
                raise errors.double_row(row)
        for one in self._known.posts_of(unit.pk, given["title"]):
            if rules.overlap((one.valid_from, one.valid_to), (since, until)):
                return self._compared(one, read)
        post = Post(
            unit=unit,
            title=given["title"],
            duties=list(given["duties"]),
            ground=given["ground"],
            admin=given["admin"],
            role=given["role"],
            tasks=list(given["tasks"]),
            valid_from=since,
            valid_to=until,
        )
        self._planned[unit.pk, given["title"]].append((read.row, post))
        return "added"

    def _compared(self, one: Post, read: sheet.Read) -> str:
        given = read.given
        differs = [
            heading
            for heading, mine, asked in (
                ("职责", sorted(one.duties), sorted(given["duties"])),
                ("负责地域", one.ground, given["ground"]),
                ("管理岗", one.admin, given["admin"]),
                ("角色", one.role, given["role"]),
                ("六员", sorted(one.tasks), sorted(given["tasks"])),
                ("开始日期", one.valid_from, given["valid_from"]),
            )
            if mine != asked
        ]
        if differs:
            raise errors.differs(one.title, differs)
        return self._end(one, given["valid_to"])

    def _end(self, one: Post, until: date | None) -> str:
        if until is None or until == one.valid_to:
            return "same"
        if one.appointments.filter(valid_to=None).exists():
            raise errors.still_busy(one.title)
        one.valid_to = until
        self._ended.append(one)
        return "changed"

    def write(self, w: Work, now: datetime) -> None:
        """New ones and ends, each a step."""
        made = [post for some in self._planned.values() for _row, post in some]
        Post.objects.bulk_create(made, batch_size=1000)
        for one in self._ended:
            Post.objects.filter(pk=one.pk).update(valid_to=one.valid_to)
        common.record_many(w.actor, [*map(_made, made), *map(_told_end, self._ended)], now)


def _made(one: Post) -> common.Entry:
    data = {"unit": one.unit_id, "duties": one.duties, "ground": one.ground, "admin": one.admin}
    data |= {"role": one.role, "tasks": one.tasks}
    span = {"from": common.day(one.valid_from), "to": common.day(one.valid_to)}
    return common.Entry("post", one.pk, one.unit.ground, "made", data | span, is_new=True)


def _told_end(one: Post) -> common.Entry:
    return common.Entry("post", one.pk, one.unit.ground, "ended", {"to": common.day(one.valid_to)})
