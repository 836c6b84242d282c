"""Bring a database to the schema of the code: roles, schema as the owner, grants, then the shipped facts."""

from django.core.management import call_command

from gantang.kit import clock, roles


def migrate(*, verbosity: int = 1) -> None:
    """Safe to repeat; the app's role gets what it needs and owns nothing."""
    roles.make_roles()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    roles.grant()
    seed()


def seed() -> None:
    """Divisions, classes, calendars and the packs in force, from what is shipped; again adds nothing."""
    from gantang.catalogue import service as catalogue
    from gantang.procedures import service as procedures
    from gantang.territory import service as territory

    now = clock.now()
    territory.seed()
    catalogue.seed(now=now)
    procedures.seed(now)
