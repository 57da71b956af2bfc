"""Targets that need no database: readers of files, and what commands take."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import orjson

import seeds
from schema.execution.offline_check import request_faults
from service.change_log.undo import check_selection
from service.cli.ask import parse_variables, read_document
from service.cli.console import printable
from service.formats.load import read_records
from service.server.tokens import read_tokens
from service.server.trusted_documents import read_documents
from service.settings import Settings
from tests.faults.fuzz.mutations import mutated
from tests.faults.fuzz.sheets import SHEETS, sheet_cases
from tests.formats.readers.graph_files import GRAPHML
from tests.formats.readers.ocds_packages import record_package, release_package
from tests.formats.readers.test_crunchbase import LIST
from tests.formats.readers.test_gexf import DYNAMIC
from tests.formats.readers.test_graph_files import drawn
from tests.formats.readers.test_graphml import YED
from tests.formats.readers.test_kumu import MAP, PROJECT
from tests.formats.readers.test_mapping import CSV, TOML

LINES = 30  # of each sample
Case = tuple[bytes, Callable[[], Any]]
Cases = Iterator[Case]
DOCUMENT = """query Name($key: String!, $first: Int = 3, $on: Boolean!) {
  organisation(key: $key) { name ...more @include(if: $on) }
  brokers: brokerage(first: $first, network: { asOf: "2026-11-01" }) {
    about { day } } }
fragment more on Organisation { roles exchanges(first: 2) { nodes { value } } }"""


def sample_of(file: Path) -> bytes:
    return b"".join(file.read_bytes().splitlines(keepends=True)[:LINES])


def samples(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of each format, by format and name."""
    nx.write_graphml(drawn(), folder / "a.graphml")
    nx.write_gexf(drawn(), folder / "a.gexf")
    package = orjson.dumps(release_package(), option=orjson.OPT_INDENT_2)
    return {
        "tables": {
            file.name: sample_of(file)
            for file in sorted((seeds.FOLDER / "demo").glob("*.csv"))
        },
        "yc": {
            name: sample_of(seeds.FOLDER / "yc" / name)
            for name in ("Startups.csv", "Founders.csv")
        },
        "cordis": {
            name: sample_of(seeds.FOLDER / "cordis" / name)
            for name in ("h2020_organizations.csv",)
        },
        "graphml": {"a.graphml": (folder / "a.graphml").read_bytes()},
        "graphml yed": {"a.graphml": GRAPHML.format(YED).encode()},
        "gexf": {"a.gexf": (folder / "a.gexf").read_bytes()},
        "gexf times": {"a.gexf": DYNAMIC.encode()},
        "kumu": {"a.json": orjson.dumps(MAP, option=orjson.OPT_INDENT_2)},
        "kumu project": {"a.json": PROJECT.encode()},
        "ocds": {"a.json": package},
        "ocds records": {"a.json": orjson.dumps(record_package())},
        "crunchbase": {"investments.csv": LIST.encode()},
        "mapping": {"a.csv": CSV.encode(), "a.toml": TOML.encode()},
    }


def file_cases(name: str, folder: Path, random: random.Random) -> Cases:
    """A folder of samples of which one or two are mutated, again and again."""
    every = samples(folder)
    own = every[name]
    others = [data for files in every.values() for data in files.values()]
    target = folder / "input"
    while True:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        changed = {*random.choices(list(own), k=random.choice((1, 1, 2)))}
        files = {
            file: mutated(data, others, random) if file in changed else data
            for file, data in own.items()
        }
        for file, data in files.items():
            (target / file).write_bytes(data)
        stored = b"\n".join(files[file] for file in sorted(changed))
        yield stored, lambda: read(name, target, list(own))


def read(name: str, folder: Path, files: list[str]) -> None:
    format = "tables" if name == "mapping" else name.split()[0]
    mapping = folder / "a.toml" if name == "mapping" else None
    is_folder = format in ("tables", "yc", "cordis") and not mapping
    stage, faults = read_records(
        folder if is_folder else folder / files[0], format, mapping
    )
    stage.close()
    for text in [*faults.messages, *faults.notes]:
        printable(text).encode()
    faults.refuse()


def text_cases(
    sample: bytes, folder: Path, random: random.Random, call: Callable[[Path], Any]
) -> Cases:
    """One file with a mutated text, again and again."""
    others = [data for files in samples(folder).values() for data in files.values()]
    (folder / "texts").mkdir()
    file = folder / "texts" / "a.graphql"
    while True:
        data = mutated(sample, others, random)
        file.write_bytes(data)
        file.chmod(0o600)
        yield data, lambda: call(file)


def ask(file: Path) -> None:
    request_faults(read_document(str(file)), {"key": "a", "on": True}, Settings())


def variables(file: Path) -> None:
    text = os.fsdecode(file.read_bytes().replace(b"\0", b""))  # as a command gets it
    request_faults(DOCUMENT, parse_variables(text), Settings())


def undo(file: Path) -> None:
    check_selection(os.fsdecode(file.read_bytes()).split())


VARIABLES = (
    b'{"key": "asvik-pump", "first": 3, "on": true, "unused": [[1], {"a": null}]}'
)
TOKENS = b"# ours\nboard " + b"0" * 64 + b" read\nada@board " + b"a" * 64 + b" write\n"
TEXTS: dict[str, tuple[bytes, Callable[[Path], Any]]] = {
    "ask": (DOCUMENT.encode(), ask),
    "variables": (VARIABLES, variables),
    "undo": (b"7 9-12 undo-0123456789abcdef 0123456789abcdef", undo),
    "tokens": (TOKENS, read_tokens),
    "documents": (DOCUMENT.encode(), lambda file: read_documents(file.parent, True)),
}
FORMATS = [
    *("tables", "yc", "cordis", "graphml", "graphml yed", "gexf", "gexf times"),
    *("kumu", "kumu project", "ocds", "ocds records"),
    *("crunchbase", "mapping"),
    *SHEETS,
]


def cases_of(name: str, folder: Path, random: random.Random) -> Cases:
    if name in TEXTS:
        sample, call = TEXTS[name]
        return text_cases(sample, folder, random, call)
    if name in SHEETS:
        return sheet_cases(name, folder, random)
    return file_cases(name, folder, random)
