"""Open Contracting (OCDS 1.1): release packages and record packages.

Parties are organisations; buyers and procuring entities are customers and public
bodies, suppliers are suppliers. A contract takes its buyer as CUSTOMER, the suppliers
of its award as SUPPLIER, funders as FUNDER. An award without a contract is a contract
of its own. Of several releases of one process the later one holds; a record's compiled
release holds alone. The line that a fault names is the number of the release or record.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.formats.readers.json_file import objects, parsed
from service.formats.readers.ocds.process import Process
from service.formats.rows import Faults, Rows


def read(path: Path, faults: Faults) -> Rows:
    whole = parsed(path, faults)
    if whole and not whole.keys() & {"releases", "records"}:
        text = "expected an OCDS package, with `releases` or `records`"
        faults.add(str(path), 1, None, text)
    processes: dict[str, Process] = {}
    for number, release in releases(whole, path, faults):
        ocid = release.get("ocid")
        if not isinstance(ocid, str) or not ocid:
            faults.add(str(path), number, "ocid", "a release needs its ocid")
            continue
        found = processes.setdefault(ocid, Process(ocid, str(path), faults))
        found.take(release, number)
    yield from rows(processes)


def releases(
    whole: dict[str, Any], path: Path, faults: Faults
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The releases that hold, with the number of each, the latest last."""
    found = list(enumerate(objects(whole, "releases", path, faults), 1))
    for number, record in enumerate(objects(whole, "records", path, faults), 1):
        compiled = record.get("compiledRelease")
        if isinstance(compiled, dict):
            found.append((number, compiled))
        else:
            embedded = objects(record, "releases", path, faults)
            given = [release for release in embedded if "ocid" in release]
            if not given:
                text = "a record without a compiled release or embedded ones"
                faults.note(f"{text}: left out")
            found += [(number, release) for release in given]
    yield from sorted(found, key=lambda pair: str(pair[1].get("date") or ""))


def rows(processes: dict[str, Process]) -> Rows:
    """Members of all processes first, each once with all its roles."""
    members: dict[str, Any] = {}
    for process in processes.values():
        for key, row in process.members():
            held = members.setdefault(key, row).cells
            roles = f"{held['roles'] or ''};{row.cells['roles'] or ''}".split(";")
            held["roles"] = ";".join(sorted({role for role in roles if role})) or None
            for column, value in row.cells.items():
                held[column] = held[column] or value
    for row in members.values():
        yield "members", row
    for process in processes.values():
        yield from process.contracts()
