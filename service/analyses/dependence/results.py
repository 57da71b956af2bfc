"""What one member depends on another one for: from contacts, ways in, suppliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from service.analyses.choke_points import PortfolioAnalysis
from service.analyses.departures.relations import Relation, Relations
from service.analyses.figure import Piece, pieces
from service.analyses.key_people import key_people_analysis
from service.vocabulary import TIES_BY_TYPE
from service.vocabulary.enums import DependenceKind


@dataclass(frozen=True)
class DependenceResult:
    """One member that depends on another one for `items` of `total` of its own."""

    kind: DependenceKind
    dependent: str
    on: str
    items: list[str]  # members by key, or of ways in: capabilities by key
    total: int
    evidence: list[Piece]
    together: int = 1  # of how many people the truck factor is

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def share(self) -> float:
        return len(self.items) / self.total

    @property
    def is_of_needs(self) -> bool:
        return self.kind in (DependenceKind.CHOKE_POINT, DependenceKind.SOLE_PARTNER)

    @property
    def position(self) -> tuple[float, str, str, str]:
        """In the order of all: the largest share first, then keys, then kind."""
        return -self.share, self.dependent, self.on, self.kind.value


@dataclass(frozen=True)
class SupplierRow:
    """A dependency of a member, and how it may be replaced."""

    dependent: str
    provider: str
    tie: str
    substitute_group: str  # empty without one
    has_effect: bool  # whether the dependent loses anything when the provider stops


def contact_results(organisation: str, own: Relations) -> Iterator[DependenceResult]:
    """The people on whom an organisation's customers and its network depend."""
    customers = [relation for relation in own.current if relation.is_customer]
    sole: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in customers:
        if relation.sole_contact is not None:
            sole[relation.sole_contact].append(relation)
    for person, relations in sole.items():
        yield contact_result(
            DependenceKind.SOLE_CONTACT, organisation, person, relations, len(customers)
        )
    analysis = key_people_analysis(own)
    kind, few = DependenceKind.TRUCK_FACTOR, analysis.truck_factor or 0
    for key_person in analysis.people[:few]:
        relations = [own.by_key[key] for key in key_person.members]
        person, total = key_person.person, analysis.contact_count
        result = contact_result(kind, organisation, person, relations, total)
        yield replace(result, together=few)


def contact_result(
    kind: DependenceKind,
    organisation: str,
    person: str,
    relations: list[Relation],
    total: int,
) -> DependenceResult:
    ties = {
        (TIES_BY_TYPE[tie.kind].__name__, tie.tie)
        for relation in relations
        for tie in relation.staff
        if tie.person == person
    }
    members = [relation.key for relation in relations]
    return DependenceResult(kind, organisation, person, members, total, sorted(ties))


def way_in_results(portfolio: PortfolioAnalysis) -> Iterator[DependenceResult]:
    """The members without whom start-ups do not reach partners for their needs."""
    totals: defaultdict[str, int] = defaultdict(int)
    for pair in portfolio.pairs:
        totals[pair.startup] += 1
    needs: defaultdict[tuple[DependenceKind, str, str], list[str]] = defaultdict(list)
    for point in portfolio.points:
        for pair in point.pairs:
            kind = (
                DependenceKind.SOLE_PARTNER
                if pair.is_sole_partner
                else DependenceKind.CHOKE_POINT
            )
            needs[kind, pair.startup, point.key].append(pair.capability)
    for (kind, startup, on), items in needs.items():
        evidence = list(pieces("Capability", items))
        yield DependenceResult(kind, startup, on, items, totals[startup], evidence)


def supplier_results(rows: Iterable[SupplierRow]) -> Iterator[DependenceResult]:
    """Providers that no other one of their substitute group can replace."""
    by_dependent: defaultdict[str, list[SupplierRow]] = defaultdict(list)
    for row in rows:
        by_dependent[row.dependent].append(row)
    for dependent, own in by_dependent.items():
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for row in own:
            groups[row.substitute_group].add(row.provider)
        ties: defaultdict[str, list[str]] = defaultdict(list)
        for row in own:
            group = row.substitute_group
            if row.has_effect and (not group or len(groups[group]) == 1):
                ties[row.provider].append(row.tie)
        total = len({row.provider for row in own if row.has_effect})
        for provider, keys in ties.items():
            evidence = list(pieces("Dependency", keys))
            kind = DependenceKind.SOLE_SUPPLIER
            yield DependenceResult(
                kind, dependent, provider, [provider], total, evidence
            )
