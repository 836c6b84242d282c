"""Whether somebody answers people who ask what is held about them."""

from gantang.kit.actor import Actor

#: The duty that answers (个人信息保护法 §50, §52); sight is as wide as its remit, and no wider.
PRIVACY = "privacy"


def answers_people(actor: Actor) -> bool:
    """Whether the actor holds the duty on any ground."""
    return any(one.duty == PRIVACY for one in actor.sight)
