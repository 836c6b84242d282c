"""Bring a database to the code's schema: roles first, then the schema as the owner, then the grants."""

from django.core.management import call_command

from gantang.kit import roles


def migrate(*, verbosity: int = 1) -> None:
    """Safe to repeat; the app's role gets what it needs and owns nothing."""
    roles.make_roles()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    roles.grant()
