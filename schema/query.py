"""The table of contents: every question and every read of the API."""

from __future__ import annotations

import strawberry

from schema.execution.documents import Prepared
from schema.mutation import Mutation
from schema.questions.brokerage import Brokerage, brokerage
from schema.questions.capability_gaps import CapabilityGaps, capability_gaps
from schema.questions.choke_points import ChokePoints, choke_points
from schema.questions.departure_impact import DepartureImpact, departure_impact
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
from schema.records.aggregates import aggregated
from schema.records.capability import Capability
from schema.records.community import Community
from schema.records.connection import Connection
from schema.records.contract import Contract
from schema.records.feedback import Feedback
from schema.records.initiative import Initiative
from schema.records.introduction import Introduction
from schema.records.member import Member, Organisation, Person, Team
from schema.records.node import Node, means
from schema.records.offering import Offering
from schema.records.read_fields import one, page, view_of, views_of
from schema.records.referral import Referral
from schema.records.search import SearchConnection, search
from schema.records.service_case import ServiceCase
from schema.records.views import Customer, Investor
from schema.subscription import Subscription
from schema.types.field_from import describe_common_arguments, field_from
from schema.writes.batches import quicken
from schema.writes.changes import Change, ChangeConnection, changes, history
from service.compiler.schema_mapping import RecordById
from service.errors import ErrorCode


@strawberry.type
@aggregated
class Query:
    # Questions
    brokerage: Brokerage = field_from(brokerage)
    structural_holes: StructuralHoles = field_from(structural_holes)
    weak_node_impact: WeakNodeImpact = field_from(weak_node_impact)
    weak_nodes: WeakNodes = field_from(weak_nodes)
    partner_paths: PartnerPaths = field_from(partner_paths)
    choke_points: ChokePoints = field_from(choke_points)
    exposure: Exposure = field_from(exposure)
    value_network: ValueNetwork = field_from(value_network_of)
    network_change: NetworkChange = field_from(network_change)
    network_map: NetworkMap = field_from(network_map)
    openings: Openings = field_from(openings)
    network_fit: NetworkFit = field_from(network_fit)
    mediation: Mediation = field_from(mediation)
    lenses: Lenses = field_from(lenses)
    ecosystem_report: EcosystemReport = field_from(ecosystem_report)
    departure_impact: DepartureImpact = field_from(departure_impact)
    network_ownership: NetworkOwnership = field_from(network_ownership)
    key_people: KeyPeople = field_from(key_people)
    referral_network: ReferralNetwork = field_from(referral_network)
    networking: Networking = field_from(networking)
    capability_gaps: CapabilityGaps = field_from(capability_gaps)
    innovation: Innovation = field_from(innovation)
    service_quality: ServiceQuality = field_from(service_quality)
    supplier_diversity: SupplierDiversity = field_from(supplier_diversity)

    # By words, by global id
    search: SearchConnection = field_from(search)
    node: Node | None = field_from(read_fields.node, metadata=means(RecordById()))
    nodes: list[Node | None] = field_from(read_fields.nodes)

    # The change log
    changes: ChangeConnection = field_from(changes)
    history: list[Change] = field_from(history)

    # Members
    member: Member | None = one(Member)
    members: Connection[Member] = page(Member)
    organisation: Organisation | None = one(Organisation)
    organisations: Connection[Organisation] = page(Organisation)
    team: Team | None = one(Team)
    teams: Connection[Team] = page(Team)
    person: Person | None = one(Person)
    people: Connection[Person] = page(Person)
    investor: Investor | None = view_of(Investor)
    investors: Connection[Investor] = views_of(Investor)
    customer: Customer | None = view_of(Customer)
    customers: Connection[Customer] = views_of(Customer)

    # Records between members
    contract: Contract | None = one(Contract)
    contracts: Connection[Contract] = page(Contract)
    offering: Offering | None = one(Offering)
    offerings: Connection[Offering] = page(Offering)
    capability: Capability | None = one(Capability)
    capabilities: Connection[Capability] = page(Capability)
    community: Community | None = one(Community)
    communities: Connection[Community] = page(Community)
    referral: Referral | None = one(Referral)
    referrals: Connection[Referral] = page(Referral)
    introduction: Introduction | None = one(Introduction)
    introductions: Connection[Introduction] = page(Introduction)
    feedback: Feedback | None = one(Feedback)
    feedbacks: Connection[Feedback] = page(Feedback)
    service_case: ServiceCase | None = one(ServiceCase)
    service_cases: Connection[ServiceCase] = page(ServiceCase)
    initiative: Initiative | None = one(Initiative)
    initiatives: Connection[Initiative] = page(Initiative)

    # Ties
    exchange: ties.Exchange | None = one(ties.Exchange)
    exchanges: Connection[ties.Exchange] = page(ties.Exchange)
    dependency: ties.Dependency | None = one(ties.Dependency)
    dependencies: Connection[ties.Dependency] = page(ties.Dependency)
    investment: ties.Investment | None = one(ties.Investment)
    investments: Connection[ties.Investment] = page(ties.Investment)
    acquaintance: ties.Acquaintance | None = one(ties.Acquaintance)
    acquaintances: Connection[ties.Acquaintance] = page(ties.Acquaintance)
    employment: ties.Employment | None = one(ties.Employment)
    employments: Connection[ties.Employment] = page(ties.Employment)
    affiliation: ties.Affiliation | None = one(ties.Affiliation)
    affiliations: Connection[ties.Affiliation] = page(ties.Affiliation)
    account_management: ties.AccountManagement | None = one(ties.AccountManagement)
    account_managements: Connection[ties.AccountManagement] = page(
        ties.AccountManagement
    )
    following: ties.Following | None = one(ties.Following)
    followings: Connection[ties.Following] = page(ties.Following)
    advice: ties.Advice | None = one(ties.Advice)
    advices: Connection[ties.Advice] = page(ties.Advice)
    competition: ties.Competition | None = one(ties.Competition)
    competitions: Connection[ties.Competition] = page(ties.Competition)
    membership: ties.Membership | None = one(ties.Membership)
    memberships: Connection[ties.Membership] = page(ties.Membership)
    organising: ties.Organising | None = one(ties.Organising)
    organisings: Connection[ties.Organising] = page(ties.Organising)
    contract_party: ties.ContractParty | None = one(ties.ContractParty)
    contract_parties: Connection[ties.ContractParty] = page(ties.ContractParty)
    capability_holding: ties.CapabilityHolding | None = one(ties.CapabilityHolding)
    capability_holdings: Connection[ties.CapabilityHolding] = page(
        ties.CapabilityHolding
    )
    need: ties.Need | None = one(ties.Need)
    needs: Connection[ties.Need] = page(ties.Need)
    offer: ties.Offer | None = one(ties.Offer)
    offers: Connection[ties.Offer] = page(ties.Offer)
    coverage: ties.Coverage | None = one(ties.Coverage)
    coverages: Connection[ties.Coverage] = page(ties.Coverage)
    work: ties.Work | None = one(ties.Work)
    works: Connection[ties.Work] = page(ties.Work)


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Organisation, Team, Person, ErrorCode],
    extensions=[Prepared],
)
quicken(schema)
describe_common_arguments(schema)
