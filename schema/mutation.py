"""The table of contents of writing: every mutation of the API."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.records import (
    capability,
    community,
    contract,
    feedback,
    initiative,
    introduction,
    member,
    offering,
    referral,
    service_case,
    ties,
)
from schema.writing.write_inputs import INPUTS

# What the writes of a kind answer is found by its name once its module is there.
RECORDS = [capability, community, contract, feedback, initiative, introduction]
RECORDS += [member, offering, referral, service_case, ties]

from schema.writing.nested_writes import WHOLES  # noqa: E402
from schema.writing.writes import writes_of  # noqa: E402

fields: dict[str, Any] = {}
for kind in INPUTS:
    fields |= writes_of(kind)
fields |= WHOLES

ABOUT = (
    "Each write is kept whole or not at all, and logged. With an `idempotencyKey` of"
    " your own it can be sent again: the same input is not written twice, and answered"
    " as the first time."
)
Mutation = strawberry.type(
    type("Mutation", (), {"__annotations__": {}, **fields}), description=ABOUT
)
