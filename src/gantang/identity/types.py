"""What identity hands across."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account, without its secrets."""

    id: int
    username: str
    is_active: bool
    language: str
    theme: str
    created_at: datetime
    disabled_at: datetime | None
    first_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientView:
    """A program that acts for a post; ``client`` is its idempotency client. ``waiting``: nobody has taken its
    token yet; ``old_until``: so long the token before works too."""

    id: int
    name: str
    post: int
    disabled_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    waiting: bool = False
    expires_at: datetime | None = None
    old_until: datetime | None = None

    @property
    def client(self) -> str:
        """Whose idempotency keys it uses."""
        return f"api:{self.id}"


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A browser that an account is signed in from, by kind and family in words; ``current`` is the one that
    asks."""

    id: int
    title: str
    place: str
    since: datetime
    seen: datetime
    current: bool
