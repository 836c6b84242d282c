"""`python -m tests.faults.signed receiver`: the cookie of a session for one of the cast. Run beside a site."""

import sys

from gantang.cli import surroundings


def main() -> None:
    """Print the session's key."""
    with surroundings.django():
        from django.contrib.auth import get_user_model
        from django.test import Client

        from gantang.kit import clock
        from tests.world import World

        account = World(clock.now().date()).account_of(sys.argv[1])
        client = Client()
        person = get_user_model().objects.get(pk=account)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        print(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main()
