"""Investor and Customer: a member seen in one of its roles."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import strawberry

from schema.records import ties
from schema.records.aggregates import add_aggregates
from schema.records.connection import Connection, Edge
from schema.records.introduction import Introduction
from schema.records.lazy import MemberRef
from schema.records.node import Node, compiled_as, register_view
from schema.records.referral import Referral
from schema.records.related_fields import records_of, ties_of
from schema.records.service_case import ServiceCase
from service.compiler.schema_mapping import ViewedMember
from service.vocabulary import nodes

V = TypeVar("V", bound="View")


@strawberry.type
class View(Node):
    member: MemberRef = strawberry.field(
        metadata=compiled_as(ViewedMember()),
        description="The member that plays this role.",
    )

    @property
    def key(self) -> str:
        key: str = self.member.key
        return key


@register_view
@strawberry.type(description="A member in its role of INVESTOR.")
@add_aggregates
class Investor(View):
    portfolio: Connection[ties.Investment] = ties_of(ties.Investment, out_only=True)
    introductions: Connection[Introduction] = records_of(Introduction)
    advice: Connection[ties.Advice] = ties_of(ties.Advice, out_only=True)
    memberships: Connection[ties.Membership] = ties_of(ties.Membership)


@register_view
@strawberry.type(description="A member in its role of CUSTOMER.")
@add_aggregates
class Customer(View):
    contracts: Connection[ties.ContractParty] = ties_of(ties.ContractParty)
    account_managers: Connection[ties.AccountManagement] = ties_of(
        ties.AccountManagement, into_only=True
    )
    referrals: Connection[Referral] = records_of(Referral)
    service_cases: Connection[ServiceCase] = records_of(ServiceCase)


def connection_of_views(
    cls: type[V], members: Connection[nodes.Member]
) -> Connection[Any]:
    """A page of members as a page of one of their roles."""
    edges: list[Edge[Any]] = [
        Edge(node=cls(member=cast(Any, edge.node)), cursor=edge.cursor)
        for edge in members.edges
    ]
    return Connection(edges=edges, page_info=members.page_info, count=members.count)
