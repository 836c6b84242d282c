"""Makes the tests' template database: schema, roles, shipped facts, the small world. Run as a module."""

import importlib.util

import django


def main() -> None:
    """Migrate as the owner, then build the world as the app's role, as an installation would."""
    django.setup()
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from gantang.site.migrate import migrate
    from tests.conftest import FEW

    PBKDF2PasswordHasher.iterations = FEW  # else each sign-in would hash anew

    migrate(verbosity=0)
    if importlib.util.find_spec("tests.world"):
        from tests.world import build_world

        build_world()


if __name__ == "__main__":
    main()
