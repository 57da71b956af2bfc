"""The table of contents: every question and every read of the API."""

from __future__ import annotations

import strawberry

from schema.execution.documents import PreparedDocument
from schema.execution.execution_context import AcyclicExecutionContext
from schema.mutation import Mutation
from schema.questions.brokerage import Brokerage, brokerage
from schema.questions.capability_gaps import CapabilityGaps, capability_gaps
from schema.questions.choke_points import ChokePoints, choke_points
from schema.questions.departure_impact import DepartureImpact, departure_impact
from schema.questions.dependence import Dependence, dependence
from schema.questions.ecosystem_report import EcosystemReport, ecosystem_report
from schema.questions.exposure import Exposure, exposure
from schema.questions.innovation import Innovation, innovation
from schema.questions.key_people import KeyPeople, key_people
from schema.questions.lenses import Lenses, lenses
from schema.questions.mediation import Mediation, mediation
from schema.questions.network_change import NetworkChange, network_change
from schema.questions.network_fit import NetworkFit, network_fit
from schema.questions.network_map import NetworkMap, network_map
from schema.questions.network_ownership import NetworkOwnership, network_ownership
from schema.questions.networking import Networking, networking
from schema.questions.openings import Openings, openings
from schema.questions.partner_paths import PartnerPaths, partner_paths
from schema.questions.referral_network import ReferralNetwork, referral_network
from schema.questions.service_quality import ServiceQuality, service_quality
from schema.questions.structural_holes import StructuralHoles, structural_holes
from schema.questions.supplier_diversity import SupplierDiversity, supplier_diversity
from schema.questions.value_network import ValueNetwork, value_network_of
from schema.questions.weak_node_impact import WeakNodeImpact, weak_node_impact
from schema.questions.weak_nodes import WeakNodes, weak_nodes
from schema.records import read_fields, ties
from schema.records.aggregates import add_aggregates
from schema.records.capability import Capability
from schema.records.community import Community
from schema.records.connection import Connection
from schema.records.contract import Contract
from schema.records.feedback import Feedback
from schema.records.initiative import Initiative
from schema.records.introduction import Introduction
from schema.records.member import Member, Organisation, Person, Team
from schema.records.node import Node, compiled_as
from schema.records.offering import Offering
from schema.records.read_fields import (
    all_records,
    all_views,
    record_by_key,
    view_by_key,
)
from schema.records.referral import Referral
from schema.records.search import SearchConnection, search
from schema.records.service_case import ServiceCase
from schema.records.views import Customer, Investor
from schema.subscription import Subscription
from schema.types.analysis_field import BasePrice, analysis_field
from schema.types.field_from import describe_common_arguments, field_from
from schema.types.scalars import specify_scalars
from schema.writes.batch_resolvers import install_batch_resolvers
from schema.writes.changes import Change, ChangeConnection, changes, history
from service.compiler.schema_mapping import RecordById
from service.errors import ErrorCode


@strawberry.type(description="All questions, and all reads of records.")
@add_aggregates
class Query:
    # Questions
    brokerage: Brokerage = analysis_field(brokerage)
    structural_holes: StructuralHoles = analysis_field(structural_holes)
    weak_node_impact: WeakNodeImpact = analysis_field(weak_node_impact)
    weak_nodes: WeakNodes = analysis_field(weak_nodes)
    partner_paths: PartnerPaths = analysis_field(partner_paths)
    choke_points: ChokePoints = analysis_field(choke_points)
    exposure: Exposure = analysis_field(exposure)
    value_network: ValueNetwork = analysis_field(value_network_of)
    network_change: NetworkChange = analysis_field(network_change)
    network_map: NetworkMap = analysis_field(network_map)
    openings: Openings = analysis_field(openings)
    network_fit: NetworkFit = analysis_field(network_fit, BasePrice.MEMBER)
    mediation: Mediation = analysis_field(mediation, BasePrice.MEMBER)
    lenses: Lenses = analysis_field(lenses)
    ecosystem_report: EcosystemReport = analysis_field(
        ecosystem_report, BasePrice.REPORT
    )
    departure_impact: DepartureImpact = analysis_field(departure_impact)
    network_ownership: NetworkOwnership = analysis_field(
        network_ownership, BasePrice.MEMBER
    )
    key_people: KeyPeople = analysis_field(key_people, BasePrice.MEMBER)
    referral_network: ReferralNetwork = analysis_field(
        referral_network, BasePrice.MEMBER
    )
    networking: Networking = analysis_field(networking)
    capability_gaps: CapabilityGaps = analysis_field(capability_gaps)
    innovation: Innovation = analysis_field(innovation)
    service_quality: ServiceQuality = analysis_field(service_quality, BasePrice.MEMBER)
    supplier_diversity: SupplierDiversity = analysis_field(supplier_diversity)
    dependence: Dependence = analysis_field(dependence)

    # By words, by global id
    search: SearchConnection = field_from(search)
    node: Node | None = field_from(read_fields.node, metadata=compiled_as(RecordById()))
    nodes: list[Node | None] = field_from(read_fields.nodes)

    # The change log
    changes: ChangeConnection = field_from(changes)
    history: list[Change] = field_from(history)

    # Members
    member: Member | None = record_by_key(Member)
    members: Connection[Member] = all_records(Member)
    organisation: Organisation | None = record_by_key(Organisation)
    organisations: Connection[Organisation] = all_records(Organisation)
    team: Team | None = record_by_key(Team)
    teams: Connection[Team] = all_records(Team)
    person: Person | None = record_by_key(Person)
    people: Connection[Person] = all_records(Person)
    investor: Investor | None = view_by_key(Investor)
    investors: Connection[Investor] = all_views(Investor)
    customer: Customer | None = view_by_key(Customer)
    customers: Connection[Customer] = all_views(Customer)

    # Records between members
    contract: Contract | None = record_by_key(Contract)
    contracts: Connection[Contract] = all_records(Contract)
    offering: Offering | None = record_by_key(Offering)
    offerings: Connection[Offering] = all_records(Offering)
    capability: Capability | None = record_by_key(Capability)
    capabilities: Connection[Capability] = all_records(Capability)
    community: Community | None = record_by_key(Community)
    communities: Connection[Community] = all_records(Community)
    referral: Referral | None = record_by_key(Referral)
    referrals: Connection[Referral] = all_records(Referral)
    introduction: Introduction | None = record_by_key(Introduction)
    introductions: Connection[Introduction] = all_records(Introduction)
    feedback: Feedback | None = record_by_key(Feedback)
    feedbacks: Connection[Feedback] = all_records(Feedback)
    service_case: ServiceCase | None = record_by_key(ServiceCase)
    service_cases: Connection[ServiceCase] = all_records(ServiceCase)
    initiative: Initiative | None = record_by_key(Initiative)
    initiatives: Connection[Initiative] = all_records(Initiative)

    # Ties
    exchange: ties.Exchange | None = record_by_key(ties.Exchange)
    exchanges: Connection[ties.Exchange] = all_records(ties.Exchange)
    dependency: ties.Dependency | None = record_by_key(ties.Dependency)
    dependencies: Connection[ties.Dependency] = all_records(ties.Dependency)
    investment: ties.Investment | None = record_by_key(ties.Investment)
    investments: Connection[ties.Investment] = all_records(ties.Investment)
    acquaintance: ties.Acquaintance | None = record_by_key(ties.Acquaintance)
    acquaintances: Connection[ties.Acquaintance] = all_records(ties.Acquaintance)
    employment: ties.Employment | None = record_by_key(ties.Employment)
    employments: Connection[ties.Employment] = all_records(ties.Employment)
    affiliation: ties.Affiliation | None = record_by_key(ties.Affiliation)
    affiliations: Connection[ties.Affiliation] = all_records(ties.Affiliation)
    account_management: ties.AccountManagement | None = record_by_key(
        ties.AccountManagement
    )
    account_managements: Connection[ties.AccountManagement] = all_records(
        ties.AccountManagement
    )
    following: ties.Following | None = record_by_key(ties.Following)
    followings: Connection[ties.Following] = all_records(ties.Following)
    advice: ties.Advice | None = record_by_key(ties.Advice)
    advices: Connection[ties.Advice] = all_records(ties.Advice)
    competition: ties.Competition | None = record_by_key(ties.Competition)
    competitions: Connection[ties.Competition] = all_records(ties.Competition)
    membership: ties.Membership | None = record_by_key(ties.Membership)
    memberships: Connection[ties.Membership] = all_records(ties.Membership)
    organising: ties.Organising | None = record_by_key(ties.Organising)
    organisings: Connection[ties.Organising] = all_records(ties.Organising)
    contract_party: ties.ContractParty | None = record_by_key(ties.ContractParty)
    contract_parties: Connection[ties.ContractParty] = all_records(ties.ContractParty)
    capability_holding: ties.CapabilityHolding | None = record_by_key(
        ties.CapabilityHolding
    )
    capability_holdings: Connection[ties.CapabilityHolding] = all_records(
        ties.CapabilityHolding
    )
    need: ties.Need | None = record_by_key(ties.Need)
    needs: Connection[ties.Need] = all_records(ties.Need)
    offer: ties.Offer | None = record_by_key(ties.Offer)
    offers: Connection[ties.Offer] = all_records(ties.Offer)
    coverage: ties.Coverage | None = record_by_key(ties.Coverage)
    coverages: Connection[ties.Coverage] = all_records(ties.Coverage)
    work: ties.Work | None = record_by_key(ties.Work)
    works: Connection[ties.Work] = all_records(ties.Work)


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Organisation, Team, Person, ErrorCode],
    extensions=[PreparedDocument],
    execution_context_class=AcyclicExecutionContext,
)
install_batch_resolvers(schema)
describe_common_arguments(schema)
specify_scalars(schema)
