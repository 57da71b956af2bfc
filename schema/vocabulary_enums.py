"""The enums of the vocabulary as enums of the API, with their descriptions."""

from __future__ import annotations

import inspect
from typing import Any

import strawberry

from service.vocabulary import enums as enums  # so that all subclasses exist
from service.vocabulary.declarations import DescribedEnum


def register_described_enum(enum: type[DescribedEnum]) -> None:
    """Add an enum to the schema, with its own description and those of its values."""
    strawberry.enum(enum, description=inspect.getdoc(enum))
    definition: Any = enum
    for value in definition.__strawberry_definition__.values:
        value.description = enum.__members__[value.name].description


for vocabulary_enum in DescribedEnum.__subclasses__():
    register_described_enum(vocabulary_enum)
