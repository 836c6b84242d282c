"""Who holds a box: two posts, each with a passphrase of its own; a half on paper; a change of holder.

Nothing here can be undone by the server: it keeps public keys, halves sealed to them, and private keys
locked under passphrases. Whoever forgets the passphrase takes the half from the paper; without either, what
came in stays closed.
"""

import secrets
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gantang.kit import boxes, crypto
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, InvalidError
from gantang.kit.work import Work, work
from gantang.matters.errors import (
    OpeningError,
    PaperError,
    PassphraseError,
    TipNotFoundError,
    WeakPassphraseError,
)
from gantang.matters.models import SealedBox, SealedConflict, SealedHolder
from gantang.matters.rules.sealed_halves import from_paper, join, on_paper, split
from gantang.matters.service.sealed import stream
from gantang.posts import queries as posts

_SHORTEST, _DIFFERENT = 16, 8
_LOOKS = UUID("0f6c2f0a-58a1-4b0c-9f57-6d6f2d2f9a11")
FIRST, SECOND = "first", "second"


def designate(*, actor: Actor, unit: int, first: int, second: int, now: datetime) -> int:
    """Let two posts of a unit hold its box; returns the box. One that was there keeps its tips.

    Errors: ForbiddenError for whoever administers neither this unit nor the machine itself; InvalidError for
    posts that are not two of the unit.
    """
    if not actor.admin or actor.unit not in (None, unit):
        raise ForbiddenError
    of_unit = {one.id for one in posts.posts(unit, now.date())}
    if first == second or not {first, second} <= of_unit:
        raise InvalidError("tip.posts", _("启封岗须是本单位的两个不同的岗位。"))
    with work(actor) as w:
        for old in SealedBox.objects.filter(unit=unit, ended=False):
            old.ended = True
            w.change(old, ["ended"])
        w.flush()
        box = SealedBox(unit=unit, first=first, second=second)
        w.add(box)
        w.flush()
        _complete(w, box)
    return int(box.pk)


def set_passphrase(*, actor: Actor, passphrase: str, now: datetime) -> None:
    """Make a pair of the post's own, for the halves that it is given from now on; those it holds keep theirs.

    When both posts of a box have a pair, the box gets its key, in two halves. Errors: TipNotFoundError for
    a post of a unit without a box; WeakPassphraseError.
    """
    post = _post(actor)
    if not SealedBox.objects.filter(unit=_unit(actor), ended=False).exists():
        raise TipNotFoundError
    if len(passphrase) < _SHORTEST or len(set(passphrase)) < _DIFFERENT:
        raise WeakPassphraseError
    private, public = boxes.new_pair()
    with work(actor) as w:
        w.add(SealedHolder(post=post, public=public, locked=boxes.lock(passphrase, private, _own(post))))
        w.flush()
        for box in _boxes(post).filter(public=None):
            _complete(w, box)


def _complete(w: Work, box: SealedBox) -> None:
    """Give a box its key once both posts can hold a half."""
    first, second = _newest(box.first), _newest(box.second)
    if first is None or second is None:
        return
    private, box.public = boxes.new_pair()
    halves = split(private, secrets.token_bytes(32))
    for side, holder, half in zip((FIRST, SECOND), (first, second), halves, strict=True):
        _put(box, side, holder, half)
        setattr(box, f"{side}_mark", crypto.mac("sealed half", *_marked(box.pk, half)))
    w.change(box, ["public", *_names(FIRST), *_names(SECOND), "first_mark", "second_mark"], public=None)


def _put(box: SealedBox, side: str, holder: SealedHolder, half: bytes) -> None:
    setattr(box, side, holder.post)
    setattr(box, f"{side}_key", holder.pk)
    setattr(box, f"{side}_half", boxes.seal_to(bytes(holder.public), half, _half(box.pk, side)))


def _names(side: str) -> list[str]:
    return [side, f"{side}_key", f"{side}_half"]


def _newest(post: int) -> SealedHolder | None:
    return SealedHolder.objects.filter(post=post).order_by("-pk").first()


def paper(*, actor: Actor, box: int, passphrase: str, now: datetime) -> tuple[str, ...]:
    """The four lines of the post's own half, to be written or printed and sealed in an envelope. Given out
    once.

    Errors: TipNotFoundError, PassphraseError, OpeningError when it was given out before.
    """
    with work(actor) as w:
        row, side = _mine(actor, box)
        if getattr(row, f"{side}_printed"):
            raise OpeningError
        half = half_of(row, side, passphrase)
        setattr(row, f"{side}_printed", True)
        w.change(row, [f"{side}_printed"], **{f"{side}_printed": False})
    return on_paper(half)


def hand_on(*, actor: Actor, box: int, passphrase: str, to: int, now: datetime) -> None:
    """Wrap the post's half anew for another post of the unit, or for itself after a new passphrase was set.

    Errors: TipNotFoundError, PassphraseError, InvalidError for a post that may not hold it.
    """
    with work(actor) as w:
        row, side = _mine(actor, box)
        _give(w, row, side, half_of(row, side, passphrase), to, now)


def take_over(*, actor: Actor, box: int, side: str, typed: str, now: datetime) -> None:
    """Take a half from paper, when its holder left or forgot; the post has set its passphrase beforehand.

    Errors: TipNotFoundError, PaperError, InvalidError for a post that may not hold it.
    """
    with work(actor) as w:
        row = SealedBox.objects.select_for_update().filter(pk=box, unit=_unit(actor)).first()
        if row is None or side not in (FIRST, SECOND):
            raise TipNotFoundError
        _give(w, row, side, _known_half(row, side, typed), _post(actor), now)


def typed_half(actor: Actor, box: int, typed: str) -> tuple[SealedBox, str, bytes]:
    """The box, the side and the half that the actor's post holds, by the four lines that it was shown.

    Errors: TipNotFoundError, PaperError.
    """
    row = SealedBox.objects.filter(pk=box).first()
    if row is None:
        raise TipNotFoundError
    side = side_of(actor, row)
    return row, side, _known_half(row, side, typed)


def _known_half(row: SealedBox, side: str, typed: str) -> bytes:
    """A half as typed, if it is the one of this side. Errors: PaperError."""
    half, mark = from_paper(typed), bytes(getattr(row, f"{side}_mark") or b"")
    if half is None or not mark or not crypto.same_mac(mark, "sealed half", *_marked(row.pk, half)):
        raise PaperError
    return half


def _give(w: Work, row: SealedBox, side: str, half: bytes, post: int, now: datetime) -> None:
    other = row.second if side == FIRST else row.first
    holder = _newest(post)
    if post == other or holder is None or post not in {one.id for one in posts.posts(row.unit, now.date())}:
        raise InvalidError("tip.posts", _("这个岗位不能接手：须是本单位的另一个岗位，并且已经设好口令。"))
    _put(row, side, holder, half)
    w.change(row, _names(side))


def declare(*, actor: Actor, units: list[int], now: datetime) -> None:
    """Declare the units one stands in conflict with, in place of what was declared before. Told to nobody;
    the routing leaves the post's box out of what concerns them, before anything is opened. Errors:
    TipNotFoundError."""
    post = _post(actor)
    if not _boxes(post).exists():
        raise TipNotFoundError
    with work(actor) as w:
        for old in SealedConflict.objects.filter(post=post):
            w.remove(old)
        for unit in dict.fromkeys(units):
            w.add(SealedConflict(post=post, unit=unit))


def declared(*, actor: Actor) -> list[int]:
    """What the post itself declared; nobody else's. Errors: TipNotFoundError."""
    return list(
        SealedConflict.objects.filter(post=_post(actor)).order_by("unit").values_list("unit", flat=True)
    )


def may_take_over(actor: Actor) -> bool:
    """Whether the post's unit has a box, so that the post may be given a half."""
    return actor.post is not None and SealedBox.objects.filter(unit=actor.unit or 0).exists()


def unit_boxes(actor: Actor) -> list[SealedBox]:
    """The boxes of the post's unit, for a take-over from paper."""
    return list(SealedBox.objects.filter(unit=_unit(actor)).order_by("pk"))


def half_of(box: SealedBox, side: str, passphrase: str) -> bytes:
    """The half of one side, by its holder's passphrase. Errors: PassphraseError."""
    holder = SealedHolder.objects.filter(pk=getattr(box, f"{side}_key")).first()
    sealed = getattr(box, f"{side}_half")
    if holder is None or sealed is None:
        raise PassphraseError
    try:
        private = boxes.unlock(passphrase, bytes(holder.locked), _own(holder.post))
        return boxes.open_with(private, bytes(sealed), _half(box.pk, side))
    except crypto.SealError:
        raise PassphraseError from None


def key_of(box: SealedBox, first: bytes, second: bytes) -> bytes:
    """The box's private key of both halves. Errors: PassphraseError if they are not its own."""
    private = join(first, second)
    if boxes.public_of(private) != bytes(box.public or b""):
        raise PassphraseError
    return private


def side_of(actor: Actor, box: SealedBox) -> str:
    """Which of the two the actor's post is. Errors: TipNotFoundError."""
    sides = {box.first: FIRST, box.second: SECOND}
    if actor.post is None or actor.account is None or actor.post not in sides:
        raise TipNotFoundError
    return sides[actor.post]


def boxes_of(actor: Actor) -> list[SealedBox]:
    """The boxes that the actor's post holds, ended ones too."""
    return list(_boxes(actor.post)) if actor.post is not None and actor.account is not None else []


def looked(w: Work, *, actor: Actor, box: SealedBox, tip: UUID, reason: str, now: datetime) -> None:
    """A step on the account's own stream of openings: sealed to the box, so that only its two holders read
    it."""
    pieces = stream.held(w, looks_of(actor.account or 0, box.pk), public=bytes(box.public or b""))
    pieces.add(
        {"kind": "opened", "tip": str(tip), "post": actor.post, "reason": reason, "at": now.isoformat()}
    )


def looks_of(account: int, box: int) -> UUID:
    """The stream of what an account opened of a box."""
    return uuid5(_LOOKS, f"{account}:{box}")


def _post(actor: Actor) -> int:
    if actor.post is None or actor.account is None:
        raise TipNotFoundError
    return actor.post


def _unit(actor: Actor) -> int:
    if actor.unit is None:
        raise TipNotFoundError
    return actor.unit


def _boxes(post: int) -> QuerySet[SealedBox]:
    return SealedBox.objects.filter(Q(first=post) | Q(second=post)).order_by("pk")


def _mine(actor: Actor, box: int) -> tuple[SealedBox, str]:
    row = SealedBox.objects.select_for_update().filter(pk=box).first()
    if row is None:
        raise TipNotFoundError
    return row, side_of(actor, row)


def _own(post: int) -> bytes:
    return b"sealed holder" + post.to_bytes(8, "big")


def _half(box: int, side: str) -> bytes:
    return f"sealed half {box} {side}".encode()


def _marked(box: int, half: bytes) -> tuple[bytes, bytes]:
    return box.to_bytes(8, "big"), half
