"""The table of contents of writing: every mutation of the API."""

from __future__ import annotations

from inspect import getdoc
from typing import Any

import strawberry

from schema.writes.fields import writes_of
from schema.writes.inputs import INPUTS
from schema.writes.nested import WHOLES
from schema.writes.undo import undo

fields: dict[str, Any] = {}
for kind in INPUTS:
    fields |= writes_of(kind)
fields |= WHOLES
fields["undo"] = strawberry.field(resolver=undo, description=getdoc(undo))

ABOUT = (
    "Each write is stored completely or not at all, and it is logged. With an"
    " `idempotencyKey` you can send a write again: the same input is not written"
    " twice, and it gets the first answer again."
)
Mutation = strawberry.type(
    type("Mutation", (), {"__annotations__": {}, **fields}), description=ABOUT
)
