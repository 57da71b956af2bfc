"""The change log in the API: who changed which record, when and how."""

from __future__ import annotations

from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from schema.context import Info
from schema.records.connection import PageInfo
from schema.records.node import register_enum
from schema.writes.inputs import INPUTS
from service.change_log import history as log_history
from service.change_log.entries import Operation
from service.compiler.windows import DEFAULT_PAGE
from service.errors import BadInput

register_enum(
    Operation,
    "What was done to a record.",
    "ChangeOperation",
    CREATE="The record was created.",
    UPDATE="Properties of the record changed.",
    END="The record was given its last day.",
    DELETE="The record was deleted.",
    ERASE="The person behind the record was erased.",
)


@strawberry.type(
    description="A change of one record; the numbers of changes have no gaps."
)
class Change:
    number: int = strawberry.field(
        description="The number of the change in the log; numbers have no gaps."
    )
    at: datetime = strawberry.field(description="When it was committed.")
    by: str = strawberry.field(description="Who wrote, by the name of its token.")
    run: str = strawberry.field(description="The request or import it belongs to.")
    operation: Operation = strawberry.field(description="What was done to the record.")
    kind: str = strawberry.field(description="Organisation, Exchange, …")
    key: str = strawberry.field(description="The key of the record.")
    ends: list[str] | None = strawberry.field(
        description="Keys of a tie's source and target."
    )
    before: JSON | None = strawberry.field(description="The record before the change.")
    after: JSON | None = strawberry.field(description="The record after the change.")


@strawberry.type(description="A change with its cursor.")
class ChangeEdge:
    cursor: str = strawberry.field(description="The number of the change, as text.")
    node: Change = strawberry.field(description="The change.")


def nodes(root: ChangeConnection) -> list[Change]:
    return [edge.node for edge in root.edges]


@strawberry.type(description="Changes in the order of their commits.")
class ChangeConnection:
    edges: list[ChangeEdge] = strawberry.field(
        description="The changes of this page, each with its cursor."
    )
    page_info: PageInfo = strawberry.field(
        description="Whether there are more pages, and the cursors to reach them."
    )

    nodes: list[Change] = strawberry.field(
        resolver=nodes, description="The changes of this page, without their cursors."
    )


@strawberry.input(
    description="Which changes to return: those that meet all conditions."
)
class ChangeFilter:
    kinds: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Organisation, Exchange, …"
    )
    keys: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only changes of records with one of these keys, or of ties with"
        " such an end.",
    )
    operations: list[Operation] | None = strawberry.field(
        default=strawberry.UNSET, description="Only changes of these operations."
    )
    run: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only changes of this request or import: the `run` of a change.",
    )

    def to_log_filter(self) -> log_history.Filter:
        for name, value in vars(self).items():
            if value is None:
                raise BadInput(
                    f"filter.{name}: null selects nothing; leave `{name}` out to select"
                    " all changes."
                )
        for kind in self.kinds or ():
            if kind not in INPUTS:
                known = ", ".join(INPUTS)
                raise BadInput(f"kinds: expected some of {known}; got {kind[:60]!r}.")
        return log_history.Filter(
            frozenset(self.kinds or ()),
            frozenset(self.keys or ()),
            frozenset(self.operations or ()),
            self.run or None,
        )


def log_filter(filter: ChangeFilter | None) -> log_history.Filter:
    return filter.to_log_filter() if filter else log_history.Filter()


def to_graphql(change: log_history.LoggedChange) -> Change:
    fields = {
        name: getattr(change, name) for name in log_history.LoggedChange.__slots__
    }
    return Change(**{**fields, "ends": list(change.ends) if change.ends else None})


async def changes(
    info: Info,
    after: int = 0,
    first: int = DEFAULT_PAGE,
    filter: ChangeFilter | None = strawberry.UNSET,
) -> ChangeConnection:
    """The changes after a number, oldest first.

    after: The number of the last change already seen; 0 for all.
    first: How many to return at most, from 1 to 200.
    filter: Which changes to return; all by default.
    """
    most = info.context.settings.max_page
    if not 1 <= first <= most:
        raise BadInput(f"first: expected 1 to {most}, got {first}.")
    matches, more = await log_history.changes_after(
        info.context.graph, after, first, log_filter(filter or None)
    )
    edges = [ChangeEdge(cursor=str(c.number), node=to_graphql(c)) for c in matches]
    page = PageInfo(
        has_next_page=more,
        has_previous_page=after > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return ChangeConnection(edges=edges, page_info=page)


async def history(info: Info, kind: str, key: str) -> list[Change]:
    """All changes of one record, oldest first.

    kind: The type of the record, such as Organisation.
    key: The key of the record.
    """
    if kind not in INPUTS:
        raise BadInput(f"kind: expected one of {', '.join(INPUTS)}.")
    matches = await log_history.history(info.context.graph, kind, key)
    return [to_graphql(change) for change in matches]
