"""Writer of Kumu's JSON: a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any

import orjson

from service.formats.writers.graph_writer import GraphWriter
from service.vocabulary.attributes import value_of_cell


class KumuWriter(GraphWriter):
    """Writes one element or connection on each line.

    `type` is what Kumu calls our `kind`; a community has a type of its own.
    """

    is_first = True

    def begin(self) -> str:
        return '{"elements": [\n'

    def node(self, id: str, label: str, cells: dict[str, Any]) -> str:
        own = {"id": id, "label": label, "type": cells["kind"]}
        return self.line(own | cells)

    def between(self) -> str:
        self.is_first = True
        return '\n], "connections": [\n'

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        own = {"from": source, "to": target, "direction": "directed"}
        return self.line(own | {"type": cells["kind"]} | cells)

    def attribute_value(self, cell: str | None) -> Any:
        """Numbers and truth values have types; a text that looks like one is marked."""
        value = None if cell is None else value_of_cell(cell)
        return value if isinstance(value, bool | float) else cell

    def line(self, item: dict[str, Any]) -> str:
        comma, self.is_first = ("" if self.is_first else ",\n"), False
        return comma + orjson.dumps(item).decode()

    def end(self) -> str:
        return "\n]}\n"
