"""Who holds which post, and so who acts."""

from datetime import date

from gantang.kit.actor import Actor, is_apart
from gantang.posts import book as kept
from gantang.posts.errors import NotHolderError
from gantang.posts.models import Appointment, Unit
from gantang.posts.queries.listing import in_force, unit_view
from gantang.posts.types import HeldPost


def posts_of(account: int, on: date) -> list[HeldPost]:
    """The posts an account holds on a day; its own before those it acts for."""
    return list(kept.opened().held(account, on, _posts_of))


def _posts_of(account: int, on: date) -> list[HeldPost]:
    rows = Appointment.objects.filter(in_force(on), in_force(on, "post__"), account=account)
    return [
        HeldPost(row.pk, kept.post_view(row.post), unit_view(row.post.unit), row.acting)
        for row in rows.select_related("post__unit").order_by("acting", "pk")
    ]


def actor_of(*, account: int | None = None, post: int | None, on: date, client: str | None = None) -> Actor:
    """The actor that an account, or an API client named by ``client``, is when it acts for a post.

    ``post=None`` takes the account's first post; an account without any is an actor that sees nothing.
    Errors: NotHolderError when the account does not hold the post on that day, or the post has ended.
    """
    who = client or f"account:{account}"
    post = post if post is not None else _first_post(account, on)
    if post is None:
        return Actor(who, account)
    book = kept.opened()
    mine = book.staffed(post, on)
    if mine is None or (client is None and not any(t.on(on) and t.account == account for t in mine.tenures)):
        raise NotHolderError(post, on)
    return Actor(who, account, post, mine.post.unit, book.sight(mine, on), admin=mine.post.admin)


def grounds_of(actor: Actor) -> tuple[str, ...]:
    """The widest grounds of an actor's post: where it stands, and what its duties reach. What lies there and
    is nobody's (a public facility) it may see."""
    found = {one.ground for one in actor.sight if not is_apart(one.ground)}
    mine = kept.opened().post(actor.post) if actor.post is not None else None
    if mine is not None:
        found.add(mine.ground or Unit.objects.values_list("ground", flat=True).get(pk=mine.unit))
    return tuple(
        sorted(one for one in found if not any(one != other and one.startswith(other) for other in found))
    )


def _first_post(account: int | None, on: date) -> int | None:
    held = posts_of(account, on) if account is not None else []
    return held[0].post.id if held else None
