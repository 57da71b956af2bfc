"""Reader of Open Contracting (OCDS 1.0 and 1.1): releases and records in any wrapping.

Parties are organisations: buyers and procuring entities are customers and public
bodies, suppliers are suppliers. A contract has its buyers as CUSTOMER, the suppliers of
its award as SUPPLIER, and funders as FUNDER. An award without a contract is imported as
a contract. Later releases of a process override earlier ones; a record is read from its
compiled release alone. The line of a fault is the number of the release or record, or
its line in JSON Lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from service.formats.readers.ocds.members import member_rows
from service.formats.readers.ocds.objects import id_in
from service.formats.readers.ocds.packages import releases_of
from service.formats.readers.ocds.process import ContractingProcess
from service.formats.readers.ocds.release_spool import ReleaseSpool
from service.formats.readers.ocds.unread_fields import (
    note_unread_fields,
    unread_fields,
)
from service.formats.rows import Faults, Rows


def read_ocds(path: Path, faults: Faults) -> Rows:
    """The members of all processes, then their contracts with their parties."""
    with closing(ReleaseSpool()) as spool:
        for line, release in releases_of(path, faults):
            spool.add(id_in(release, "ocid") or "", line, release)
        for process in processes(spool, path, faults):
            for row in member_rows(process, faults):
                yield "members", row
        unread: Counter[str] = Counter()
        for process in processes(spool, path, faults):
            unread.update(unread_fields(process.release))
            yield from process.contracts()
        note_unread_fields(unread, faults)


def processes(
    spool: ReleaseSpool, path: Path, faults: Faults
) -> Iterator[ContractingProcess]:
    for line, release in spool.processes():
        yield ContractingProcess(release, line, str(path), faults)
