"""The closed lists of values: kinds, roles, states.

Each enum and each value has the description that GraphQL and the documentation show.
"""

from service.vocabulary.declarations import DescribedEnum


class MemberKind(DescribedEnum):
    """Whether a member is an organisation, a team or a person."""

    ORGANISATION = (
        "ORGANISATION",
        "A firm, a public body, an association or another unit that acts as one.",
    )
    TEAM = "TEAM", "A group of people inside an organisation."
    PERSON = "PERSON", "One person."


class MemberRole(DescribedEnum):
    """A role that a member plays in the ecosystem; a member can have several."""

    STARTUP = "STARTUP", "A young company."
    INVESTOR = "INVESTOR", "Invests money in companies."
    CUSTOMER = "CUSTOMER", "Buys from other members."
    SUPPLIER = "SUPPLIER", "Sells to other members."
    INCUBATOR = "INCUBATOR", "Helps new companies to start."
    ACCELERATOR = (
        "ACCELERATOR",
        "Helps young companies to grow, usually in a programme of some months.",
    )
    MENTOR = "MENTOR", "Gives advice to companies or people."
    PUBLIC_BODY = (
        "PUBLIC_BODY",
        "A municipality, an agency or another part of the public sector.",
    )
    UNIVERSITY = (
        "UNIVERSITY",
        "A university or another institution of higher education.",
    )


class TieKind(DescribedEnum):
    """A kind of tie. The last four are derived from other records."""

    EXCHANGE = "EXCHANGE", "A giver provides a deliverable to a receiver."
    DEPENDENCY = "DEPENDENCY", "A dependent cannot work fully without a provider."
    INVESTMENT = "INVESTMENT", "An investor has invested in an organisation."
    ACQUAINTANCE = "ACQUAINTANCE", "Two people know each other."
    EMPLOYMENT = "EMPLOYMENT", "A person works for an organisation or a team."
    AFFILIATION = "AFFILIATION", "A team or an organisation is part of an organisation."
    ACCOUNT_MANAGEMENT = (
        "ACCOUNT_MANAGEMENT",
        "A person manages the account of a customer.",
    )
    FOLLOWING = (
        "FOLLOWING",
        "A member follows an organisation and hears from it directly.",
    )
    ADVICE = "ADVICE", "A person or an organisation advises another."
    COMPETITION = "COMPETITION", "Two members compete with each other."
    MEMBERSHIP = "MEMBERSHIP", "A member belongs to a community."
    ORGANISING = "ORGANISING", "An organisation organises a community."
    CONTRACT = (
        "CONTRACT",
        "A member is a party to a contract. Between members: from supplier to"
        " customer.",
    )
    CAPABILITY = "CAPABILITY", "A member has a capability."
    NEED = "NEED", "A member needs a capability."
    OFFER = "OFFER", "An organisation or a team offers an offering."
    COVERAGE = "COVERAGE", "A contract covers an offering."
    WORK = "WORK", "A member works on an initiative."
    REFERRAL = "REFERRAL", "A referrer has sent a customer to a provider."
    CO_INVESTMENT = (
        "CO_INVESTMENT",
        "Derived: two members have invested in the same organisation.",
    )
    CO_CONTRACT = (
        "CO_CONTRACT",
        "Derived: two members are parties to the same contract.",
    )
    CO_MEMBERSHIP = (
        "CO_MEMBERSHIP",
        "Derived: two members belong to the same community.",
    )


class TieWeight(DescribedEnum):
    """The weight of an arc in a network."""

    NONE = "NONE", "Arcs have no weight: a tie is there or not."
    COUNT = "COUNT", "The number of ties between the two members."
    STRENGTH = (
        "STRENGTH",
        "The strength of the ties; for acquaintances and dependencies.",
    )
    VALUE = "VALUE", "The value in money; for exchanges and contracts."
    AMOUNT = "AMOUNT", "The amount invested; for investments."


class ReportPart(DescribedEnum):
    """A part of a report on a community."""

    MAP = "MAP", "The network and its picture: `map`."
    BROKERAGE = "BROKERAGE", "Who brokers between others: `brokerage`."
    WEAK_NODES = "WEAK_NODES", "Whose weakness would hurt others: `weakNodes`."
    COOLING_TIES = "COOLING_TIES", "Which acquaintances are fading: `coolingTies`."
    CHOKE_POINTS = "CHOKE_POINTS", "Who is the only way to a partner: `chokePoints`."
    PARTNERS = "PARTNERS", "Which partners start-ups need: `partners`."
    CHANGE = "CHANGE", "What changed: `change`."


class DependenceKind(DescribedEnum):
    """How a member depends on a single other one."""

    SOLE_CONTACT = (
        "SOLE_CONTACT",
        "The person is the only one inside the organisation who manages or knows some"
        " of its customers: `departureImpact` and `soleContact`.",
    )
    TRUCK_FACTOR = (
        "TRUCK_FACTOR",
        "The person counts towards the truck factor of the organisation: `keyPeople`.",
    )
    CHOKE_POINT = (
        "CHOKE_POINT",
        "The member is on all introduction paths for some needs of the start-up, as one"
        " who introduces: `chokePoints`.",
    )
    SOLE_PARTNER = (
        "SOLE_PARTNER",
        "The member is the only partner within reach for some needs of the start-up:"
        " `chokePoints` and `solePartner`.",
    )
    SOLE_SUPPLIER = (
        "SOLE_SUPPLIER",
        "The member is a provider without a substitute: a DEPENDENCY tie in whose"
        " substitute group there is no other provider.",
    )


class GroupKey(DescribedEnum):
    """The property by which members are divided into groups."""

    KIND = "KIND", "By kind: organisation, team or person."
    SECTOR = "SECTOR", "By the sector of the member."
    REGION = "REGION", "By the region of the member."
    COUNTRY = "COUNTRY", "By the country of the member."
    FUNCTION = "FUNCTION", "By the function of the member."
    ORGANISATION = (
        "ORGANISATION",
        "By the organisation that the member works for or is part of.",
    )
    COMMUNITY = "COMMUNITY", "By the community to which the member belongs."
    SIDE = (
        "SIDE",
        "Inside or outside the organisation of the network input, which must name one.",
    )


class Side(DescribedEnum):
    """Whether a member is inside or outside an organisation."""

    INTERNAL = "INTERNAL", "Inside: it works for the organisation or is part of it."
    EXTERNAL = "EXTERNAL", "Outside, with a tie to a member inside."


class Direction(DescribedEnum):
    """The direction of a tie, seen from the record whose field it is."""

    OUT = "OUT", "The tie starts at this record."
    IN = "IN", "The tie ends at this record."
    BOTH = "BOTH", "Either direction."


class TeamKind(DescribedEnum):
    """What a team does."""

    RESEARCH_AND_DEVELOPMENT = "RESEARCH_AND_DEVELOPMENT", "Research and development."
    PRODUCTION = "PRODUCTION", "Makes the product or delivers the service."
    SALES = "SALES", "Sells."
    MARKETING = "MARKETING", "Does marketing."
    SUPPORT = "SUPPORT", "Supports customers or other teams."
    OTHER = "OTHER", "Something else."


class Introductions(DescribedEnum):
    """Whether a person may be asked to introduce others."""

    OPEN = "OPEN", "May be asked."
    ASK = "ASK", "Only with the person's consent."
    CLOSED = "CLOSED", "May not be asked; introductions never go through this person."


class ContractStatus(DescribedEnum):
    """The state of a contract."""

    DRAFT = "DRAFT", "Not agreed yet; never counts as active."
    ACTIVE = "ACTIVE", "In force."
    COMPLETED = "COMPLETED", "Fulfilled. Without `until` it does not count as active."
    TERMINATED = (
        "TERMINATED",
        "Ended early. Without `until` it does not count as active.",
    )


class ValuePeriod(DescribedEnum):
    """The period to which the value of a contract applies."""

    TOTAL = "TOTAL", "The whole contract."
    YEAR = "YEAR", "One year."


class Segment(DescribedEnum):
    """The customer segment of a contract."""

    BUSINESS = "BUSINESS", "The customer is a business."
    PRIVATE = "PRIVATE", "The customer is a private person."


class CommunityKind(DescribedEnum):
    """What kind of community it is."""

    INCUBATOR_COHORT = (
        "INCUBATOR_COHORT",
        "Companies that an incubator helps in the same period.",
    )
    ACCELERATOR_COHORT = (
        "ACCELERATOR_COHORT",
        "Companies in the same round of an accelerator programme.",
    )
    BUSINESS_NETWORK = "BUSINESS_NETWORK", "A network of businesses."
    CLUB = "CLUB", "A club."
    ASSOCIATION = "ASSOCIATION", "An association of an industry or a profession."
    MUNICIPAL_FORUM = "MUNICIPAL_FORUM", "A forum of a municipality."
    EVENT = "EVENT", "The people who attend one event."
    NICHE = "NICHE", "A group with one special interest."
    BOARD = "BOARD", "The board of an organisation."
    DATASET = (
        "DATASET",
        "The members of one data set, which does not mean that they meet.",
    )
    OTHER = "OTHER", "Another kind."


class CommunityPurpose(DescribedEnum):
    """Why the members of a community meet."""

    SECTOR_KNOWLEDGE = "SECTOR_KNOWLEDGE", "To share knowledge of their sector."
    LOCAL = "LOCAL", "To meet others of the same place."
    SAME_STAGE = "SAME_STAGE", "To meet others at the same stage of growth."
    BUSINESS = "BUSINESS", "To do business."
    LEARNING = "LEARNING", "To learn."


class Outcome(DescribedEnum):
    """The outcome of a referral or an introduction."""

    OPEN = "OPEN", "Not decided yet."
    WON = "WON", "It led to business."
    LOST = "LOST", "It led to nothing."


class IntroductionPurpose(DescribedEnum):
    """What the requester of an introduction asks for."""

    ADVICE = "ADVICE", "Advice from the target."
    INTRODUCTION = "INTRODUCTION", "To be introduced to the target."
    FEEDBACK = "FEEDBACK", "Feedback from the target."


class IntroductionState(DescribedEnum):
    """The state of an introduction."""

    ASKED = "ASKED", "The introducer has been asked."
    ACCEPTED = "ACCEPTED", "The introducer has agreed."
    DECLINED = "DECLINED", "The introducer has declined."
    EXPIRED = "EXPIRED", "The request was not answered in time."
    MADE = "MADE", "The introduction was made."


class FeedbackKind(DescribedEnum):
    """The survey to which a score belongs; it determines the scale."""

    CSAT = "CSAT", "Customer satisfaction, 1 to 5."
    NPS = "NPS", "Net promoter score: would you recommend us, 0 to 10."
    CES = "CES", "Customer effort score, 1 to 7; 7 is easy."
    SATISFACTION = "SATISFACTION", "Satisfaction index: three questions, each 1 to 10."


class FeedbackState(DescribedEnum):
    """What has been done about feedback."""

    CAPTURED = "CAPTURED", "It was recorded."
    SHARED = "SHARED", "It was passed on to the people concerned."
    PLANNED = "PLANNED", "A change is planned."
    DONE = "DONE", "The change was made."


class ServiceChannel(DescribedEnum):
    """How a customer got in touch."""

    TELEPHONE = "TELEPHONE", "By telephone."
    EMAIL = "EMAIL", "By email."
    SOCIAL = "SOCIAL", "On a social network."
    WEB = "WEB", "On a website."
    CHAT = "CHAT", "By chat."


class InitiatedBy(DescribedEnum):
    """Who opened a service case."""

    CUSTOMER = "CUSTOMER", "The customer."
    PROVIDER = "PROVIDER", "The provider, before the customer complained."


class Horizon(DescribedEnum):
    """How far an initiative goes beyond the present business."""

    CORE = "CORE", "Improves the present business."
    ADJACENT = "ADJACENT", "Extends the present business to new customers or products."
    TRANSFORMATIONAL = "TRANSFORMATIONAL", "Creates a new business."


class InitiativeStatus(DescribedEnum):
    """The state of an initiative."""

    RUNNING = "RUNNING", "In progress."
    SUCCEEDED = "SUCCEEDED", "Ended with success."
    FAILED = "FAILED", "Ended without success."


class ExchangeKind(DescribedEnum):
    """Whether a deliverable is tangible or intangible."""

    TANGIBLE = "TANGIBLE", "Agreed and paid for: goods, services or money."
    INTANGIBLE = "INTANGIBLE", "Not under contract: knowledge, benefits or influence."


class ExchangeForm(DescribedEnum):
    """What form a deliverable has."""

    GOODS = "GOODS", "Physical goods."
    SERVICE = "SERVICE", "A service."
    MONEY = "MONEY", "Money."
    KNOWLEDGE = "KNOWLEDGE", "Knowledge or information."
    BENEFIT = "BENEFIT", "A benefit, such as a favour or access."
    INFLUENCE = "INFLUENCE", "Influence, such as a recommendation."


class ExchangeArea(DescribedEnum):
    """The area of life that an exchange serves."""

    ECONOMIC = "ECONOMIC", "The economy."
    INNOVATION = "INNOVATION", "New products, services or methods."
    SOCIAL = "SOCIAL", "People and society."
    ENVIRONMENT = "ENVIRONMENT", "The natural environment."


class AcquaintanceContext(DescribedEnum):
    """How two people know each other."""

    FAMILY = "FAMILY", "They are family."
    FRIEND = "FRIEND", "They are friends."
    FORMER_COLLEAGUE = "FORMER_COLLEAGUE", "They have worked together."
    COLLEAGUE = "COLLEAGUE", "They work together."
    CLIENT = "CLIENT", "One is a client of the other."
    EVENT = "EVENT", "They met at an event."
    ONLINE = "ONLINE", "They met online."
    CLUB = "CLUB", "They met in a club."
    OTHER = "OTHER", "In another way."


class AffiliationKind(DescribedEnum):
    """In what way a team or an organisation is part of another."""

    DIVISION = "DIVISION", "A unit of the organisation."
    SUBSIDIARY = "SUBSIDIARY", "A company that the organisation controls."
    SPIN_OFF = "SPIN_OFF", "A company that was founded out of the organisation."


class AdviceKind(DescribedEnum):
    """In what capacity an adviser advises."""

    MENTOR = "MENTOR", "As a mentor."
    BOARD = "BOARD", "As a member of the board."
    ADVISER = "ADVISER", "As an adviser without a seat on the board."


class ContractRole(DescribedEnum):
    """A party's role in a contract."""

    SUPPLIER = "SUPPLIER", "Delivers what the contract covers."
    CUSTOMER = "CUSTOMER", "Buys what the contract covers."
    INVESTOR = "INVESTOR", "Invests under the contract."
    PARTNER = "PARTNER", "Works together with the other parties."
    FUNDER = (
        "FUNDER",
        "Pays for it without buying, such as a sponsor or a public funder.",
    )
    BENEFICIARY = "BENEFICIARY", "Benefits from it without paying."


class BrokerageRole(DescribedEnum):
    """A role between groups.

    A pattern names the groups of source, broker and target.
    """

    COORDINATOR = "COORDINATOR", "A A A: all three are in one group."
    CONSULTANT = "CONSULTANT", "A B A: an outsider between two members of one group."
    REPRESENTATIVE = (
        "REPRESENTATIVE",
        "A A B: the sender is in the broker's group. Some tools swap this name with"
        " GATEKEEPER; compare the patterns.",
    )
    GATEKEEPER = (
        "GATEKEEPER",
        "A B B: the receiver is in the broker's group. Some tools swap this name with"
        " REPRESENTATIVE; compare the patterns.",
    )
    LIAISON = "LIAISON", "A B C: three groups."
    TOTAL = "TOTAL", "The sum of the five roles."


class BrokerageScore(DescribedEnum):
    """The score by which brokers are ranked."""

    OBSERVED = "OBSERVED", "The number of brokered pairs."
    Z = "Z", "That number in standard deviations above chance; a null comes last."


class PairWeight(DescribedEnum):
    """The weight of a brokered pair, from the weights of its two arcs."""

    PRODUCT = "PRODUCT", "The product of the two weights."
    MINIMUM = "MINIMUM", "The smaller of the two weights: what can flow through."


class CascadeModel(DescribedEnum):
    """How a loss spreads from a provider to its dependents.

    a is the strength of a dependency, b its criticality; providers of one
    substitute group replace each other.
    """

    DEPENDENCY = (
        "DEPENDENCY",
        "FDNA: how well each member still works. The mean over what it depends on,"
        " but never more than its most critical dependency allows.",
    )
    INOPERABILITY = (
        "INOPERABILITY",
        "Input-output inoperability: losses add up, substitutes do not help, and the"
        " first member is also hit by what comes back to it.",
    )
    FAILURE = (
        "FAILURE",
        "Noisy-OR: the probability of failing if the causes are independent; of a"
        " substitute group all must fail.",
    )
