"""Each list that the API cuts says of how many it is a part."""

from __future__ import annotations

from graphql import GraphQLObjectType, get_named_type, is_list_type, is_non_null_type

from schema.query import schema

# Lists whose number has another name than theirs, each with the field that has it.
COUNTS = {
    "Broker.evidence": "evidenceCount",
    "CapabilityNeed.candidates": "candidateCount",
    "ChokePoint.pairs": "pairCount",
    "Dependence.rows": "totalCount",
    "DependenceRow.members": "count",
    "DependenceRow.needs": "count",
    "EcosystemReport.partners": "startupCount",
    "Exposure.members": "reachedCount",
    "KeyPeople.people": "personCount",
    "Measured.evidence": "evidenceCount",
    "Mediation.inactive": "inactiveCount",
    "Opening.roles": "roleCount",
    "Opening.via": "viaCount",
    "MemberPaths.paths": "morePaths",  # counting them takes exponential time
    "PartnerStage.paths": "morePaths",
    "ReferralNetwork.orphaned": "orphanedCount",
    "StructuralHoles.positions": "nodeCount",
    "StructuralPosition.separates": "separatedPairs",
    "ValueNetwork.impact": "impactCount",
    "ValueNetwork.valueCreation": "valueCreationCount",
    "ValueNetwork.perceivedValue": "perceivedValueCount",
    "Networking.upkeepDue": "upkeepDueCount",
    "SupplierDiversity.members": "memberCount",
}
# Cut by `first` of the question, one level below it.
INNER = ["CascadeComparison.losses", "MemberPaths.paths", "PartnerStage.paths"]
INNER += ["Opening.roles"]


def is_list(field):
    kind = field.type.of_type if is_non_null_type(field.type) else field.type
    return is_list_type(kind)


def singular(name):
    """brokers: broker; communities: community; matches: match; ties: tie."""
    if name.endswith(("ities", "ches", "sses")):
        return name[:-3] + "y" if name.endswith("ities") else name[:-2]
    return name.removesuffix("s")


def question_types():
    """The types of the questions that take `first`."""
    for field in schema._schema.query_type.fields.values():
        cls = get_named_type(field.type)
        if "first" in field.args and "about" in getattr(cls, "fields", ()):
            yield cls


def bounded_lists():
    """Lists with an argument `first`, and lists of a question with that argument."""
    questions = set(question_types())
    for name, cls in schema._schema.type_map.items():
        is_own = isinstance(cls, GraphQLObjectType) and not name.startswith("__")
        if not is_own or name in ("Query", "Mutation", "Subscription"):
            continue
        for field_name, field in cls.fields.items():
            path = f"{name}.{field_name}"
            takes_first = "first" in field.args or path in INNER
            if is_list(field) and (takes_first or cls in questions):
                yield path, cls


UNBOUNDED = {
    "Dependence.counts",
    "EcosystemReport.gaps",
    "Exposure.incubators",
    "Exposure.cohorts",
    "NetworkOwnership.channels",
    "PartnerPaths.stages",
    "WeakNodeImpact.customersWaiting",
}


def test_each_bounded_list_has_its_number_beside_it():
    lacking = []
    for path, cls in bounded_lists():
        if path in UNBOUNDED:
            continue
        name = path.partition(".")[2]
        counts = {COUNTS.get(path), f"{singular(name)}Count", f"{name}Count"}
        if not counts & set(cls.fields):
            lacking.append(f"{path}: none of {counts}")
    assert lacking == []


def test_no_exception_is_left_over():
    paths = {path for path, _ in bounded_lists()}
    assert {*COUNTS, *INNER, *UNBOUNDED} <= paths


def test_the_singular_of_a_list_is_the_name_of_its_count():
    names = ["brokers", "matches", "communities", "losses", "simmelianTies"]
    counts = [singular(name) for name in names]
    assert counts == ["broker", "match", "community", "loss", "simmelianTie"]
