"""The tables of ground. They are reference tables: small, read by everybody, keyed by the code itself."""

from gantang.territory.models.changes import AliasCode, ChangeOperation, ChangeSet, Succession
from gantang.territory.models.facilities import (
    Facility,
    FacilityCount,
    FacilityKind,
    Inspection,
    Listed,
    Place,
    PlaceService,
)
from gantang.territory.models.ground import Dated, Division, DivisionChange, Grid, GridPart
from gantang.territory.models.layers import Layer

__all__ = [
    "AliasCode",
    "ChangeOperation",
    "ChangeSet",
    "Dated",
    "Division",
    "DivisionChange",
    "Facility",
    "FacilityCount",
    "FacilityKind",
    "Grid",
    "GridPart",
    "Inspection",
    "Layer",
    "Listed",
    "Place",
    "PlaceService",
    "Succession",
]
