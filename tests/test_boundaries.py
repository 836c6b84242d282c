"""What Gantang refuses (docs/boundaries.md): matters, not people. Whoever crosses a line here is told so."""

import ast
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models

from gantang import engine
from gantang.cli.check import SHIPPED
from gantang.vault.rules import entries

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "gantang"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

#: Parts of a name that would say what nobody is asked here.
REFUSED = {
    "religion", "religious", "faith", "belief", "church", "ethnicity", "ethnic", "race", "nationality",
    "politics", "political", "party_member", "membership", "petitions", "petition_history", "petitioner",
    "score", "scores", "credit", "rank", "ranking", "risk_level", "profile", "profiling", "blacklist", "watchlist",
    "suspect", "dangerousness", "criminal", "conviction", "face", "gait", "voiceprint", "fingerprint", "biometric",
}  # fmt: skip
REFUSED_ZH = (
    "宗教", "信仰", "民族", "种族", "党派", "政治面貌", "党员", "上访史", "信访记录", "信访史", "前科", "积分", "信用分",
    "风险等级", "重点人员", "画像", "黑名单", "人脸", "声纹", "指纹", "步态",
)  # fmt: skip

#: Every text column outside the vault, with why it holds no words about a person. A new one is written down here or
#: does not come in. Whole tables of others' programs are named by their app.
PLAIN = {
    "auth": "Django's permissions and groups; neither is used",
    "contenttypes": "names of models",
    "sessions": "which account is signed in, which post it acts for",
    "account": "django-allauth's mail addresses; no account has one",
    "kit.Counter": "names of counters",
    "kit.Bucket": "a keyed hash of whoever it is counted for, and figures",
    "kit.KeyMark": "names and keyed hashes of keys",
    "kit.Trouble": "what a job is called, an id, a code of an error",
    "kit.IdempotencyKey": "client and key as ids, the body as a keyed hash, the answer as a reference",
    "ledger": "codes, ids and moments; text is refused when a step is written",
    "outbox": "codes and references; text is refused when a row is written",
    "identity.Account": "a name to sign in with, a hash of the password, language, theme, density, lists' codes",
    "identity.Device": "a browser's own name and its address without the last part, both shown to the account alone",
    "identity.Try": "a keyed hash",
    "mfa": "django-allauth's second factors: sealed secrets and hashes of recovery codes",
    "identity.ApiClient": "what a program is called, a hash of its token",
    "tallies": "codes of the dimensions",
    "territory": "codes and names of divisions, grids and facilities, titles of changes and the documents they rest on; of "
    "places their address, hours and office telephone",
    "catalogue": "codes and words of the field, each with its source",
    "posts.Unit": "names of public bodies, codes",
    "posts.Stationing": "a code",
    "posts.Post": "what a post is called, its duties, its ground: never who holds it",
    "posts.Function": "a code",
    "posts.Group": "what a group of posts is called, codes, and the document it rests on",
    "posts.Membership": "a code: which post, never who",
    "posts.Remit": "codes, and the document it rests on",
    "posts.Version": "a code",
    "procedures": "packs as they were read",
    "advice.Model": "pieces of at most three characters that stand in at least three gists, numbers, figures",
    "advice.Suggestion": "codes of classes, figures, places in the gist and its keyed hash; never the pieces",
    "patrol.Point": "a place of the patrol: its name, codes",
    "patrol.Vessel": "a public vessel: its name, its plate, a code",
    "patrol.Zone": "the name of a zone of the lake",
    "patrol.Shape": "a code and an outline of water",
    "patrol.Level": "a code and the public source of a water level",
    "patrol.Route": "the name of a route, ids of points and zones",
    "patrol.Officer": "codes of qualifications, days; the post by its number",
    "patrol.Roster": "a plan of codes, days and numbers of posts, and what a search came to",
    "patrol.Shift": "codes, numbers of matters",
    "patrol.Crew": "a ground",
    "patrol.Concern": "codes",
    "patrol.Log": "a code, ids of outlines",
    "patrol.Position": "a ground",
    "patrol.Order": "codes, the number of a matter",
    "patrol.Handover": "ids of orders",
    "fund.Fund": "what a fund is called, a ground",
    "fund.Entry": "codes, a document's name and number, an organisation that gave (in full, never an individual), a number",
    "fund.Year": "a state, a ground",
    "fund.Publication": "codes of kinds, their names, sums",
    "learning.Course": "what a course is called and about, with its source",
    "learning.Lesson": "what is taught",
    "learning.Question": "questions of a bank and their closed answers",
    "learning.Attempt": "places of answers and ids of questions",
    "learning.Certificate": "a ground, a keyed hash; a holder who is no account lies in the vault",
    "learning.Households": "a village's code",
    "learning.Event": "what a public event was about and where; who came is a number",
    "learning.Training": "what a training was about",
    "learning.Removal": "a code of a reason",
    "reception.Service": "names of services and what to bring",
    "reception.Listing": "a public office: its address, telephone and hours",
    "reception.Offer": "a code",
    "reception.Edition": "codes, names of grounds and classes, counts",
    "reception.EditionOrder": "a ground, a state, the code of an error",
    "reception.Notice": "what an authority publishes; comments lie in the vault",
    "reception.Comment": "a keyed hash; the words lie in the vault",
    "reception.Booking": "a state, a keyed hash; who comes lies in the vault",
    "matters.Matter": "codes; and the gist, from which numbers, plates and names are masked",
    "matters.Party": "role, and by which way the person may be reached; who it is lies in the vault",
    "matters.AccessCode": "a keyed hash",
    "matters.Share": "a duty",
    "matters.Link": "a code",
    "matters.Message": "a kind; the words lie in the vault",
    "matters.Attachment": "a keyed hash and the type; the bytes are sealed",
    "matters.Document": "kind, number of issue and a keyed hash; the bytes are sealed",
    "matters.DocumentCode": "a keyed hash",
    "matters.Session": "codes of how, why and in which state; people by their number in the matter",
    "matters.Signature": "who signed by number or duty, and how; what was drawn lies in the vault",
    "matters.Asking": "codes of what was asked, how it came and ended, a matter's number; never who asked",
    "matters.Sweep": "codes and a ground; the reason of an outage is a code, too",
    "matters.Moved": "the ground a matter lies on, and which of its deadlines moved",
    "matters.SealedHolder": "keys, the private one locked under a passphrase",
    "matters.SealedBox": "numbers, a public key, sealed halves of the private one and keyed hashes of them",
    "matters.SealedTip": "a unit's number; all else is sealed or a keyed hash",
    "matters.SealedHead": "a public key and keyed hashes",
    "matters.SealedPiece": "sealed, and a keyed hash",
    "matters.SealedNotice": "a unit's number and a day",
    "matters.SealedOpening": "numbers, public keys and what is sealed to them",
}
TEXTUAL = (models.CharField, models.TextField, models.JSONField, models.BinaryField)

RECOGNISERS = {
    "face-recognition", "insightface", "deepface", "facenet-pytorch", "dlib", "retina-face", "mtcnn", "opencv-python",
    "opencv-python-headless", "opencv-contrib-python", "mediapipe", "openalpr", "hyperlpr3", "fast-alpr",
    "speechbrain", "resemblyzer", "pyannote-audio", "vosk", "openai-whisper", "face-api-js", "face-api.js", "tracking",
    "cv2", "face_recognition", "pyannote", "whisper", "hyperlpr", "facenet_pytorch",
}  # fmt: skip
MEASURING = {"appraisal", "surveys", "warning", "screen", "faces"}
DIMENSIONS = {
    "day",
    "klass",
    "procedure",
    "unit",
    "channel",
    "urban",
    "cause",
    "measure",
    "ground",
    "basis",
    "city",
    "n",
    "campaign",
}


def with_text() -> list[str]:
    """The tables with a column that could hold a text."""
    tables = apps.get_models(include_auto_created=True)
    return [
        model._meta.label
        for model in tables
        if any(isinstance(field, TEXTUAL) for field in model._meta.concrete_fields)
    ]


def refused(name: str, *titles: object) -> str | None:
    """The part of a name or of its title that nobody may ask, or None."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    pairs = {"_".join(pair) for pair in itertools.pairwise(words)}
    found = next(iter(REFUSED & ({*words} | pairs)), None)
    said = " ".join(str(title) for title in titles)
    return found or next((part for part in REFUSED_ZH if part in said), None)


# --- nothing about a person but in the vault ----------------------------------------------------------


def test_text_about_people_lies_in_the_vault_only():
    unlisted = [label for label in with_text() if not _is_plain(label)]
    assert unlisted == [], (
        "a text column outside the vault: say in PLAIN why it holds no words about a person"
    )


def _is_plain(label: str) -> bool:
    return label in PLAIN or label.split(".")[0] in {*PLAIN, "vault"}


def test_every_reason_on_the_list_is_still_needed():
    used = {name for label in with_text() for name in (label, label.split(".")[0])}
    assert set(PLAIN) - used == set()


def test_the_vault_keeps_no_more_of_a_person_than_is_needed_to_help():
    assert {
        "name", "phone", "id_number", "address", "email", "plate", "relation", "gender", "born_on", "place",
    } == entries.FIELDS  # fmt: skip


# --- nothing that profiles ----------------------------------------------------------------------------


def test_no_table_asks_for_belief_origin_opinion_or_score():
    found = {
        f"{model._meta.label}.{field.name}": word
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if (word := refused(field.name, getattr(field, "verbose_name", ""))) is not None
    }
    assert found == {}


def test_no_form_asks_for_it():
    found = {
        f"{form.__module__}.{form.__name__}.{name}": word
        for form in _below(forms.BaseForm)
        if form.__module__.startswith("gantang.")
        for name, field in getattr(form, "base_fields", {}).items()
        if (word := refused(name, field.label, field.help_text)) is not None
    }
    assert found == {}


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_there_are_forms_to_look_at():
    import gantang.desk.forms
    import gantang.portal.forms

    ours = {form.__name__ for form in _below(forms.BaseForm) if form.__module__.startswith("gantang.")}
    assert {"IntakeForm", "ReportForm"} <= ours
    assert gantang.desk.forms.IntakeForm.base_fields
    assert gantang.portal.forms.ReportForm.base_fields


@pytest.mark.parametrize("pack", engine.read_packs(SHIPPED).values(), ids=lambda pack: pack.name)
def test_no_pack_asks_for_it(pack: engine.Pack):
    found = {}
    for procedure in pack.procedures.values():
        for name, field in {**procedure.fields, **procedure.form.fields}.items():
            options = [option.words.zh for option in field.options]
            if (word := refused(name, field.title.zh, *options)) is not None:
                found[f"{procedure.name}.{name}"] = word
    assert found == {}


def test_no_answer_or_request_of_the_api_asks_for_it():
    from gantang.exchange.api.v1.app import API

    schemas = json.loads(json.dumps(API.get_openapi_schema(path_prefix="api/v1/"), default=str))[
        "components"
    ]["schemas"]
    found = {
        f"{schema}.{name}": word
        for schema, body in schemas.items()
        for name in body.get("properties", {})
        if (word := refused(name)) is not None
    }
    assert schemas
    assert found == {}


@pytest.mark.parametrize(
    "name", ["religion", "ethnicGroup", "petition_history", "personal_score", "credit_points"]
)
def test_the_words_would_be_noticed(name: str):
    assert refused(name) is not None


def test_the_chinese_words_would_be_noticed():
    assert refused("field", "政治面貌") == "政治面貌"


# --- nothing that recognises or follows ---------------------------------------------------------------


def test_nothing_that_recognises_people_is_installed():
    project = PROJECT["project"]["dependencies"]
    groups = [one for group in PROJECT.get("dependency-groups", {}).values() for one in group]
    extras = [one for extra in PROJECT["project"].get("optional-dependencies", {}).values() for one in extra]
    locked = [
        word for path in (ROOT / "requirements").glob("*.txt") for word in path.read_text("utf-8").split()
    ]
    browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    named = [*project, *groups, *extras, *locked, *browser.get("dependencies", {})]
    names = {re.split(r"[\[=<>!~; ]", one)[0].lower() for one in named}
    assert "django" in names
    assert names & RECOGNISERS == set()


@pytest.mark.slow
def test_nothing_that_recognises_people_is_imported():
    found = {name for path in PACKAGE.rglob("*.py") for name in _imported(path)}
    assert "django" in found
    assert found & RECOGNISERS == set()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


# --- measures never reach people ----------------------------------------------------------------------


def test_rooms_that_measure_are_under_the_contract_that_keeps_them_from_people():
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    kept = {
        source
        for one in contracts
        if one["type"] == "forbidden"
        and {"gantang.vault", "gantang.matters"} <= set(one["forbidden_modules"])
        and not one.get("allow_indirect_imports", False)
        for source in one["source_modules"]
    }
    there = {name for name in MEASURING if (PACKAGE / name / "__init__.py").is_file()}
    assert {f"gantang.{name}" for name in there} <= kept
    assert PROJECT["tool"]["importlinter"]["exclude_type_checking_imports"] is False


def test_counts_know_no_person():
    tally = apps.get_model("tallies", "Tally")
    assert {field.name for field in tally._meta.concrete_fields} == DIMENSIONS


def test_no_list_is_ordered_by_a_person():
    """A ranking would order by who did it: no query of ours does."""
    named = re.compile(r"order_by\([^)]*(account|username|holder|reporter)", re.I)
    found = [path.name for path in PACKAGE.rglob("*.py") if named.search(path.read_text(encoding="utf-8"))]
    assert found == []
