"""Explicit nulls: an error in a filter, as good as absent in every other argument.

A condition that compares with null would let nothing or everything pass, and neither
is what the caller meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.errors import BadInput


def is_filter(input_type: str) -> bool:
    """Whether an input of this type consists of conditions.

    >>> is_filter("StringFilter"), is_filter("TeamOrder")
    (True, False)
    """
    return input_type.endswith("Filter")


def refuse_nulls(argument: str, value: Any) -> None:
    """BadInput with the path of the first null in the value of an argument.

    >>> refuse_nulls("filter", {"name": {"eq": "Åsvik"}})
    """
    for path in null_paths(argument, value):
        raise BadInput(
            f"{path}: null is not a value to compare with. To select missing values,"
            " use `isNull: true` (of a list, `isEmpty: true`); for no condition, leave"
            f" `{path.rpartition('.')[2]}` out."
        )


def null_paths(path: str, value: Any) -> Iterator[str]:
    """
    >>> list(null_paths("filter", {"or": [{"name": {"eq": None}}, {"url": None}]}))
    ['filter.or[0].name.eq', 'filter.or[1].url']
    """
    if value is None:
        yield path
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from null_paths(f"{path}.{name}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from null_paths(f"{path}[{index}]", item)
