"""A facility is a thing that can break. What it shows, whom it sees and where it sends is none of ours: no table, form or
answer of facilities and places may have a field for it.
"""

import re

import pytest
from django.apps import apps

WATCHING = {
    "url", "uri", "link", "stream", "rtsp", "rtmp", "hls", "onvif", "ip", "host", "port", "mac", "channel", "login",
    "password", "token", "credential", "video", "image", "picture", "photo", "snapshot", "frame", "recording", "file",
    "face", "plate", "person", "people", "owner", "resident", "recognition", "detection", "track", "tracking", "alarm",
    "gait", "voice", "identity",
}  # fmt: skip
TABLES = ("facility", "facilitykind", "facilitycount", "inspection", "place", "placeservice")


def watching(name: str) -> set[str]:
    return WATCHING & set(re.findall(r"[a-z]+", name.lower()))


@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_facilities_has_a_field_for_a_stream_a_picture_or_a_person(table: str) -> None:
    model = apps.get_model("territory", table)
    names = [field.name for field in model._meta.concrete_fields]
    assert len(names) > 3
    assert {name: found for name in names if (found := watching(name))} == {}


def test_no_other_table_belongs_to_a_facility() -> None:
    facility = apps.get_model("territory", "facility")
    assert {one.related_model.__name__ for one in facility._meta.related_objects} == {"Inspection"}


@pytest.mark.parametrize("name", ["stream_url", "rtsp", "ip", "face_id", "last_picture", "plate"])
def test_such_a_field_would_be_noticed(name: str) -> None:
    assert watching(name)
