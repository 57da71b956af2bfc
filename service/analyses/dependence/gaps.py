"""What the data of a community do not say about who depends on whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from service.analyses.departures.relations import Relation
from service.analyses.dependence import DependenceAnalysis
from service.analyses.introductions.startups import ADD_NEEDS
from service.vocabulary.enums import DependenceKind
from service.vocabulary.names import counted

CONTACTS = (DependenceKind.SOLE_CONTACT, DependenceKind.TRUCK_FACTOR)
WAYS_IN = (DependenceKind.CHOKE_POINT, DependenceKind.SOLE_PARTNER)
ADD_CONTACTS = (
    "Add EMPLOYMENT ties of the people who work there, and their ACCOUNT_MANAGEMENT and"
    " ACQUAINTANCE ties."
)
ADD_CUSTOMERS = (
    "Add CONTRACT ties with the roles SUPPLIER and CUSTOMER, or ACCOUNT_MANAGEMENT"
    " ties."
)
ADD_DEPENDENCIES = (
    "Add DEPENDENCY ties: who depends on whom, with strength, criticality and"
    " substitute_group."
)
ADD_STARTUPS = "Add the role STARTUP to the members that are start-ups (roles)."


def null_reason(analysis: DependenceAnalysis, kind: DependenceKind) -> str | None:
    """Why nobody knows who depends on one in this way; None if it is known."""
    if not analysis.members:
        return (
            "The community has no member on that day. Add MEMBERSHIP ties to the"
            " community."
        )
    if kind in CONTACTS:
        return no_contacts(analysis, kind)
    if kind in WAYS_IN:
        return no_ways_in(analysis)
    if not analysis.suppliers:
        return f"No member of the community has a stored dependency. {ADD_DEPENDENCIES}"
    return None


def no_contacts(analysis: DependenceAnalysis, kind: DependenceKind) -> str | None:
    if not analysis.organisations:
        return "No member of the community is an organisation."
    known = [relation for relation in current(analysis) if relation.staff]
    if not known:
        return (
            "No person inside an organisation of the community manages or knows any of"
            f" its customers and partners. {ADD_CONTACTS}"
        )
    if kind is DependenceKind.SOLE_CONTACT and not any(r.is_customer for r in known):
        return (
            "No person inside an organisation of the community manages or knows a"
            f" stored customer. {ADD_CUSTOMERS}"
        )
    return None


def no_ways_in(analysis: DependenceAnalysis) -> str | None:
    if not analysis.startups:
        return f"No member of the community is a start-up. {ADD_STARTUPS}"
    if analysis.portfolio.pairs:
        return None
    if not analysis.portfolio.pairs_without_path:
        return f"No start-up of the community has a stored need. {ADD_NEEDS}"
    return "No start-up of the community has a path to anything that it needs."


def current(analysis: DependenceAnalysis) -> list[Relation]:
    """The customers and partners of all organisations whose people know anybody."""
    return [each for own in analysis.relations.values() for each in own.current]


def warnings(
    analysis: DependenceAnalysis, kinds: Collection[DependenceKind]
) -> Iterator[str]:
    """Members of which nothing is stored, where something is stored of others."""
    known = {kind for kind in kinds if null_reason(analysis, kind) is None}
    for kind in kinds:
        if kind not in known:
            yield f"{kind.value} is unknown, not 0: {null_reason(analysis, kind)}"
    if known.intersection(CONTACTS):
        yield from contact_warnings(analysis)
    if known.intersection(WAYS_IN):
        yield from way_in_warnings(analysis)
    if DependenceKind.SOLE_SUPPLIER in known:
        dependents = len({row.dependent for row in analysis.suppliers})
        if without := len(analysis.members) - dependents:
            yield (
                f"Members without a stored dependency, of whose suppliers nothing is"
                f" known: {without:,} of {len(analysis.members):,}. {ADD_DEPENDENCIES}"
            )


def contact_warnings(analysis: DependenceAnalysis) -> Iterator[str]:
    reaching = [
        own
        for own in analysis.relations.values()
        if any(relation.staff for relation in own.current)
    ]
    if without := len(analysis.organisations) - len(reaching):
        yield (
            "Organisations whose people manage or know no customer or partner, as far"
            f" as stored: {without:,} of {len(analysis.organisations):,}. Whether they"
            f" depend on one person is unknown. {ADD_CONTACTS}"
        )
    unnamed = [each for each in current(analysis) if not each.staff]
    if unnamed:
        count = counted(len(unnamed), "customer or partner", "customers and partners")
        yield (
            f"{count} of the other organisations have no contact inside, as far as"
            " stored: no row counts them as depending on one person."
        )


def way_in_warnings(analysis: DependenceAnalysis) -> Iterator[str]:
    portfolio, count = analysis.portfolio, len(analysis.startups)
    if without := count - len(portfolio.needing):
        yield f"Start-ups without a stored need: {without:,} of {count:,}. {ADD_NEEDS}"
    if portfolio.pairs_without_path:
        pairs = len(portfolio.pairs_without_path)
        total = pairs + len(portfolio.pairs)
        yield (
            f"Needs without any path, which depend on nobody yet: {pairs:,} of"
            f" {total:,}. chokePoints lists them."
        )
    yield from analysis.network_warnings
