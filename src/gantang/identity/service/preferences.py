"""How an account likes to look at things: preferences of its own, no steps of a ledger."""

from datetime import datetime

from gantang.identity import rules
from gantang.identity.errors import ViewsFullError
from gantang.identity.service.accounts import locked
from gantang.kit.actor import Actor
from gantang.kit.work import work


def prefer(*, actor: Actor, language: str, theme: str, density: str = "") -> None:
    """Keep the actor's own language, theme and density of tables; an unknown choice changes nothing."""
    if actor.account is not None and rules.is_preference(language, theme, density):
        with work(actor) as w:
            row = locked(actor.account)
            row.language, row.theme, row.density = language, theme, density
            w.change(row, ["language", "theme", "density"])


def welcomed(*, actor: Actor, now: datetime) -> None:
    """Keep that an account put its first steps aside, on whatever device (a preference, no step)."""
    if actor.account is not None:
        with work(actor) as w:
            row = locked(actor.account)
            if row.welcomed_at is None:
                row.welcomed_at = now
                w.change(row, ["welcomed_at"])


def keep_view(*, actor: Actor, address: str) -> None:
    """Keep a list's address (codes alone, no words) as the last of the actor's own views. Errors:
    ViewsFullError."""
    if actor.account is not None and 0 < len(address) <= rules.LONGEST_VIEW:
        _change(actor, actor.account, address, kept=True)


def drop_view(*, actor: Actor, address: str) -> None:
    """Keep it no longer."""
    if actor.account is not None:
        _change(actor, actor.account, address, kept=False)


def _change(actor: Actor, account: int, address: str, *, kept: bool) -> None:
    with work(actor) as w:
        row = locked(account)
        views = [one for one in row.views if one != address] + [address] * kept
        if len(views) > rules.MOST_VIEWS:
            raise ViewsFullError
        row.views = views
        w.change(row, ["views"])
