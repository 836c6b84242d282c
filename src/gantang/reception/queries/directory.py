"""The directory, for everybody."""

from datetime import date
from typing import Any

from gantang.engine import Words
from gantang.kit import clock
from gantang.posts import queries as posts
from gantang.posts.types import UnitView
from gantang.reception.errors import NoCentreError
from gantang.reception.models import Listing, Offer, Service
from gantang.reception.types import ListingView, OfferView, ServiceView, Week


def services(*, on: date | None = None) -> list[ServiceView]:
    """The services in force, in order."""
    day = on or clock.now().date()
    rows = Service.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day)
    return [service_view(row) for row in rows.order_by("position", "code")]


def listings(ground: str = "", *, hidden: bool = False) -> list[ListingView]:
    """The centres of a ground and below it that are in the directory; ``hidden`` with those not shown."""
    units = {one.id: one for one in _centres(ground)}
    rows = Listing.objects.filter(pk__in=units)
    rows = rows if hidden else rows.filter(shown=True)
    found, known = list(rows), _known()
    offers: dict[int, list[Offer]] = {}
    for one in Offer.objects.filter(listing__in=[row.pk for row in found], ended_on=None):
        offers.setdefault(one.listing_id, []).append(one)
    views = [_view(row, units[row.pk], offers.get(row.pk, []), known) for row in found]
    return sorted(views, key=lambda one: (one.ground, one.centre))


def listing(centre: int, *, hidden: bool = False) -> ListingView:
    """One of them. Errors: NoCentreError."""
    row = Listing.objects.filter(pk=centre).first()
    if row is None or not (row.shown or hidden):
        raise NoCentreError
    return _view(row, posts.unit(centre), list(row.offers.filter(ended_on=None)), _known())


def centres(ground: str) -> list[UnitView]:
    """The centres of a ground, in the directory or not."""
    return _centres(ground)


def week_of(kept: Any) -> Week:
    """A week as it is kept."""
    return {int(day): tuple((str(a), str(b)) for a, b in spans) for day, spans in kept.items()}


def offer_view(row: Offer, known: dict[str, ServiceView]) -> OfferView:
    """An offer with the words of its service, also of one that ended."""
    service = known.get(row.service) or _ended(row.service)
    return OfferView(row.pk, service, row.minutes, row.places, row.ahead)


def service_view(row: Service) -> ServiceView:
    """A line of the list."""
    return ServiceView(
        row.code,
        Words(row.zh, row.en),
        Words(row.bring_zh, row.bring_en),
        row.position,
        row.basis,
        row.valid_from,
    )


def _centres(ground: str) -> list[UnitView]:
    return posts.units(ground, on=clock.now().date(), kind="centre")


def _known() -> dict[str, ServiceView]:
    return {one.code: one for one in services()}


def _ended(code: str) -> ServiceView:
    row = Service.objects.filter(code=code).order_by("-valid_from").first()
    return ServiceView(code, Words(code, code), Words("", "")) if row is None else service_view(row)


def _view(row: Listing, unit: UnitView, offers: list[Offer], known: dict[str, ServiceView]) -> ListingView:
    views = [offer_view(one, known) for one in offers]
    return ListingView(
        row.pk,
        unit.name,
        unit.ground,
        row.address,
        row.phone,
        week_of(row.week),
        row.shown,
        tuple(sorted(views, key=lambda one: (one.service.position, one.service.code))),
    )
