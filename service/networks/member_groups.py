"""What divides the members of a network into groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.vocabulary.attributes import cell_of, is_value
from service.vocabulary.enums import GroupKey


@dataclass(frozen=True)
class AttributeGroups:
    """The members with the same value of an extra attribute are a group."""

    value: str  # the property of the attribute


MemberGrouping = GroupKey | AttributeGroups


def property_of(group_by: MemberGrouping | None) -> str:
    """The property whose values are the groups; blank if there is none."""
    name: str = group_by.value if group_by else ""
    return name.lower() if isinstance(group_by, GroupKey) else name


def group_names(values: Iterable[Any]) -> list[str | None]:
    """The group of each member from its value; values of two types are two groups.

    >>> group_names(["A", "", 12.0, "12"])
    ['A', None, '12', "'12"]
    """
    return [cell_of(value) or None if is_value(value) else None for value in values]
