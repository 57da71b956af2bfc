"""What hangs on one record, the way it is asked for; siblings share its reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.traversal import Reach, reached
from service.vocabulary.connections import Around
from service.vocabulary.enums import Direction


@dataclass(frozen=True)
class Hanging:
    around: Around
    way: Direction
    key: str
    cls: type[Any]  # of the API

    def reach(self, bindings: Bindings) -> Reach | None:
        names = ("n", "n") if self.around.node else ("r", "b")
        return reached(self.around, self.way, "a", bindings, names)

    def words(self, reach: Reach) -> dict[str, str]:
        return {"ANCHOR": self.around.anchor, "PATTERN": reach.pattern}

    @property
    def file(self) -> str:
        return "records/nodes" if self.around.node else "records/ties"
