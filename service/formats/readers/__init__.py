"""Readers of files: one module, or package, for each format.

A new file format goes here:

1. Write `readers/NAME.py` with a function `read_NAME(path, faults)`. It yields pairs of
   a table of the `tables` format (members, ties, contracts, …) and a row: the texts of
   that table's columns, with the file and line that they come from. `csv_file`,
   `json_file`, `xml_events` and `graph_rows` hold what several readers share.
2. Add one line to FORMATS below: `valuenet load --format NAME` then reads it.
3. Say in `recognition.py` by what such a file is recognised.
4. Test it in `tests/formats/readers/test_NAME.py`.

Values are parsed and checked later, in one place for all formats (`records.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.input_file import FileFormat
from service.formats.readers import (
    cordis,
    crunchbase,
    gexf,
    graphml,
    kumu,
    mapping,
    ocds,
    tables,
    yc,
)
from service.formats.readers.mapping_file import TableMapping, read_mapping
from service.formats.sheets import sheets_of

KEYED: dict[str, Any] = {"has_own_keys": True}
GRAPH: dict[str, Any] = {"tells_members_apart": True}
INVESTMENTS, AWARDS = "investments under the header", "`parties` and `contracts`"
TABLE_LINES, PARTICIPATIONS = "lines under the headers", "participations"
FORMATS = (
    FileFormat("tables", tables.read_tables, TABLE_LINES, **KEYED),
    FileFormat("yc", yc.read_yc, "companies in Startups.csv", **KEYED),
    FileFormat("cordis", cordis.read_cordis, PARTICIPATIONS, **KEYED),
    FileFormat(
        "graphml", graphml.read_graphml, "<node> and <edge> in a <graphml>", **GRAPH
    ),
    FileFormat("gexf", gexf.read_gexf, "<node> and <edge> in a <gexf>", **GRAPH),
    FileFormat(
        "kumu", kumu.read_kumu, "objects in `elements` and `connections`", **GRAPH
    ),
    FileFormat("ocds", ocds.read_ocds, AWARDS),
    FileFormat("crunchbase", crunchbase.read_crunchbase, INVESTMENTS),
)
READERS = {format.name: format for format in FORMATS}
MAPPED_RECORDS = "lines under the header with the columns of the mapping"


def file_format(name: str, mapping_file: Path | None = None) -> FileFormat:
    """The format `name`; with a mapping file, any CSV file as that file describes."""
    if mapping_file is not None:
        return mapped_format(read_mapping(mapping_file), str(mapping_file))
    if name not in READERS:
        raise BadInput(f"--format: expected one of {', '.join(READERS)}; got {name!r}")
    return READERS[name]


def mapped_format(table_mapping: TableMapping, about: str) -> FileFormat:
    """Tables of any columns; `about` says where their mapping is."""
    options = table_mapping.options
    return FileFormat(
        "mapping",
        lambda path, faults: mapping.read_mapped(path, table_mapping, about, faults),
        MAPPED_RECORDS,
        lines=lambda path: (r for s in sheets_of(path, options) for r in s.rows()),
    )
