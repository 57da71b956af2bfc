"""Random loads: who is one is what the rule says, in any order, and again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.identities import Identities
from service.formats.identities.row_store import RowStore
from service.formats.identities.stored import StoredMember
from service.formats.input_file import FileFormat, InputFile
from service.formats.rows import Faults, TableRow
from service.vocabulary.provenance import IMPORTED_FROM, REGISTER_ID, source_list
from service.vocabulary.provenance import joined_sources as joined
from tests.oracles.identities import MemberRow, partition

REGISTERS = {"R:1": ("Torva", "SE"), "R:2": ("Torva", "DK"), "R:3": ("Mora", "SE")}
SOURCES = ["a", "b", "c", "d"]  # of the files by their number; d of none
Database = dict[str, dict[str, Any]]  # the properties of members by key


@dataclass
class File:
    number: int
    is_graph: bool
    members: dict[str, dict[str, str]]  # cells by id
    employers: dict[str, str]  # ids of people, and of organisations


@st.composite
def files(draw: Any, number: int) -> File:
    file = File(number, draw(st.booleans()), {}, {})
    for index in range(draw(st.integers(1, 4))):
        id, cells = f"n{index}", {"kind": "PERSON", "name": "Ada Ek"}
        organisations = [n for n, c in file.members.items() if c["kind"] != "PERSON"]
        if draw(st.integers(0, 2)) == 0:
            cells["name"] = draw(st.sampled_from(["Ada Ek", "ADA  EK"]))
            if organisations and draw(st.booleans()):
                file.employers[id] = draw(st.sampled_from(organisations))
        elif register := draw(st.sampled_from([None, None, None, *REGISTERS])):
            name, country = REGISTERS[register]
            cells = {"name": name, "country": country, REGISTER_ID: register}
        else:
            cells = {"name": draw(st.sampled_from(["Torva", "TORVA AB", "Mora"]))}
            if country := draw(st.sampled_from(["", "SE", "DK"])):
                cells["country"] = country
        file.members[id] = {"kind": "ORGANISATION", **cells}
    return file


@st.composite
def loads(draw: Any) -> list[File]:
    return [draw(files(number)) for number in range(draw(st.integers(1, 3)))]


STORED: st.SearchStrategy[Database] = st.fixed_dictionaries(
    {},
    optional={
        key: st.fixed_dictionaries(
            {
                "kind": st.just("ORGANISATION"),
                "name": st.just(name),
                "country": st.sampled_from([None, "SE", "DK"]),
                IMPORTED_FROM: st.sampled_from([None, "a", "d"]),
                "employers": st.just(frozenset()),
            }
        )
        for key, name in {"torva": "Torva", "m1": "MORA"}.items()
    },
)


def load(files: list[File], stored: Database) -> tuple[dict[Any, str], Database]:
    """The key of each row by file and id, and the database after it."""
    inputs, store, ends = [], RowStore(), []
    for position, file in enumerate(files):
        format = FileFormat(
            "x", lambda path, faults: iter(()), "", False, file.is_graph
        )
        path = Path(str(file.number), "x.csv")
        inputs.append(InputFile(path, format, SOURCES[file.number]))
        for id, cells in file.members.items():
            store.add(position, "members", TableRow(str(path), 2, dict(cells), id))
            tie = {"kind": "COMPETITION", "source": id, "target": id}
            tie["x:row"] = f"{position} {id}"  # else two of them would be one tie
            store.add(position, "ties", TableRow(str(path), 2, tie))
            ends.append((file.number, id))
        for person, firm in file.employers.items():
            tie = {"kind": "EMPLOYMENT", "source": person, "target": firm}
            store.add(position, "ties", TableRow(str(path), 2, tie))
    faults, after = Faults(), {key: dict(cells) for key, cells in stored.items()}
    rows = list(Identities(inputs, store, list(members(stored))).rows(faults))
    assert faults.messages == []
    keys = [row.cells["key"] for table, row in rows if table == "members"]
    assert len(keys) == len(set(keys))
    for table, row in rows:
        if table == "members":
            add_member(after, row.cells)
    ties = [row.cells for table, row in rows if table == "ties"]
    for cells in ties:
        if cells["kind"] == "EMPLOYMENT":
            after[cells["source"]]["employers"] |= {cells["target"]}
    found = [cells["source"] for cells in ties if cells["kind"] == "COMPETITION"]
    return dict(zip(ends, found, strict=True)), after


def members(stored: Database) -> Any:
    for key, cells in stored.items():
        own = (cells.get(name) for name in ("country", REGISTER_ID, IMPORTED_FROM))
        yield StoredMember(
            key, cells["kind"], cells["name"], *own, sorted(cells["employers"])
        )


def add_member(stored: Database, cells: dict[str, Any]) -> None:
    known = stored.setdefault(cells["key"], {"employers": frozenset()})
    sources = (source_list(each.get(IMPORTED_FROM)) for each in (known, cells))
    known |= cells | {IMPORTED_FROM: joined(*sources)}


def groups(keys: dict[Any, Any]) -> set[frozenset[Any]]:
    return {frozenset(row for row in keys if keys[row] == key) for key in keys.values()}


def expected(files: list[File], stored: Database) -> set[frozenset[Any]]:
    """The groups of rows that are one by the oracle, without the stored members."""
    rows = [
        MemberRow(
            None,
            "",
            cells["kind"],
            folded(cells["name"]),
            cells["country"],
            key=key,
            sources=frozenset(source_list(cells[IMPORTED_FROM])),
        )
        for key, cells in stored.items()
    ]
    ids: list[Any] = [(None, key) for key in stored]
    for file in files:
        for id, cells in file.members.items():
            ids.append((file.number, id))
            rows.append(
                MemberRow(
                    file.number,
                    id,
                    cells["kind"],
                    folded(cells["name"]),
                    cells.get("country"),
                    cells.get(REGISTER_ID),
                    sources=frozenset(SOURCES[file.number]),
                    employers=tuple(filter(None, [file.employers.get(id)])),
                )
            )
    graphs = {file.number for file in files if file.is_graph}
    return groups(dict(zip(ids, partition(rows, graphs), strict=True)))


def folded(name: str) -> str:
    return " ".join(name.casefold().removesuffix(" ab").split())


def turned(files: list[File]) -> list[File]:
    """The files and their lines from the last to the first."""
    return [
        File(
            file.number,
            file.is_graph,
            dict(reversed(file.members.items())),
            dict(reversed(file.employers.items())),
        )
        for file in reversed(files)
    ]


@settings(max_examples=300, deadline=None)
@given(loads(), STORED)
def test_who_is_one_is_what_the_rule_says(files, stored):
    keys, after = load(files, stored)
    own = {(None, key): key for key in stored}
    assert groups(keys | own) == expected(files, stored)
    assert after.keys() >= stored.keys()
    assert groups(load(turned(files), stored)[0] | own) == expected(files, stored)


@settings(max_examples=300, deadline=None)
@given(loads(), loads(), STORED)
def test_loading_again_in_any_order_changes_nothing(first, second, stored):
    _, between = load(first, stored)
    keys, after = load(second, between)
    assert load(second, after) == (keys, after)
    assert load(turned(second), after)[0] == keys
