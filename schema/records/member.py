"""Members: organisations, teams and people, and all that they are tied by."""

from __future__ import annotations

import strawberry

from schema.records import ties
from schema.records.aggregates import add_aggregates
from schema.records.attributes import RecordNode
from schema.records.connection import Connection
from schema.records.feedback import Feedback
from schema.records.introduction import Introduction
from schema.records.node import describe_fields, register_record
from schema.records.organisation_members import organisation_members
from schema.records.referral import Referral
from schema.records.related_fields import records_of, ties_of
from schema.records.service_case import ServiceCase
from service.vocabulary import nodes


@describe_fields
@strawberry.interface(description="A party to the value network.")
@add_aggregates
class Member(nodes.Member, RecordNode):
    exchanges: Connection[ties.Exchange] = ties_of(ties.Exchange)
    dependencies: Connection[ties.Dependency] = ties_of(ties.Dependency)
    investments: Connection[ties.Investment] = ties_of(ties.Investment)
    acquaintances: Connection[ties.Acquaintance] = ties_of(ties.Acquaintance)
    employments: Connection[ties.Employment] = ties_of(ties.Employment)
    affiliations: Connection[ties.Affiliation] = ties_of(ties.Affiliation)
    account_managements: Connection[ties.AccountManagement] = ties_of(
        ties.AccountManagement
    )
    followings: Connection[ties.Following] = ties_of(ties.Following)
    advice: Connection[ties.Advice] = ties_of(ties.Advice)
    competitions: Connection[ties.Competition] = ties_of(ties.Competition)
    memberships: Connection[ties.Membership] = ties_of(ties.Membership)
    organisings: Connection[ties.Organising] = ties_of(ties.Organising)
    contracts: Connection[ties.ContractParty] = ties_of(ties.ContractParty)
    capabilities: Connection[ties.CapabilityHolding] = ties_of(ties.CapabilityHolding)
    needs: Connection[ties.Need] = ties_of(ties.Need)
    offers: Connection[ties.Offer] = ties_of(ties.Offer)
    work: Connection[ties.Work] = ties_of(ties.Work)
    referrals: Connection[Referral] = records_of(Referral)
    introduction_requests: Connection[Introduction] = records_of(Introduction)
    feedback: Connection[Feedback] = records_of(Feedback)
    service_cases: Connection[ServiceCase] = records_of(ServiceCase)


@register_record
@strawberry.type(description="A firm, a body, a household: whatever acts as one.")
@add_aggregates
class Organisation(nodes.Organisation, Member):
    members: Connection[Member] = organisation_members()


@register_record
@strawberry.type(description="A group of people inside an organisation.")
class Team(nodes.Team, Member): ...


@register_record
@strawberry.type(description="One person.")
class Person(nodes.Person, Member): ...
