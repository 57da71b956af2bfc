"""The closed lists of values: kinds, roles, states."""

from enum import Enum


class MemberKind(Enum):
    ORGANISATION = "ORGANISATION"
    TEAM = "TEAM"
    PERSON = "PERSON"


class MemberRole(Enum):
    STARTUP = "STARTUP"
    INVESTOR = "INVESTOR"
    CUSTOMER = "CUSTOMER"
    SUPPLIER = "SUPPLIER"
    INCUBATOR = "INCUBATOR"
    ACCELERATOR = "ACCELERATOR"
    MENTOR = "MENTOR"
    PUBLIC_BODY = "PUBLIC_BODY"
    UNIVERSITY = "UNIVERSITY"


class TieKind(Enum):
    EXCHANGE = "EXCHANGE"
    DEPENDENCY = "DEPENDENCY"
    INVESTMENT = "INVESTMENT"
    ACQUAINTANCE = "ACQUAINTANCE"
    EMPLOYMENT = "EMPLOYMENT"
    AFFILIATION = "AFFILIATION"
    ACCOUNT_MANAGEMENT = "ACCOUNT_MANAGEMENT"
    FOLLOWING = "FOLLOWING"
    ADVICE = "ADVICE"
    COMPETITION = "COMPETITION"
    MEMBERSHIP = "MEMBERSHIP"
    ORGANISING = "ORGANISING"
    CONTRACT = "CONTRACT"
    CAPABILITY = "CAPABILITY"
    NEED = "NEED"
    OFFER = "OFFER"
    COVERAGE = "COVERAGE"
    WORK = "WORK"
    REFERRAL = "REFERRAL"
    CO_INVESTMENT = "CO_INVESTMENT"
    CO_CONTRACT = "CO_CONTRACT"
    CO_MEMBERSHIP = "CO_MEMBERSHIP"


class TieWeight(Enum):
    NONE = "NONE"
    COUNT = "COUNT"
    STRENGTH = "STRENGTH"
    VALUE = "VALUE"
    AMOUNT = "AMOUNT"


class GroupKey(Enum):
    KIND = "KIND"
    SECTOR = "SECTOR"
    REGION = "REGION"
    COUNTRY = "COUNTRY"
    FUNCTION = "FUNCTION"
    ORGANISATION = "ORGANISATION"
    COMMUNITY = "COMMUNITY"
    SIDE = "SIDE"


class Side(Enum):
    INTERNAL = "INTERNAL"
    EXTERNAL = "EXTERNAL"


class Direction(Enum):
    """Which way a tie runs, seen from the record whose field it is."""

    OUT = "OUT"
    IN = "IN"
    BOTH = "BOTH"


class TeamKind(Enum):
    RESEARCH_AND_DEVELOPMENT = "RESEARCH_AND_DEVELOPMENT"
    PRODUCTION = "PRODUCTION"
    SALES = "SALES"
    MARKETING = "MARKETING"
    SUPPORT = "SUPPORT"
    OTHER = "OTHER"


class Introductions(Enum):
    """Whether a person may be asked to introduce others."""

    OPEN = "OPEN"
    ASK = "ASK"
    CLOSED = "CLOSED"


class ContractStatus(Enum):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"


class ValuePeriod(Enum):
    TOTAL = "TOTAL"
    YEAR = "YEAR"


class Segment(Enum):
    BUSINESS = "BUSINESS"
    PRIVATE = "PRIVATE"


class CommunityKind(Enum):
    INCUBATOR_COHORT = "INCUBATOR_COHORT"
    ACCELERATOR_COHORT = "ACCELERATOR_COHORT"
    BUSINESS_NETWORK = "BUSINESS_NETWORK"
    CLUB = "CLUB"
    ASSOCIATION = "ASSOCIATION"
    MUNICIPAL_FORUM = "MUNICIPAL_FORUM"
    EVENT = "EVENT"
    NICHE = "NICHE"
    BOARD = "BOARD"
    DATASET = "DATASET"
    OTHER = "OTHER"


class CommunityPurpose(Enum):
    SECTOR_KNOWLEDGE = "SECTOR_KNOWLEDGE"
    LOCAL = "LOCAL"
    SAME_STAGE = "SAME_STAGE"
    BUSINESS = "BUSINESS"
    LEARNING = "LEARNING"


class Outcome(Enum):
    OPEN = "OPEN"
    WON = "WON"
    LOST = "LOST"


class IntroductionPurpose(Enum):
    ADVICE = "ADVICE"
    INTRODUCTION = "INTRODUCTION"
    FEEDBACK = "FEEDBACK"


class IntroductionState(Enum):
    ASKED = "ASKED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    MADE = "MADE"


class FeedbackKind(Enum):
    """CSAT is scored 1-5, NPS 0-10, CES 1-7 (7 = easy), SATISFACTION 1-10."""

    CSAT = "CSAT"
    NPS = "NPS"
    CES = "CES"
    SATISFACTION = "SATISFACTION"


class FeedbackState(Enum):
    CAPTURED = "CAPTURED"
    SHARED = "SHARED"
    PLANNED = "PLANNED"
    DONE = "DONE"


class ServiceChannel(Enum):
    TELEPHONE = "TELEPHONE"
    EMAIL = "EMAIL"
    SOCIAL = "SOCIAL"
    WEB = "WEB"
    CHAT = "CHAT"


class InitiatedBy(Enum):
    CUSTOMER = "CUSTOMER"
    PROVIDER = "PROVIDER"


class Horizon(Enum):
    CORE = "CORE"
    ADJACENT = "ADJACENT"
    TRANSFORMATIONAL = "TRANSFORMATIONAL"


class InitiativeStatus(Enum):
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class ExchangeKind(Enum):
    TANGIBLE = "TANGIBLE"
    INTANGIBLE = "INTANGIBLE"


class ExchangeForm(Enum):
    GOODS = "GOODS"
    SERVICE = "SERVICE"
    MONEY = "MONEY"
    KNOWLEDGE = "KNOWLEDGE"
    BENEFIT = "BENEFIT"
    INFLUENCE = "INFLUENCE"


class ExchangeArea(Enum):
    ECONOMIC = "ECONOMIC"
    INNOVATION = "INNOVATION"
    SOCIAL = "SOCIAL"
    ENVIRONMENT = "ENVIRONMENT"


class AcquaintanceContext(Enum):
    FAMILY = "FAMILY"
    FRIEND = "FRIEND"
    FORMER_COLLEAGUE = "FORMER_COLLEAGUE"
    COLLEAGUE = "COLLEAGUE"
    CLIENT = "CLIENT"
    EVENT = "EVENT"
    ONLINE = "ONLINE"
    CLUB = "CLUB"
    OTHER = "OTHER"


class AffiliationKind(Enum):
    DIVISION = "DIVISION"
    SUBSIDIARY = "SUBSIDIARY"
    SPIN_OFF = "SPIN_OFF"


class AdviceKind(Enum):
    MENTOR = "MENTOR"
    BOARD = "BOARD"
    ADVISER = "ADVISER"


class ContractRole(Enum):
    SUPPLIER = "SUPPLIER"
    CUSTOMER = "CUSTOMER"
    INVESTOR = "INVESTOR"
    PARTNER = "PARTNER"
    FUNDER = "FUNDER"
    BENEFICIARY = "BENEFICIARY"


class BrokerageRole(Enum):
    COORDINATOR = "COORDINATOR"
    CONSULTANT = "CONSULTANT"
    REPRESENTATIVE = "REPRESENTATIVE"
    GATEKEEPER = "GATEKEEPER"
    LIAISON = "LIAISON"
    TOTAL = "TOTAL"


class BrokerageScore(Enum):
    OBSERVED = "OBSERVED"
    Z = "Z"


class PairWeight(Enum):
    PRODUCT = "PRODUCT"
    MINIMUM = "MINIMUM"


class CascadeModel(Enum):
    DEPENDENCY = "DEPENDENCY"
    INOPERABILITY = "INOPERABILITY"
    FAILURE = "FAILURE"
