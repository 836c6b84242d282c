"""How this room's messages are worded when they leave."""


def register() -> None:
    """Tell the outbox of the renderers."""
