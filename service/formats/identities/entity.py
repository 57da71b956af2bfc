"""One member that a load or the database has, under all its ids and spellings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from service.vocabulary.folding import fold

MERGED = "merged"
SEPARATE = "possible duplicate, kept separate"
STORED = -1  # the file number of members of the database
MAX_ROW = 600  # characters of what says which row of a source is meant


class NamedMember(NamedTuple):
    """A member with what people recognise it by."""

    key: str
    kind: str
    name: str
    country: str | None
    employers: tuple[str, ...] = ()  # names
    sources: tuple[str, ...] = ()


class NameMatch(NamedTuple):
    """A member of a file, another one of an equal or similar name, and the decision."""

    imported: NamedMember
    existing: NamedMember
    decision: str  # MERGED or SEPARATE
    references: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class PairDecisions:
    """What a person says of two members of one name, by their references."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


NO_DECISIONS = PairDecisions()


@dataclass(eq=False, slots=True)
class Entity:
    """What is known of a member, from all rows that describe it."""

    file: int  # the number of the file that names it first, or STORED
    kind: str
    name: str
    country: str | None
    id: str = ""  # in its file
    keeps_id: bool = False  # the next file of its source has the same id
    register: str | None = None
    key: str | None = None
    owns_key: bool = False  # it is stored under the key, or a file states it
    sources: set[str] = field(default_factory=set)
    employers: set[Entity] = field(default_factory=set)
    files: set[int] = field(default_factory=set)  # that name it
    rows: int = 0
    # Of a stored one: rows of sources that it is, as a person said, and that no other
    # member of an equal name is.
    own_rows: set[str] = field(default_factory=set)
    apart_rows: set[str] = field(default_factory=set)
    replaced_by: Entity | None = None

    @property
    def is_stored(self) -> bool:
        return self.file == STORED

    @property
    def root(self) -> Entity:
        """The entity that this one is part of."""
        entity = self
        while entity.replaced_by is not None:
            entity = entity.replaced_by
        return entity

    @property
    def reference(self) -> str:
        """What the member is called until it has a key: the same in each reading."""
        if self.owns_key:
            return f"key {self.key}"
        return f"file {self.file} {self.id or self.name}"

    def source_rows(self) -> set[str]:
        """By what the next files of its sources will name a member of a file.

        >>> Entity(0, "TEAM", "Old  Mill", "SE", sources={"crm"}).source_rows()
        {'crm: old mill, SE'}
        """
        if self.register or self.keeps_id:
            text = f"id {self.register or self.id}"
        else:
            firms = {fold(employer.root.name) for employer in self.employers}
            parts = fold(self.name), self.country or "", *sorted(firms)
            text = ", ".join(filter(None, parts))
        line = " ".join(text.split())
        return {f"{source}: {line}"[:MAX_ROW] for source in self.sources}

    @property
    def member(self) -> NamedMember:
        key = self.root.key or self.id
        employers = sorted({employer.root.name for employer in self.employers})
        sources = sorted(self.sources)
        own = key, self.kind, self.name, self.country
        return NamedMember(*own, tuple(employers), tuple(sources))

    def absorb(self, other: Entity) -> None:
        """`other` is this member too."""
        other.replaced_by = self
        self.country = self.country or other.country
        self.register = self.register or other.register
        self.employers |= other.employers
        self.sources |= other.sources
        self.files |= other.files
        self.rows += other.rows


def roots(entities: Iterable[Entity]) -> list[Entity]:
    return list(dict.fromkeys(entity.root for entity in entities))
