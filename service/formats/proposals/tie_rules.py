"""Which columns of a line are the two ends of a tie, for each kind of tie."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from service.formats.proposals.header_words import ENDS
from service.formats.proposals.known_names import KnownNames
from service.formats.proposals.profiles import SheetColumn
from service.formats.records import LABELS, TABLES
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind

FIRMS = ("organisation", "startup", "customer", "supplier", "investor", "member")
ANYBODY = frozenset((*FIRMS, "parent", "person", "contact", "team", "mentor"))
UNSPECIFIC = frozenset(
    ["organisation", "member", "person", "contact", "team", "startup"]
)
# The kinds that a person is asked to choose from, where they are possible.
COMMON = [TieKind.EXCHANGE, TieKind.DEPENDENCY, TieKind.ACQUAINTANCE]
COMMON += [TieKind.EMPLOYMENT, TieKind.AFFILIATION, TieKind.COMPETITION]
SYMMETRIC = (TieKind.ACQUAINTANCE, TieKind.COMPETITION)


class Slots(NamedTuple):
    """What the headers of the two ends of a tie stand for."""

    sources: frozenset[str]
    targets: frozenset[str]


def slots(sources: str, targets: str) -> Slots:
    return Slots(frozenset(sources.split()), frozenset(targets.split()))


# In this order: of the kinds that fit a line equally well the first is proposed.
TIE_SLOTS: dict[TieKind, Slots] = {
    TieKind.INVESTMENT: slots("investor parent", "startup organisation"),
    TieKind.ADVICE: slots("mentor", "startup organisation member person customer"),
    TieKind.ACCOUNT_MANAGEMENT: slots("account_manager", "customer organisation"),
    TieKind.EXCHANGE: slots(
        "supplier organisation startup member", "customer organisation member"
    ),
    TieKind.EMPLOYMENT: slots(
        "person contact", "organisation team startup customer supplier investor member"
    ),
    TieKind.COVERAGE: slots("contract", "offering deliverable"),
    TieKind.CONTRACT: Slots(ANYBODY, frozenset(["contract"])),
    TieKind.ORGANISING: slots("organiser", "community"),
    TieKind.MEMBERSHIP: Slots(ANYBODY, frozenset(["community"])),
    TieKind.CAPABILITY: Slots(ANYBODY, frozenset(["capability"])),
    TieKind.NEED: Slots(ANYBODY, frozenset(["need", "capability"])),
    TieKind.OFFER: slots("organisation supplier team member startup", "offering"),
    TieKind.WORK: Slots(ANYBODY, frozenset(["initiative"])),
    TieKind.AFFILIATION: slots(
        "subsidiary team organisation member startup", "parent organisation"
    ),
    TieKind.DEPENDENCY: Slots(ANYBODY | {"dependent"}, frozenset(["provider"])),
    TieKind.FOLLOWING: Slots(ANYBODY | {"follower"}, frozenset(["followed"])),
    TieKind.COMPETITION: slots("organisation startup member", "competitor"),
    TieKind.ACQUAINTANCE: slots("person contact", "person contact"),
}


class EndColumns(NamedTuple):
    """The columns of source and target, and how well they fit a kind of tie.

    `is_sure` is whether it is clear which of the two is the source.
    """

    kind: TieKind
    source: SheetColumn
    target: SheetColumn
    score: int
    is_sure: bool

    @property
    def is_typical(self) -> bool:
        """Whether the headers alone say the kind of tie."""
        rule = TIE_SLOTS[self.kind]
        slots = rule.sources & set(self.source.slots[:1])
        others = rule.targets & set(self.target.slots[:1])
        is_specific = bool((slots | others) - UNSPECIFIC)
        is_of_people = self.kind in (TieKind.EMPLOYMENT, TieKind.ACQUAINTANCE)
        return is_specific or (is_of_people and bool(slots and others))


def end_columns(
    kinds: Sequence[TieKind],
    columns: Sequence[SheetColumn],
    known: KnownNames,
    sources: Collection[str] = (),
) -> EndColumns | None:
    """The two columns that fit one of the kinds best; None if no two do.

    `sources` are columns of which a person says that ties run from them.
    """
    best: EndColumns | None = None
    for kind in kinds:
        for ends in possible_ends(kind, columns, known):
            is_said = ends.source.name in sources
            if not is_said and ends.target.name in sources:
                continue
            if best is None or ends.score > best.score:
                best = ends._replace(is_sure=True) if is_said else ends
    return best


def possible_ends(
    kind: TieKind, columns: Sequence[SheetColumn], known: KnownNames
) -> Iterator[EndColumns]:
    scores = {pair: pair_score(kind, *pair, known) for pair in permutations(columns, 2)}
    for (source, target), score in scores.items():
        back = scores[target, source]
        if score is not None:
            is_sure = kind in SYMMETRIC or back is None or score >= back + 2
            yield EndColumns(kind, source, target, score, is_sure)


def possible_kinds(
    source: SheetColumn, target: SheetColumn, known: KnownNames
) -> list[TieKind]:
    """The common kinds of ties that two columns may be the ends of."""
    return [
        kind for kind in COMMON if pair_score(kind, source, target, known) is not None
    ]


def pair_score(
    kind: TieKind, source: SheetColumn, target: SheetColumn, known: KnownNames
) -> int | None:
    """How well two columns are source and target; None if they cannot be."""
    cls = TIES[kind]
    rule = TIE_SLOTS[kind]
    scores = (
        end_score(source, rule.sources, "source", cls.sources, known),
        end_score(target, rule.targets, "target", cls.targets, known),
    )
    if scores[0] is None or scores[1] is None:
        return None
    return scores[0] + scores[1]


def end_score(
    column: SheetColumn,
    expected: frozenset[str],
    generic: str,
    labels: Sequence[str],
    known: KnownNames,
) -> int | None:
    score = 0
    kinds = known.kinds_of(column)
    if kinds:
        allowed = {label_of(kind) for kind in kinds} & set(labels)
        if not allowed:
            return None
        score += 2
    elif column.slots and not any(fits_label(s, labels) for s in column.slots):
        return None
    if expected & set(column.slots[:1]):
        score += 4
    elif expected & set(column.slots):
        score += 3
    if generic in column.slots:
        score += 3
    opposite = "target" if generic == "source" else "source"
    if opposite in column.slots and generic not in column.slots:
        score -= 3
    return score


def label_of(kind: str) -> str:
    """The label of a kind of member, or of a table."""
    return LABELS.get(kind) or TABLES.get(kind) or kind


def fits_label(slot: str, labels: Sequence[str]) -> bool:
    """Whether what a header names can be an end with one of the labels."""
    if slot not in ENDS and slot != "name":
        return False
    table, kind, _ = ENDS.get(slot, ("members", None, None))
    if table != "members":
        return TABLES[table] in labels
    members = [label for label in LABELS.values() if label in labels]
    # Investors, customers and others may be people.
    return bool(members) and (kind in (None, "ORGANISATION") or LABELS[kind] in labels)
