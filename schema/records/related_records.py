"""The related records of one record, in one direction; siblings are read together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.traversal import Traversal, traversal_of
from service.vocabulary.connections import RelationDefinition
from service.vocabulary.enums import Direction


@dataclass(frozen=True)
class RelatedRecords:
    relation: RelationDefinition
    direction: Direction
    key: str  # of the record that they are related to
    cls: type[Any]  # of the API

    def traversal(self, bindings: Bindings) -> Traversal | None:
        names = ("n", "n") if self.relation.node else ("r", "b")
        return traversal_of(self.relation, self.direction, "a", bindings, names)

    def texts(self, traversal: Traversal) -> dict[str, str]:
        return {"ANCHOR": self.relation.anchor, "PATTERN": traversal.pattern}

    @property
    def file(self) -> str:
        return "records/nodes" if self.relation.node else "records/ties"
