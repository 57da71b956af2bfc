"""Reader of Open Contracting (OCDS 1.1): release packages and record packages.

Parties are organisations: buyers and procuring entities are customers and public
bodies, suppliers are suppliers. A contract has its buyer as CUSTOMER, the suppliers of
its award as SUPPLIER, and funders as FUNDER. An award without a contract is imported as
a contract. Later releases of a process override earlier ones; a record is read from its
compiled release alone. The line of a fault is the number of the release or record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from service.formats.readers.json_file import json_object, objects
from service.formats.readers.ocds.process import ContractingProcess
from service.formats.rows import Faults, Rows, TableRow


def read_ocds(path: Path, faults: Faults) -> Rows:
    """The members of all processes, then their contracts with their parties."""
    package = json_object(path, faults)
    if package and not package.keys() & {"releases", "records"}:
        text = "expected an OCDS package, with `releases` or `records`"
        faults.add(str(path), 1, None, text)
    processes: dict[str, ContractingProcess] = {}
    for number, release in releases(package, path, faults):
        ocid = release.get("ocid")
        if not isinstance(ocid, str) or not ocid:
            faults.add(str(path), number, "ocid", "a release needs an ocid")
            continue
        if ocid not in processes:
            processes[ocid] = ContractingProcess(ocid, str(path), faults)
        processes[ocid].add_release(release, number)
    yield from member_rows(processes.values())
    for process in processes.values():
        yield from process.contracts()


def releases(
    package: dict[str, Any], path: Path, faults: Faults
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The releases to read with their numbers, by date."""
    numbered = list(enumerate(objects(package, "releases", path, faults), 1))
    for number, record in enumerate(objects(package, "records", path, faults), 1):
        compiled = record.get("compiledRelease")
        if isinstance(compiled, dict):
            numbered.append((number, compiled))
            continue
        embedded = objects(record, "releases", path, faults)
        complete = [release for release in embedded if "ocid" in release]
        if not complete:
            text = "record without a compiled or embedded release: not imported"
            faults.note(text)
        numbered += [(number, release) for release in complete]
    yield from sorted(numbered, key=lambda pair: str(pair[1].get("date") or ""))


def member_rows(processes: Iterable[ContractingProcess]) -> Rows:
    """Each member once, with its roles in all processes."""
    members: dict[str, TableRow] = {}
    for process in processes:
        for key, row in process.members():
            cells = members.setdefault(key, row).cells
            roles = f"{cells['roles'] or ''};{row.cells['roles'] or ''}".split(";")
            cells["roles"] = ";".join(sorted({role for role in roles if role})) or None
            for column, value in row.cells.items():
                cells[column] = cells[column] or value
    for row in members.values():
        yield "members", row
