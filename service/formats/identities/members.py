"""When two rows are one member.

Two members are one only where something says so: our key, a register identifier, or the
id that one file gives to both. Organisations besides by their comparable name (see
`names`) and country; where one of them has no country, by the name if only one country
has it. People and teams never by the name alone: they share an employer, or are named
by the same source. Otherwise they are two members, listed as possible duplicates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice

from service.formats.identities.entity import (
    MERGED,
    SEPARATE,
    STORED,
    Entity,
    NameMatch,
)
from service.formats.identities.stored import StoredMember
from service.formats.input_file import InputFile
from service.formats.names import comparable_name, key_from_name
from service.formats.rows import TableRow
from service.vocabulary.countries import country_code
from service.vocabulary.enums import MemberKind
from service.vocabulary.provenance import REGISTER_ID, source_list

ORGANISATION = MemberKind.ORGANISATION.value
MOST_PAIRS = 5  # possible duplicates that are listed for one member
MAX_BASE = 200  # characters of a key that is made from a name


class MemberIdentities:
    """All members of a load and of the database; `resolve` says which are one."""

    def __init__(
        self, files: Sequence[InputFile], stored: Iterable[StoredMember] = ()
    ) -> None:
        self._files = files
        self._entities: list[Entity] = []
        self._by_id: dict[tuple[int, str], Entity] = {}
        self._by_key: dict[str, Entity] = {}
        self._by_register: dict[str, Entity] = {}
        self._by_name: dict[str, list[Entity]] = {}
        self._merges: list[tuple[Entity, Entity]] = []
        self._employments: list[tuple[int, str, str]] = []
        for member in stored:
            self._add_stored(member)
            for employer in member.employers:
                self._employments.append((STORED, member.key, employer))

    def _add_stored(self, member: StoredMember) -> None:
        entity = Entity(STORED, member.kind, member.name, member.country)
        entity.key, entity.owns_key = member.key, True
        entity.register = member.register
        entity.sources = set(source_list(member.sources))
        self._entities.append(entity)
        self._by_key[member.key] = entity
        if member.register:
            self._by_register.setdefault(member.register, entity)

    def add_row(self, file: int, row: TableRow) -> None:
        """Add what a row of `members` says; rows of one key or id are one member."""
        key, id = row.cells.get("key"), row.id
        register = row.cells.get(REGISTER_ID)
        entity = self._by_key.get(key or "") or self._by_id.get((file, id or ""))
        entity = entity or self._by_register.get(register or "")
        if entity is None:
            entity = self._new(file, row)
        entity = entity.root
        entity.rows += 1
        entity.files.add(file)
        if source := self._files[file].source:
            entity.sources.add(source)
        entity.country = entity.country or country_of(row)
        if key:
            self._by_key.setdefault(key, entity)
        if id:
            self._by_id.setdefault((file, id), entity)
        if register:
            entity.register = entity.register or register
            self._by_register.setdefault(register, entity)

    def _new(self, file: int, row: TableRow) -> Entity:
        cells = row.cells
        name = cells.get("name") or ""
        entity = Entity(file, cells.get("kind") or "", name, country_of(row))
        entity.id, entity.key = row.id or "", cells.get("key")
        entity.owns_key = entity.key is not None
        self._entities.append(entity)
        return entity

    def add_employer(self, file: int, member: str, employer: str) -> None:
        """`member` works for `employer`, or is a team of it: ids, keys or names."""
        self._employments.append((file, member, employer))

    def _apply_employments(self) -> None:
        for file, member, employer in self._employments:
            person, organisation = self.known(file, member), self.known(file, employer)
            if organisation is None:
                named = self._by_name.get(comparable_name(employer), [])
                organisation = named[0] if len(named) == 1 else None
            if person and organisation:
                person.employers.add(organisation)

    def of_row(self, file: int, row: TableRow) -> Entity | None:
        """The member that a row of `members` describes."""
        known = self._by_key.get(row.cells.get("key") or "")
        known = known or self._by_id.get((file, row.id or ""))
        known = known or self._by_register.get(row.cells.get(REGISTER_ID) or "")
        return known.root if known else None

    def source_of(self, file: int) -> str:
        return self._files[file].source

    def known(self, file: int, text: str) -> Entity | None:
        """The member of this id in the file, or of this key."""
        entity = self._by_id.get((file, text)) or self._by_key.get(text)
        return entity.root if entity else None

    def linked(self, file: int, text: str) -> Entity | None:
        """The member that a link of the file means: links have keys that it states.

        Other programs give nodes new ids, and one of these may look like such a key.
        """
        entity = self._by_key.get(text)
        is_stated = entity is not None and entity.owns_key and file in entity.files
        return entity.root if entity and is_stated else self.known(file, text)

    def named(self, name: str, kinds: Sequence[str]) -> list[Entity]:
        """All members of this name, after `resolve`."""
        members = self._by_name.get(comparable_name(name), ())
        return [member for member in members if member.kind in kinds]

    def resolve(self) -> None:
        """Decide which members are one, and give each of them its key."""
        groups: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        for entity in self._entities:
            if entity.name:
                groups[entity.kind, comparable_name(entity.name)].append(entity)
        for (kind, name), entities in groups.items():
            if kind == ORGANISATION:
                if has_new(entities):
                    self._match_repeated(entities)
                    for equal in by_country(roots(entities)):
                        self._merge_equal(equal)
                self._by_name[name] = roots(entities)
        self._apply_employments()  # people are recognised by their organisations
        for (kind, name), entities in groups.items():
            if kind != ORGANISATION:
                if has_new(entities):
                    self._match_repeated(entities)
                    self._merge_people(entities)
                self._by_name.setdefault(name, []).extend(roots(entities))
        self._give_keys()

    def _merge_people(self, entities: list[Entity]) -> None:
        """By a common employer; without one, by one file, or by one source."""
        for employer in {e.root: None for entity in entities for e in entity.employers}:
            members = [e for e in roots(entities) if employer in employers_of(e)]
            self._merge_equal(members)
        independent = [e for e in roots(entities) if not (e.owns_key or e.employers)]
        for file in sorted({file for entity in independent for file in entity.files}):
            self._merge_equal([e for e in roots(independent) if file in e.files])
        for source in sorted({name for entity in entities for name in entity.sources}):
            own = [e for e in roots(independent) if source in e.sources]
            new = [entity for entity in own if not entity.owns_key]
            stored = [e for e in entities if e.is_stored and source in e.sources]
            free = [entity for entity in stored if not entity.files]
            for into, entity in zip(free, new, strict=False):
                self._merge(into, entity)

    def _match_repeated(self, entities: list[Entity]) -> None:
        """A file that gives one name to several ids: each has a key with its id."""
        counts = Counter(entity.file for entity in entities)
        by_key = {entity.key: entity for entity in entities if entity.owns_key}
        for entity in entities:
            if entity.owns_key or counts[entity.file] == 1:
                continue
            if self._files[entity.file].format.tells_members_apart:
                entity.key = f"{base_of(entity)}-{key_from_name(entity.id)}"
                if stored := by_key.get(entity.key):
                    self._merge(stored, entity)

    def _merge_equal(self, entities: list[Entity]) -> None:
        """Merge members of equal name, unless their ids say that they are several."""
        clusters: list[Entity] = []
        for entity in entities:
            if entity.owns_key or entity.key:  # the latter: repeated in its file
                continue
            fitting = [c for c in clusters if self._may_be_one(c, entity)]
            if len(fitting) == 1:
                self._merge(fitting[0], entity)
            else:
                clusters.append(entity)
        keyed = [entity for entity in entities if entity.owns_key]
        choices = {cluster: self._choice(cluster, keyed) for cluster in clusters}
        counts = Counter(choices.values())
        for cluster, choice in choices.items():
            if choice and counts[choice] == 1:
                self._merge(choice, cluster)

    def _choice(self, cluster: Entity, keyed: list[Entity]) -> Entity | None:
        """The one member with a key that the cluster can be: of its source, if any."""
        fitting = [entity for entity in keyed if self._may_be_one(entity, cluster)]
        same_source = [e for e in fitting if e.sources & cluster.sources]
        chosen = same_source or fitting
        return chosen[0] if len(chosen) == 1 else None

    def _may_be_one(self, left: Entity, right: Entity) -> bool:
        if left.register and right.register and left.register != right.register:
            return False
        both = left.files & right.files
        return not any(self._files[file].format.tells_members_apart for file in both)

    def _merge(self, into: Entity, entity: Entity) -> None:
        is_known = into.is_stored and bool(into.sources & entity.sources)
        if into.name != entity.name or (into.is_stored and not is_known):
            self._merges.append((entity, into))
        into.absorb(entity)

    def _give_keys(self) -> None:
        keys = {entity.key for entity in self._entities if entity.owns_key}
        for entity in self._entities:
            if entity.replaced_by is None and not entity.owns_key:
                free = (key for key in possible_keys(entity) if key not in keys)
                entity.key = next(free)
                keys.add(entity.key)

    def matches(self) -> Iterator[NameMatch]:
        """The members that were merged, and the possible duplicates."""
        for entity, into in self._merges:
            yield NameMatch(entity.member, into.root.member, MERGED)
        for entities in self._by_name.values():
            for number, entity in enumerate(entities):
                if entity.is_stored or entity.owns_key:
                    continue
                others = chain(entities[:number], stored_after(entities, number))
                same = (e for e in others if e.kind == entity.kind)
                for other in islice(same, MOST_PAIRS):
                    yield NameMatch(entity.member, other.member, SEPARATE)


def stored_after(entities: list[Entity], number: int) -> Iterator[Entity]:
    return (e for e in entities[number + 1 :] if e.is_stored or e.owns_key)


def has_new(entities: list[Entity]) -> bool:
    return any(not entity.owns_key for entity in entities)


def roots(entities: Iterable[Entity]) -> list[Entity]:
    return list(dict.fromkeys(entity.root for entity in entities))


def employers_of(entity: Entity) -> set[Entity]:
    return {employer.root for employer in entity.employers}


def by_country(entities: list[Entity]) -> Iterable[list[Entity]]:
    """Members without a country belong to the only one that the others have."""
    countries = {entity.country for entity in entities if entity.country}
    only = next(iter(countries)) if len(countries) == 1 else None
    groups: dict[str | None, list[Entity]] = defaultdict(list)
    for entity in entities:
        groups[entity.country or only].append(entity)
    return groups.values()


def country_of(row: TableRow) -> str | None:
    text = row.cells.get("country")
    return text and (country_code(text) or text)


def base_of(entity: Entity) -> str:
    """The key that a member gets if nobody else has it."""
    base = (entity.register or "").replace(":", "-") or key_from_name(entity.name)
    return (base or entity.id)[:MAX_BASE]


def possible_keys(entity: Entity) -> Iterator[str]:
    if entity.key:
        yield entity.key
    base = base_of(entity)
    yield base
    if entity.country:
        yield f"{base}-{key_from_name(entity.country)}"[: 2 * MAX_BASE]
    for employer in sorted(e.root.key or "" for e in entity.employers):
        if employer:
            yield f"{base}-{employer}"[: 2 * MAX_BASE]
    yield from (f"{base}-{number}" for number in count(2))
