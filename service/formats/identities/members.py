"""All members of a load, with those of the database: which of them rows mean.

Rows are one member where they have one key, register identifier, or id in one file;
`namesakes` decides about those of equal names, and then each member gets a key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from service.formats.identities.decided_rows import DecidedRows, remembered_pairs
from service.formats.identities.entity import (
    MERGED,
    NO_DECISIONS,
    STORED,
    Entity,
    NameMatch,
    PairDecisions,
    roots,
)
from service.formats.identities.member_keys import give_keys
from service.formats.identities.namesakes import (
    MOST_PAIRS,
    ORGANISATION,
    Namesakes,
    duplicates,
    match_of,
)
from service.formats.identities.similar_names import similar_names
from service.formats.identities.stored import StoredMember
from service.formats.input_file import InputFile
from service.formats.names import comparable_name
from service.formats.rows import TableRow
from service.vocabulary.countries import country_code
from service.vocabulary.enums import MemberKind
from service.vocabulary.provenance import REGISTER_ID, source_days, source_list

TEAM = MemberKind.TEAM.value


class MemberIdentities:
    """All members of a load and of the database; `resolve` says which are one."""

    def __init__(
        self,
        files: Sequence[InputFile],
        stored: Iterable[StoredMember] = (),
        decisions: PairDecisions = NO_DECISIONS,
    ) -> None:
        self._files = files
        self._entities: list[Entity] = []
        self._by_id: dict[tuple[int, str], Entity] = {}
        self._by_key: dict[str, Entity] = {}
        self._by_register: dict[tuple[str, str], Entity] = {}  # and the kind
        self._by_name: dict[str, list[Entity]] = {}
        self._other_names: dict[Entity, set[str]] = defaultdict(set)
        self._namesakes = Namesakes(files, decisions)
        self._decided = DecidedRows(decisions)
        self._employments: list[tuple[int, str, str]] = []
        for member in stored:
            self._add_stored(member)
            for employer in member.employers:
                self._employments.append((STORED, member.key, employer))

    def _add_stored(self, member: StoredMember) -> None:
        entity = Entity(STORED, member.kind, member.name, member.country)
        entity.key, entity.owns_key = member.key, True
        entity.register = member.register
        entity.sources = set(source_days(source_list(member.sources)))
        entity.own_rows = set(filter(None, member.own_rows.split("\n")))
        entity.apart_rows = set(filter(None, member.apart_rows.split("\n")))
        self._entities.append(entity)
        self._by_key[member.key] = entity
        if member.register:
            self._by_register.setdefault((member.kind, member.register), entity)

    def add_row(self, file: int, row: TableRow) -> None:
        """Add what a row of `members` says; rows of one key or id are one member."""
        key, id = row.cells.get("key"), row.id
        register = row.cells.get(REGISTER_ID)
        known = self._entities_of(file, row)
        entity = known[0] if known else self._new(file, row)
        if key and not entity.owns_key:
            entity = self._new(file, row)
        for other in known:
            if other is not entity and not other.owns_key:
                names = {other.name, *self._other_names.pop(other, ())}
                self._other_names[entity] |= names
                entity.absorb(other)
        entity.rows += 1
        entity.files.add(file)
        if source := self._files[file].source:
            entity.sources.add(source)
        entity.country = entity.country or country_of(row)
        if (name := row.cells.get("name")) and name != entity.name:
            self._other_names[entity].add(name)
        if key:
            self._by_key.setdefault(key, entity)
        if id:
            self._by_id.setdefault((file, id), entity)
        if register:
            entity.register = entity.register or register
            self._by_register.setdefault((entity.kind, register), entity)

    def _entities_of(self, file: int, row: TableRow) -> list[Entity]:
        """What the key, the id and the register of a row mean, in this order."""
        kind, register = row.cells.get("kind") or "", row.cells.get(REGISTER_ID)
        known = (
            self._by_key.get(row.cells.get("key") or ""),
            self._by_id.get((file, row.id or "")),
            self._by_register.get((kind, register or "")),
        )
        entities = dict.fromkeys(entity.root for entity in known if entity)
        return sorted(entities, key=lambda entity: not entity.owns_key)

    def _new(self, file: int, row: TableRow) -> Entity:
        cells = row.cells
        name = cells.get("name") or ""
        entity = Entity(file, cells.get("kind") or "", name, country_of(row))
        entity.id, entity.key = row.id or "", cells.get("key")
        entity.keeps_id = row.keeps_id or self._files[file].format.tells_members_apart
        entity.owns_key = entity.key is not None
        self._entities.append(entity)
        return entity

    def add_employer(self, file: int, member: str, employer: str) -> None:
        """`member` works for `employer`, or is a team of it: ids, keys or names."""
        self._employments.append((file, member, employer))

    def _apply_employments(self, kind: str) -> None:
        """Note the employers of the people, or the teams, of the load."""
        for file, member, employer in self._employments:
            person, organisation = self.known(file, member), self.known(file, employer)
            if person is None or person.kind != kind:
                continue
            if organisation is None:
                named = self._by_name.get(comparable_name(employer), [])
                organisation = named[0] if len(named) == 1 else None
            if organisation:
                person.employers.add(organisation)

    def of_row(self, file: int, row: TableRow) -> Entity | None:
        """The member that a row of `members` describes."""
        known = self._entities_of(file, row)
        return known[0] if known else None

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
        groups = self._groups()
        # People are recognised by their organisations and teams.
        for kind in (ORGANISATION, TEAM, *(groups.keys() - {ORGANISATION, TEAM})):
            if kind != ORGANISATION:
                self._apply_employments(kind)
            own = [e for e in self._entities if e.kind == kind and not e.replaced_by]
            self._decided.add(own)
            self._namesakes.merge_decided(own)
            self._namesakes.merge_remembered(remembered_pairs(own))
            for name, entities in sorted(groups.get(kind, {}).items()):
                if has_new(entities):
                    self._namesakes.merge(kind, roots(entities))
                self._by_name.setdefault(name, []).extend(roots(entities))
        give_keys(self._entities, self._files)

    def decided_cells(self, entity: Entity) -> dict[str, str]:
        """What a person has decided about a member, to be stored with it."""
        return self._decided.cells(entity)

    def _groups(self) -> dict[str, dict[str, list[Entity]]]:
        """The members of each kind by each of their comparable names."""
        groups: dict[str, dict[str, list[Entity]]] = {}
        for entity in self._entities:
            if entity.replaced_by is not None or not entity.name:
                continue
            names = {comparable_name(entity.name)}
            names.update(map(comparable_name, self._other_names.get(entity, ())))
            for name in names:
                groups.setdefault(entity.kind, {}).setdefault(name, []).append(entity)
        return groups

    def matches(self) -> Iterator[NameMatch]:
        """The members that were merged, and the possible duplicates."""
        for entity, into in self._namesakes.merges:
            pair = entity.reference, into.root.reference
            yield NameMatch(entity.member, into.root.member, MERGED, pair)
        for entities in self._by_name.values():
            for kind in {entity.kind for entity in entities}:
                yield from duplicates([e for e in entities if e.kind == kind])
        yield from self._similar()

    def _similar(self) -> Iterator[NameMatch]:
        """Firms of one country, and people of one employer, with similar names."""
        new = frozenset(name for name, of in self._by_name.items() if has_new(of))
        counts = Counter[Entity]()
        for pair in similar_names(new, self._by_name):
            for left, right in product(*map(self._by_name.__getitem__, pair)):
                entity, other = (right, left) if left.owns_key else (left, right)
                if may_be_similar(entity, other) and counts[entity] < MOST_PAIRS:
                    counts[entity] += 1
                    yield match_of(entity, other)


def has_new(entities: list[Entity]) -> bool:
    return any(not entity.owns_key for entity in entities)


def may_be_similar(entity: Entity, other: Entity) -> bool:
    """Whether a new member with a similar name may be another one."""
    if entity is other or entity.owns_key or entity.kind != other.kind:
        return False
    if entity.register and other.register:
        return False
    countries = {entity.country, other.country} - {None}
    if entity.kind == ORGANISATION:
        return len(countries) < 2
    employers = [{employer.root for employer in e.employers} for e in (entity, other)]
    return not employers[0].isdisjoint(employers[1])


def country_of(row: TableRow) -> str | None:
    text = row.cells.get("country")
    return text and (country_code(text) or text)
