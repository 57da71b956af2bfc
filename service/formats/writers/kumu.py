"""Writer of Kumu's JSON: a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any

import orjson

from service.formats.writers.graph_writer import GraphWriter


class KumuWriter(GraphWriter):
    """Writes one element or connection on each line."""

    is_first = True

    def begin(self) -> str:
        return '{"elements": [\n'

    def node(self, id: str, label: str, cells: dict[str, Any]) -> str:
        return self.line({"id": id, "label": label, **cells})

    def between(self) -> str:
        self.is_first = True
        return '\n], "connections": [\n'

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        ends = {"from": source, "to": target, "direction": "directed"}
        return self.line(ends | cells)

    def line(self, item: dict[str, Any]) -> str:
        comma, self.is_first = ("" if self.is_first else ",\n"), False
        return comma + orjson.dumps(item).decode()

    def end(self) -> str:
        return "\n]}\n"
