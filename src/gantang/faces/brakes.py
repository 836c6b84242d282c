"""How often one person or one program may do what costs much. Counted for the account or the program, never
for the address: nobody is slowed down by whoever sits behind the same one."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, take

SEARCHES = Limit("search", 120, 60, block=8)
FILES = Limit("file", 200, 600)
#: A process takes so many calls of a program at a time.
_BLOCK = 100


class TooOftenError(GantangError):
    """More of something than one person or program may do in a while."""

    status = 429
    code = "faces.too_often"
    sentence = _("做得太快了，这一次没有办。")
    remedy = _("请过一分钟再试；程序请按 Retry-After 等候。")


def searched(actor: Actor) -> None:
    """One more search, list as a sheet, or look-up. Errors: TooOftenError."""
    _take(SEARCHES, actor)


def sent_file(actor: Actor) -> None:
    """One more file is about to be read. Errors: TooOftenError."""
    _take(FILES, actor)


def called(actor: Actor) -> None:
    """One more call of a program. Errors: TooOftenError."""
    _take(Limit("api", settings.GANTANG_API_PER_MINUTE, 60, block=_BLOCK), actor)


def _take(limit: Limit, actor: Actor) -> None:
    if not take(limit, actor.client, now=clock.now()):
        raise TooOftenError
