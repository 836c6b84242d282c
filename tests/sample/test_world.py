"""The tests' world is there, and its cast is what the names say."""

from tests.world import CAST, World


def test_everybody_of_the_cast_is_there(world: World) -> None:
    for name in CAST:
        assert getattr(world.cast, name).account == world.account_of(name)
