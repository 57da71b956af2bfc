"""The edges of graph files as ties; an edge without a direction becomes two."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from service.formats.graph_attributes import WEIGHTS
from service.formats.readers.graph_cells import CellReader, Cells, valid_text
from service.formats.readers.graph_items import ElementAttributes, GraphEdge
from service.formats.readers.graph_kinds import (
    DEFAULT_TIES,
    GROUP_TIES,
    NodeKind,
    TieChoice,
    can_join,
    fitting_tie,
    our_tie_kind,
    tie_of_meaning,
    tie_word,
)
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.kind_words import tie_meaning

BOTH_WAYS = (TieKind.ACQUAINTANCE, TieKind.COMPETITION)
NOT_TO_ITSELF = (TieKind.ACQUAINTANCE, TieKind.DEPENDENCY)
OWN_KEYS = ("tie_key", "key")  # some programs use `key` for a purpose of their own
STRUCTURE = ("id", "edgeid", "networkxkey")  # of the file, not of the tie
Ends = tuple[NodeKind | None, NodeKind | None]


class EdgeReader:
    """The edges of one file as rows."""

    def __init__(
        self, file: Path, faults: Faults, kinds: Mapping[str, NodeKind]
    ) -> None:
        self.file = file
        self.faults = faults
        self.cell_reader = CellReader(faults)
        self.kinds = kinds  # of nodes, by id

    def has_ends(self, edge: GraphEdge) -> bool:
        """Whether both ends of the edge are known."""
        return edge.source in self.kinds and edge.target in self.kinds

    def rows(self, edge: GraphEdge) -> Rows:
        ends = self.kinds.get(edge.source), self.kinds.get(edge.target)
        if edge.is_group:
            yield from self.group_rows(edge, ends)
            return
        attributes = ElementAttributes(edge.attributes)
        keys = [key for name in OWN_KEYS if (key := attributes.get(name))]
        for name in OWN_KEYS:
            attributes.remove(name)
        for word in STRUCTURE:
            attributes.take(word)
        label = edge.label or attributes.take("label") or attributes.take("edgelabel")
        choice, label = self.choice(edge, attributes, label, ends)
        if choice is None or self.is_loop(edge, choice.kind):
            return
        cells = self.cells(edge, choice.kind, attributes, label)
        yield from self.directed_rows(edge, choice, cells, keys, ends)

    def group_rows(self, edge: GraphEdge, ends: Ends) -> Rows:
        """The tie of a node to the group in which it is."""
        choice = fitting_tie(GROUP_TIES, ends)
        if choice is None:
            self.faults.note("node in a group that cannot hold it: its place left out")
            return
        self.faults.note(f"node in a group: read as {choice.kind.value} of the group")
        yield "ties", self.row(edge, choice, {})

    def choice(
        self,
        edge: GraphEdge,
        attributes: ElementAttributes,
        label: str | None,
        ends: Ends,
    ) -> tuple[TieChoice | None, str | None]:
        """The kind of the tie, and the label if it does not say the kind."""
        either_way = edge.direction != "directed"
        if own := our_tie_kind(attributes.get("kind")):
            attributes.remove("kind")
            if our_tie_kind(attributes.get("type")) == own:  # as Kumu has it
                attributes.remove("type")
            choice = fitting_tie([own], ends, either_way)
            return choice or TieChoice(own), label
        word = tie_word(attributes)
        for name, text in [*([word] if word else []), ("", label or "")]:
            meaning = tie_meaning(text)
            choice = meaning and tie_of_meaning(meaning, ends, either_way)
            if choice:
                attributes.remove(name)
                return choice, label if name else None
            if name or meaning:
                self.note_word(text, is_known=meaning is not None)
        return self.default_choice(ends, either_way), label

    def note_word(self, text: str, is_known: bool) -> None:
        problem = "a kind that its ends cannot have" if is_known else "unknown kind"
        self.faults.note(f"edge of {problem}; got {text[:80]!r}")

    def default_choice(self, ends: Ends, either_way: bool) -> TieChoice | None:
        choice = fitting_tie(DEFAULT_TIES, ends, either_way)
        if choice is None:
            self.faults.note("edge between records that no tie can join: left out")
        else:
            self.faults.note(f"edge without a known kind: read as {choice.kind.value}")
        return choice

    def is_loop(self, edge: GraphEdge, kind: TieKind) -> bool:
        """Whether the edge joins a node with itself, which its kind cannot."""
        is_loop = edge.source == edge.target != "" and kind in NOT_TO_ITSELF
        if is_loop:
            self.faults.note(f"{kind.value} of a member to itself: left out")
        return is_loop

    def cells(
        self,
        edge: GraphEdge,
        kind: TieKind,
        attributes: ElementAttributes,
        label: str | None,
    ) -> Cells:
        weight = attributes.take("weight")
        cells = self.cell_reader.cells(TIES[kind], attributes)
        if edge.since or edge.until:
            cells.setdefault("since", edge.since)
            cells.setdefault("until", edge.until)
        self.add_weight(cells, kind, weight)
        if label and kind == TieKind.EXCHANGE and not cells.get("deliverable"):
            self.cell_reader.add(TIES[kind], cells, "deliverable", "label", label)
        elif label and label != cells.get("deliverable"):
            self.cell_reader.add_extra(cells, "label", label)
        return cells

    def add_weight(self, cells: Cells, kind: TieKind, weight: str | None) -> None:
        """The weight of an edge in the column by which questions weigh its kind."""
        column = WEIGHTS.get(kind)
        if not weight or (column and same_number(cells.get(column), weight)):
            return
        is_valid = column and valid_text(TIES[kind], column, weight) is not None
        if column and is_valid and not cells.get(column):
            self.faults.note(f"weight of edges: read as `{column}` of {kind.value}")
            cells[column] = weight
        else:
            self.faults.note("weight of edges: kept as an extra attribute")
            self.cell_reader.add_extra(cells, "weight", weight)

    def directed_rows(
        self,
        edge: GraphEdge,
        choice: TieChoice,
        cells: Cells,
        keys: list[str],
        ends: Ends,
    ) -> Rows:
        own = {"key": keys[0]} if keys else {}
        yield "ties", self.row(edge, choice, {**own, **cells})
        if edge.direction == "directed":
            return
        source, target = reversed(ends) if choice.is_reversed else ends
        name = f"{edge.direction} edge of {choice.kind.value}"
        if choice.kind in BOTH_WAYS or edge.source == edge.target:
            return
        if not can_join(TIES[choice.kind], target, source):
            self.faults.note(f"{name}: read in the only direction that is possible")
            return
        self.faults.note(f"{name}: read as two ties, one in each direction")
        back = choice._replace(is_reversed=not choice.is_reversed)
        yield "ties", self.row(edge, back, cells)

    def row(self, edge: GraphEdge, choice: TieChoice, cells: Cells) -> TableRow:
        source, target = edge.source or None, edge.target or None
        if choice.is_reversed:
            source, target = target, source
        ends = {"kind": choice.kind.value, "source": source, "target": target}
        return TableRow(str(self.file), edge.line, {**cells, **ends})


def same_number(text: str | None, other: str) -> bool:
    try:
        return text is not None and float(text) == float(other)
    except ValueError:
        return False
