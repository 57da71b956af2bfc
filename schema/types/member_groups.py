"""The arguments that divide the members of a network into groups."""

from __future__ import annotations

from service.compiler.attributes import property_of
from service.errors import BadInput
from service.networks.member_groups import AttributeGroups, MemberGrouping
from service.vocabulary.enums import GroupKey


def member_grouping(
    group_by: GroupKey | None, attribute: str | None
) -> MemberGrouping | None:
    """What the arguments `groupBy` and `groupByAttribute` say together."""
    if group_by and attribute:
        raise BadInput("groupBy and groupByAttribute: give one of them, not both.")
    return AttributeGroups(property_of(attribute)) if attribute else group_by


def needed_grouping(group_by: GroupKey | None, attribute: str | None) -> MemberGrouping:
    grouping = member_grouping(group_by, attribute)
    if grouping is None:
        raise BadInput("groupBy: this question needs groupBy or groupByAttribute.")
    return grouping
