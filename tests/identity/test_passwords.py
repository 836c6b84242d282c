"""No password is a word of the place, one's own name, a common one or one that leaked; long and odd ones are taken."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gantang.identity import service
from gantang.identity.errors import PasswordWeakError
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from tests.identity.test_devices import is_in, sign_in
from tests.identity.test_identity import PASSWORD

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def given(world: "World", password: str) -> None:
    service.set_password(
        actor=SYSTEM, account=world.account_of("handler"), password=password, now=clock.now()
    )


def test_words_of_the_place_and_ones_own_name_are_refused(world: "World", settings: Any):
    settings.GANTANG_URL = "https://desk.wuyuanlake.example"
    settings.GANTANG_PASSWORD_WORDS = ("示例镇", "Riverside")
    for word in ("xxGanTang77!", "甘棠甘棠2026年", "示例镇综治中心7", "riverside-2026", "wuyuanlake#1"):
        with pytest.raises(PasswordWeakError):
            given(world, word)
    with pytest.raises(PasswordWeakError):
        given(world, f"x{world.username_of('handler').upper()}x1")
    given(world, PASSWORD)


def test_a_password_on_the_local_list_is_refused_however_long_the_list_is(
    world: "World", settings: Any, tmp_path: Path
):
    listed = tmp_path / "leaked.txt"
    listed.write_text("\n".join([*(f"leaked-{n:07}" for n in range(50_000)), "Tr0ub4dor&3-示例"]), "utf-8")
    settings.GANTANG_PASSWORD_LIST = listed
    for word in ("leaked-0000000", "LEAKED-0049999", "tr0ub4dor&3-示例"):
        with pytest.raises(PasswordWeakError):
            given(world, word)
    given(world, "leaked-0050000-not")


def test_the_page_on_which_one_sets_ones_own_asks_the_same(world: "World"):
    given(world, PASSWORD)
    client = sign_in(world)
    said = {"oldpassword": PASSWORD, "password1": "my-gantang-2026", "password2": "my-gantang-2026"}
    assert "字样" in client.post("/accounts/password/change/", said).content.decode()
    assert is_in(sign_in(world)), "the old one still opens"
