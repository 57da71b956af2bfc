"""Fields of the root types, each described by the docstring of its resolver.

A docstring's first paragraph describes the field. Below it, one line an argument:

    member: Key of the member whose operability falls.
    outage_days: How many days the member is out;
        by default its own recovery time.

`first`, `after`, `as_of`, `network` and `member` mean the same in most fields and are
described here, once; a docstring may describe them differently.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import strawberry
from graphql import GraphQLObjectType

COMMON = {
    "first": "How many to return at most, from 1 to 1,000.",
    "after": "The `endCursor` of the page before: the lists go on behind it.",
    "asOf": "The day that the answer is about; today (UTC) by default.",
    "network": "The network to analyse: which ties, among which members, on which day.",
    "member": "Key of one member: the answer is about this member alone.",
}


def field_from(
    resolver: Callable[..., Any], make: Any = strawberry.field, **options: Any
) -> Any:
    """The field that a resolver answers, with the descriptions of its docstring."""
    text, descriptions = parse_docstring(resolver)
    field = make(resolver=resolver, description=text, **options)
    for argument in field.arguments:
        description = descriptions.pop(argument.python_name, argument.description)
        argument.description = description
    if descriptions:
        unknown = ", ".join(descriptions)
        raise TypeError(f"{resolver.__name__} has no argument {unknown}.")
    return field


def parse_docstring(resolver: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """What a docstring says of the field, and of each argument that it names.

    >>> def shoes(size):
    ...     '''Which shoes fit?
    ...
    ...     size: In Paris points,
    ...         half sizes too.
    ...     '''
    >>> parse_docstring(shoes)
    ('Which shoes fit?', {'size': 'In Paris points, half sizes too.'})
    """
    about, _, rest = (inspect.getdoc(resolver) or "").partition("\n\n")
    lines = re.sub(r"\n\s+", " ", rest).splitlines()
    pairs = [line.partition(": ") for line in lines if line]
    return " ".join(about.split()), {name: text for name, _, text in pairs}


def describe_common_arguments(schema: strawberry.Schema) -> None:
    """Describe the arguments of COMMON wherever a question or a part of one has them.

    Connections and aggregates, which have a `filter`, describe their own arguments.
    """
    for kind in schema._schema.type_map.values():
        fields = kind.fields if isinstance(kind, GraphQLObjectType) else {}
        for field in fields.values():
            for name, argument in field.args.items():
                if argument.description is None and "filter" not in field.args:
                    argument.description = COMMON.get(name)
