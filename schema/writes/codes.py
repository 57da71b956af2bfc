"""The codes of errors as enums of the API: each value says what it means."""

from __future__ import annotations

import inspect
from typing import Any

import strawberry

from service.errors import DocumentedCode, ErrorCode, WriteErrorCode


def describe_codes(codes: type[DocumentedCode]) -> None:
    """Register an enum of codes with its own descriptions."""
    strawberry.enum(codes, description=inspect.getdoc(codes))
    definition: Any = codes
    for value in definition.__strawberry_definition__.values:
        value.description = codes.__members__[value.name].description


describe_codes(ErrorCode)
describe_codes(WriteErrorCode)
