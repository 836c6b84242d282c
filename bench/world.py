"""Who asks: one post at each level of the ground, with a program's token and a browser's session."""

from dataclasses import dataclass
from functools import cached_property

COUNTY, TOWNSHIP, VILLAGE, CITY, PROVINCE = "360428", "360428101", "360428101001", "3604", "36"


@dataclass(frozen=True)
class Persona:
    """A post by its centre's ground and its title."""

    name: str
    ground: str
    title: str

    @cached_property
    def post(self) -> int:
        """The post's number."""
        from gantang.kit import clock
        from gantang.posts import queries as posts

        today = clock.now().date()
        units = [one for one in posts.units(self.ground, on=today) if one.ground == self.ground]
        found = [
            post.id
            for unit in units
            if unit.kind in {"centre", "village"}
            for post in posts.posts(unit.id, today)
            if post.title == self.title
        ]
        return found[0]

    def actor(self):  # type: ignore[no-untyped-def]
        """The actor of a program that acts for the post."""
        from gantang.kit import clock
        from gantang.posts import queries as posts

        return posts.actor_of(post=self.post, on=clock.now().date(), client="api:bench")

    @cached_property
    def token(self) -> str:
        """The bearer token of a new program that acts for the post."""
        from gantang.identity import service as identity
        from gantang.kit import clock
        from gantang.kit.actor import SYSTEM

        return identity.make_client(actor=SYSTEM, name=f"bench {self.name}", post=self.post, now=clock.now())

    @cached_property
    def session(self) -> str:
        """The key of a session in which the post's holder has signed in."""
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
        from django.contrib.sessions.backends.db import SessionStore

        from gantang.kit import clock
        from gantang.posts import queries as posts

        serving = posts.resolver(clock.now().date()).serving(unit=self.actor().unit, post=self.post)
        user = get_user_model().objects.get(pk=serving[0].account)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["post"] = self.post
        session.create()
        return str(session.session_key)


PERSONAS = (
    Persona("village", VILLAGE, "负责岗"),
    Persona("township", TOWNSHIP, "受理岗"),
    Persona("county", COUNTY, "分拨岗"),
    Persona("city", CITY, "负责岗"),
    Persona("province", PROVINCE, "负责岗"),
)
BY_NAME = {one.name: one for one in PERSONAS}
