"""Readers of files: one module, or package, for each format.

A new file format goes here:

1. Write `readers/NAME.py` with a function `read(path, faults)`. It yields pairs of a
   table of the `tables` format (members, ties, contracts, …) and a row: the texts of
   that table's columns, with the file and line that they come from. `csv_file`,
   `json_file`, `xml_events` and `graph_rows` hold what several readers share.
2. Add one line to READERS below: `valuenet load --format NAME` then reads it.
3. Test it in `tests/formats/readers/test_NAME.py`.

Values are parsed and checked later, in one place for all formats (`records.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.errors import BadInput
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
from service.formats.rows import FileReader


@dataclass(frozen=True)
class FileFormat:
    """A format that `valuenet load` reads.

    `records` says where its records are; a load that has none is an error with this.
    `match_members` is for formats whose member keys mean nothing outside their file:
    their members are matched with those of the database by name (`matching.py`).
    """

    reader: FileReader
    records: str
    match_members: bool = False


READERS = {
    "tables": FileFormat(tables.read_tables, "lines under the headers of the tables"),
    "yc": FileFormat(yc.read_yc, "companies in Startups.csv"),
    "cordis": FileFormat(cordis.read_cordis, "participations under the header"),
    "graphml": FileFormat(
        graphml.read_graphml, "<node> and <edge> in a <graphml>", match_members=True
    ),
    "gexf": FileFormat(
        gexf.read_gexf, "<node> and <edge> in a <gexf>", match_members=True
    ),
    "kumu": FileFormat(
        kumu.read_kumu, "objects in `elements` and `connections`", match_members=True
    ),
    "ocds": FileFormat(
        ocds.read_ocds, "`parties` and `contracts` of releases", match_members=True
    ),
    "crunchbase": FileFormat(
        crunchbase.read_crunchbase, "investments under the header", match_members=True
    ),
}
MAPPED_RECORDS = "lines under the header with the columns of the mapping"


def file_format(name: str, mapping_file: Path | None = None) -> FileFormat:
    """The format `name`; with a mapping file, any CSV file as that file describes."""
    if mapping_file is not None:
        reader = mapping.mapped_reader(mapping_file)
        return FileFormat(reader, MAPPED_RECORDS, match_members=True)
    if name not in READERS:
        raise BadInput(f"--format: expected one of {', '.join(READERS)}; got {name!r}")
    return READERS[name]
