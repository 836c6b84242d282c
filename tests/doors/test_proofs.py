"""A version proved once more at the desk, by the worker; and versions compared in words."""

import re
from typing import TYPE_CHECKING

import pytest

from gantang import engine
from gantang.desk import versions
from gantang.kit import clock
from gantang.kit.errors import ForbiddenError
from gantang.procedures import queries, service
from gantang.procedures.models import Proof
from gantang.procedures.service.proofs import LEASE
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/procedures/assist/"


def hash_of(name: str, variant: str = "") -> str:
    return next(one.hash for one in queries.versions() if (one.name, one.variant) == (name, variant))


def test_a_version_is_proved_once_more_by_the_worker_and_the_page_tells_its_bounds(world: "World"):
    client, _ = client_of(world, DESK[0], "admin")
    assert client.post(PAGE).status_code == 302
    assert "正在再证一遍" in content(client.get(PAGE))
    assert client.post(PAGE).status_code == 302, "while it is in work, nothing more is asked for"
    assert service.prove_due(clock=clock.now) == 1
    found = queries.proof(hash_of("assist"))
    assert found is not None and found.findings == () and found.first is not None and "天" in found.first.zh
    page = content(client.get(PAGE))
    assert "又证了一遍，没有毛病" in page and found.first.zh in page


def test_a_finding_stands_in_words_on_the_page_and_in_the_drawing(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    fault = engine.Finding(
        "idling",
        "somewhere/packs/assist/procedure.yaml",
        12,
        engine.Words("示例的毛病", "a sample fault"),
        engine.Words("示例的改法", "a sample remedy"),
        "assist/states/asked",
    )
    none = engine.Bound("assist", None, None)
    monkeypatch.setattr("gantang.procedures.service.proofs.proved", lambda one, packs: ((fault,), none))
    service.order_proof(actor=world.cast.admin, digest=hash_of("assist"), now=clock.now())
    assert service.prove_due(clock=clock.now) == 1
    client, _ = client_of(world, DESK[0], "receiver")
    page = content(client.get(PAGE))
    assert "示例的毛病" in page and "示例的改法" in page and "assist/procedure.yaml:12" in page
    assert "somewhere" not in page and "found=1" in page
    picture = re.search(r'<img src="([^"]+)"', page)
    assert picture is not None
    assert "示例的毛病" in content(client.get(picture.group(1).replace("&amp;", "&")))


def test_only_administering_posts_ask_for_a_proof_and_one_that_broke_off_is_taken_over(world: "World"):
    with pytest.raises(ForbiddenError):
        service.order_proof(actor=world.cast.county_leader, digest=hash_of("assist"), now=clock.now())
    now = clock.now()
    Proof.objects.create(hash=hash_of("assist"), state=Proof.WORKING, asked_at=now, told_at=now)
    assert service.prove_due(clock=lambda: now) == 0
    assert service.prove_due(clock=lambda: now + 2 * LEASE) == 1


def test_versions_are_compared_in_words_and_never_by_the_names_of_the_code(world: "World"):
    base = queries.by_hash(hash_of("dispute"))
    codes = {*base.fields, *base.states, *base.moves, *base.documents}
    for variant in ("medical", "labour", "school"):
        lines = versions.differences(base, queries.by_hash(hash_of("dispute", variant)))
        assert lines
        told = {
            word
            for line in lines
            for word in re.findall(r"[a-z_]{3,}", f"{line.title} {line.was} {line.now}")
        }
        assert not told & codes, (variant, told & codes)
