"""Which members of one name are one.

Organisations are one in one country; where one of them has no country, if only one
country has the name. People and teams never by the name alone: they share an employer,
or are named by the same source. Those that a file tells apart by ids, or that have
different register identifiers, are several. What is decided does not depend on the
order of files and lines, and stays when they are loaded again.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product

from service.formats.identities.entity import (
    NO_DECISIONS,
    SEPARATE,
    Entity,
    NameMatch,
    PairDecisions,
    roots,
)
from service.formats.identities.member_keys import (
    key_order,
    key_with_id,
    made_key_of,
    named_keys,
    rank_of,
    stored_with_id,
)
from service.formats.input_file import InputFile
from service.vocabulary.enums import MemberKind

ORGANISATION = MemberKind.ORGANISATION.value
MOST_PAIRS = 5  # possible duplicates that are listed for one member


class Namesakes:
    """Merges members of one name and kind."""

    def __init__(
        self, files: Sequence[InputFile], decisions: PairDecisions = NO_DECISIONS
    ) -> None:
        self._decisions = decisions
        self._references: dict[Entity, set[str]] = {}  # of what an entity absorbed
        self._ranks = rank_of(files)
        self._apart = {
            number
            for number, file in enumerate(files)
            if file.format.tells_members_apart
        }
        self.merges: list[tuple[Entity, Entity]] = []

    def merge(self, kind: str, entities: list[Entity]) -> None:
        repeated = self._match_repeated(entities)
        others = [entity for entity in entities if entity.root not in repeated]
        if kind == ORGANISATION:
            self._merge_listed(others)
            for equal in by_country(roots(entities)):
                self._merge_equal([e for e in equal if e.root not in repeated])
        else:
            self._merge_colleagues(others)
            self._merge_by_source(others)
            self._match_keys(others)

    def merge_decided(self, entities: Iterable[Entity]) -> None:
        """Merge those of one kind of which a person says that they are one."""
        if not self._decisions.same:
            return
        by_reference = {entity.reference: entity for entity in entities}
        for pair in sorted(self._decisions.same):
            left, right = (by_reference.get(name) for name in pair)
            if left is None or right is None or left.root is right.root:
                continue
            into, other = left.root, right.root
            if other.owns_key:
                into, other = other, into
            if not other.owns_key:  # two keys stay two members
                self.merges.append((other, into))
                self._absorb(into, other)

    def merge_remembered(self, pairs: Iterable[tuple[Entity, Entity]]) -> None:
        """Merge those of which a person has said in an earlier load what they are."""
        for into, entity in pairs:
            self._merge(into, entity)

    def _match_repeated(self, entities: list[Entity]) -> set[Entity]:
        """The members of a file that gives their name to several ids.

        The key of each has its id; it is a stored one with that key and its source.
        """
        counts = Counter(chain.from_iterable(e.files & self._apart for e in entities))
        several = {file for file, number in counts.items() if number > 1}
        if not several:
            return set()
        by_key = {entity.key or "": entity for entity in entities if entity.is_stored}
        repeated = set()
        for entity in self._in_order(entities):
            if entity.owns_key or entity.register or not entity.files & several:
                continue
            entity.key = key_with_id(entity)
            if stored := stored_with_id(entity, by_key):
                self._merge(stored, entity)
            repeated.add(entity.root)
        return repeated

    def _in_order(self, entities: Iterable[Entity]) -> list[Entity]:
        return sorted(entities, key=lambda entity: self._ranks[entity.file])

    def _merge_listed(self, entities: list[Entity]) -> None:
        """A name that several countries have is what its source has listed before."""
        if len({entity.country for entity in entities if entity.country}) < 2:
            return
        for entity in self._in_order(entities):
            if entity.owns_key or entity.country or entity.register:
                continue
            stored = [e for e in entities if e.is_stored and e.sources & entity.sources]
            fitting = [e for e in stored if self._may_be_one(e, entity)]
            if len(fitting) == 1:
                self._merge(fitting[0], entity)

    def _merge_colleagues(self, entities: list[Entity]) -> None:
        """Merge those with a common employer."""
        by_employer: dict[Entity, list[Entity]] = defaultdict(list)
        for entity in entities:
            for employer in {employer.root for employer in entity.employers}:
                by_employer[employer].append(entity)
        for employer in sorted(by_employer, key=lambda e: (e.name, e.key or "")):
            self._merge_equal(roots(by_employer[employer]))

    def _merge_by_source(self, entities: list[Entity]) -> None:
        """Merge those without an employer: of one file, or as last time."""
        new = [e for e in entities if not (e.root.owns_key or e.employers)]
        by_file: dict[int, list[Entity]] = defaultdict(list)
        for entity in new:
            for file in entity.files:
                by_file[file].append(entity)
        for file in sorted(by_file, key=lambda file: self._ranks[file]):
            self._merge_equal(roots(by_file[file]))
        for source in sorted({name for entity in new for name in entity.sources}):
            own = (e for e in roots(new) if source in e.sources and not e.owns_key)
            stored = [e for e in entities if e.is_stored and source in e.sources]
            self._match_stored(self._in_order(own), [e for e in stored if not e.files])

    def _match_stored(self, new: list[Entity], stored: list[Entity]) -> None:
        """Each new member is the next stored one that no row has named yet."""
        employed = [entity for entity in stored if entity.employers]
        if len(employed) < len(stored) or len(new) > 1 or len(employed) > 1:
            stored = [entity for entity in stored if not entity.employers]
        stored = sorted(without_apart(stored, new[0]), key=key_order) if new else []
        bare = deque(entity for entity in stored if not entity.register)
        registered = deque(entity for entity in stored if entity.register)
        for entity in new:
            if bare:
                self._merge(bare.popleft(), entity)
            elif registered and not entity.register:
                self._merge(registered.popleft(), entity)

    def _match_keys(self, entities: list[Entity]) -> None:
        """Merge those with an employer with stored ones of their source without any.

        A load that was interrupted has stored people, but not their employments.
        """
        stored = {
            entity.key: entity
            for entity in entities
            if entity.is_stored and not (entity.employers or entity.files)
        }
        for entity in self._in_order(roots(entities)) if stored else ():
            if not entity.owns_key:
                for key in named_keys(entity):
                    known = stored.get(key)
                    if known and known.sources & entity.sources:
                        self._merge(stored.pop(key), entity)
                        break

    def _merge_equal(self, entities: list[Entity]) -> None:
        """Merge members that nothing but a register identifier can tell apart."""
        keyed = [entity for entity in entities if entity.owns_key]
        new = [entity for entity in entities if not entity.owns_key]
        registered = [entity for entity in new if entity.register]
        if len(registered) == 1:
            bare = [entity for entity in keyed if not entity.register]
            if choice := self._choice(registered[0], bare):
                self._merge(choice, registered.pop())
        plain = [entity for entity in new if not entity.register]
        for entity in plain[1:]:
            if self._may_be_one(plain[0], entity):
                self._merge(plain[0], entity)
        if plain and (choice := self._choice(plain[0], keyed + registered)):
            self._merge(choice, plain[0])

    def _choice(self, new: Entity, others: list[Entity]) -> Entity | None:
        """The one member that a new one can be: of its source, if there is any."""
        fitting = [entity for entity in others if self._may_be_one(entity, new)]
        if len(fitting) > 1:
            fitting = [e for e in fitting if not (e.files and is_apart(e, new))]
        listed = [entity for entity in fitting if entity.sources & new.sources]
        same_source = without_apart(listed, new)
        chosen = same_source or fitting
        if len(chosen) == 1:
            return chosen[0]
        return made_key_of((e for e in same_source if e.is_stored), new)

    def _may_be_one(self, left: Entity, right: Entity) -> bool:
        is_apart = left.files & right.files & self._apart
        return not is_apart and not self._are_different(left, right)

    def _are_different(self, left: Entity, right: Entity) -> bool:
        """Whether a person says that they are two members."""
        if not self._decisions.different:
            return False
        names = (self._references_of(left), self._references_of(right))
        return any(
            {first, second} == set(pair)
            for pair in self._decisions.different
            for first, second in product(*names)
        )

    def _references_of(self, entity: Entity) -> set[str]:
        return self._references.setdefault(entity, {entity.reference})

    def _absorb(self, into: Entity, entity: Entity) -> None:
        self._references_of(into).update(self._references_of(entity))
        into.absorb(entity)

    def _merge(self, into: Entity, entity: Entity) -> None:
        if self._are_different(into, entity):
            return
        is_known = into.is_stored and bool(into.sources & entity.sources)
        if into.name != entity.name or (into.is_stored and not is_known):
            self.merges.append((entity, into))
        self._absorb(into, entity)


def without_apart(entities: list[Entity], new: Entity) -> list[Entity]:
    """Of several members those that no other row of this source means alone."""
    if len(entities) < 2:
        return entities
    return [entity for entity in entities if not is_apart(entity, new)]


def is_apart(entity: Entity, new: Entity) -> bool:
    """Whether a person told a row of this source from others of its name."""
    starts = tuple(f"{source}: " for source in new.sources)
    return any(row.startswith(starts) for row in entity.apart_rows)


def by_country(entities: list[Entity]) -> Iterable[list[Entity]]:
    """Members without a country belong to the only one that the others have."""
    countries = {entity.country for entity in entities if entity.country}
    only = next(iter(countries)) if len(countries) == 1 else None
    groups: dict[str | None, list[Entity]] = defaultdict(list)
    for entity in entities:
        groups[entity.country or only].append(entity)
    return groups.values()


def duplicates(entities: list[Entity]) -> Iterator[NameMatch]:
    """New members with others of their name: earlier ones of the load, and known."""
    known = [(n, entity) for n, entity in enumerate(entities) if entity.owns_key]
    for number, entity in enumerate(entities):
        if not entity.owns_key:
            later = (other for position, other in known if position > number)
            others = chain(islice(entities, number), later)
            for other in islice(others, MOST_PAIRS):
                yield match_of(entity, other)


def match_of(entity: Entity, other: Entity) -> NameMatch:
    """A new member that may be another one."""
    pair = entity.reference, other.reference
    return NameMatch(entity.member, other.member, SEPARATE, pair)
