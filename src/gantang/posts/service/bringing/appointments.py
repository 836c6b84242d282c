"""Who holds which post, from a sheet."""

from collections import defaultdict
from datetime import date, datetime

from gantang.identity import queries as identity
from gantang.kit.work import Work
from gantang.posts import errors, rules
from gantang.posts.models import Appointment
from gantang.posts.rules import sheet
from gantang.posts.service import common
from gantang.posts.service.bringing.known import Known, Rows

#: A post, and whether it is acted for.
Seat = tuple[int, bool]


class Appointments(Rows):
    """Rows of appointments against those that stand; one is known by its post, its account and its
    beginning."""

    def __init__(self, known: Known, *, replacing: bool) -> None:
        self._known, self._replacing = known, replacing
        self._accounts = identity.numbers()
        self._there: dict[Seat, list[Appointment]] = defaultdict(list)
        for one in Appointment.objects.order_by("pk"):
            self._there[one.post_id, one.acting].append(one)
        self._planned: dict[Seat, list[tuple[int, Appointment]]] = defaultdict(list)
        self._ended: dict[int, tuple[Appointment, str]] = {}

    def take(self, read: sheet.Read) -> str:
        """What a row comes to. Errors: OverlapError, WrongError, UnknownError."""
        given, since, until = read.given, read.given["valid_from"], read.given["valid_to"]
        unit = self._known.own_unit(given["unit"], since)
        post = self._known.post(unit, given["title"], since)
        account = self._accounts.get(given["account"].lower())
        if account is None:
            raise errors.unknown_account(given["account"])
        seat = (post.pk, given["acting"])
        for row, other in self._planned[seat]:
            if rules.overlap((other.valid_from, other.valid_to), (since, until)):
                raise errors.double_row(row)
        for one in self._there[seat]:
            if (one.account, one.valid_from) == (account, since) and one.valid_from != one.valid_to:
                return self._end(one, until, post.unit.ground)
        made = Appointment(
            post=post, account=account, acting=given["acting"], valid_from=since, valid_to=until
        )
        return self._begin(read.row, seat, made)

    def _begin(self, row: int, seat: Seat, made: Appointment) -> str:
        span = (made.valid_from, made.valid_to)
        in_the_way = [o for o in self._there[seat] if rules.overlap((o.valid_from, o.valid_to), span)]
        if any(not self._replacing or one.valid_from > made.valid_from for one in in_the_way):
            raise errors.OverlapError
        for one in in_the_way:
            self._end(one, made.valid_from, made.post.unit.ground)
        self._planned[seat].append((row, made))
        return "changed" if in_the_way else "added"

    def _end(self, one: Appointment, until: date | None, ground: str) -> str:
        if until is None or until == one.valid_to:
            return "same"
        one.valid_to = until
        self._ended[one.pk] = (one, ground)
        return "changed"

    def write(self, w: Work, now: datetime) -> None:
        """New ones and ends, each a step in the stream of its post."""
        from gantang.posts.service import appointments

        made = [one for some in self._planned.values() for _row, one in some]
        ended = self._ended.values()
        for one, _ground in ended:
            Appointment.objects.filter(pk=one.pk).update(valid_to=one.valid_to)
        Appointment.objects.bulk_create(made, batch_size=1000)
        entries = [appointments.entry(one, one.post.unit.ground) for one in made]
        entries += [appointments.ended_entry(one, ground) for one, ground in ended]
        common.record_many(w.actor, entries, now)
