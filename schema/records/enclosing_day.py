"""The day of a connection below a record: that of the closest field above with one."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.collect_fields import (
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values

from schema.context import Context, Info

Step = tuple[str, str]  # a type, and the name of one of its fields in the response


def enclosing_day(info: Info) -> date | None:
    """The `asOf` of the closest field above, or of its `network`; None without one."""
    raw = info._raw_info
    steps = steps_above(raw)
    days = info.context.days
    if steps and steps not in days:
        days[steps] = day_of(raw, VariableValues({}, info.variable_values), steps)
    return days.get(steps)


def steps_above(raw: GraphQLResolveInfo[Context]) -> tuple[Step, ...]:
    """The fields above the resolved one, the root first."""
    steps, path = [], raw.path.prev
    while path is not None:
        if path.typename is not None:  # else it is an index in a list
            steps.append((path.typename, str(path.key)))
        path = path.prev
    return tuple(reversed(steps))


def day_of(
    raw: GraphQLResolveInfo[Context], variables: VariableValues, steps: tuple[Step, ...]
) -> date | None:
    day, details = None, None
    fragments = {name: FragmentDetails(each) for name, each in raw.fragments.items()}
    operation = (raw.schema, fragments, variables)
    for type_name, key in steps:
        type: Any = raw.schema.get_type(type_name)
        assert isinstance(type, GraphQLObjectType)
        if details is None:
            collected = collect_fields(*operation, type, raw.operation)
        else:
            collected = collect_subfields(*operation, raw.operation, type, details)
        details = collected.grouped_field_set[key]
        node = details[0].node
        field = type.fields[node.name.value]
        if {"asOf", "network"} & field.args.keys():
            values = get_argument_values(field, node, variables)
            network = values.get("network") or {}
            day = values.get("asOf") or network.get("asOf") or day
    return day
