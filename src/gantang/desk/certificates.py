"""What a certificate's page shows: its holder the code, whoever administers it the name, masked."""

from typing import Any

from django.utils.translation import get_language

from gantang.desk.learningforms import REASONS, RemovalForm
from gantang.desk.people import REASONS as OPENING
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.learning import queries
from gantang.learning.types import CertificateView
from gantang.territory import queries as territory
from gantang.vault import queries as vault


def shown(actor: Actor, one: CertificateView) -> dict[str, Any]:
    """The context of the page."""
    runs = queries.runs(actor, one)
    return {
        "certificate": one,
        "title": one.title.of(get_language() or ""),
        "place": " ".join(territory.path(one.ground)[-3:]),
        "runs": runs,
        "masked": _masked(actor, one) if runs else "",
        "reason": dict(REASONS).get(one.reason, ""),
        "removal": RemovalForm(),
        "opening": OPENING.items(),
    }


def _masked(actor: Actor, one: CertificateView) -> str:
    """The holder's name with all but a part hidden; "" where the holder is an account."""
    if one.entry is None:
        return ""
    cards = vault.cards(actor, city=keys.city_of(one.id), matter=one.id, holds_duty=True)
    return cards[0].shown.get("name", "") if cards else ""
