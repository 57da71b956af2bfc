"""Reader of CORDIS participations: organisations, their research teams, EU grants.

A participation is the organisation's research team in that project. The grant is a
contract with the Commission as FUNDER, coordinators and participants as BENEFICIARY,
third parties and partners as PARTNER; an organisation's share is its part of the grant.
project.csv, if it is there, adds titles, dates and states of the projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from service.formats.readers.cordis import participations, projects
from service.formats.readers.cordis.amounts import amount_in
from service.formats.readers.cordis.files import (
    Cells,
    ProgrammeFiles,
    programme_files,
    published_rows,
)
from service.formats.readers.cordis.participations import (
    OF_SHARE,
    attributes,
    organisation_cells,
    organisation_key,
    party_role,
    team_cells,
    team_key,
)
from service.formats.readers.cordis.programmes import Programme, programme_of
from service.formats.readers.cordis.projects import (
    grant_cells,
    project_cells,
    project_key,
)
from service.formats.rows import Faults, Rows, TableRow

FUNDER = "cordis-european-commission"
NAMELESS = "participation without the id of its organisation or project: not imported"


def read_cordis(path: Path, faults: Faults) -> Rows:
    """Read a file of participations, or all in a folder."""
    records = CordisRecords(faults)
    for files in programme_files(path):
        yield from records.of(files)


Participation = tuple[str, str, str]  # project, organisation, role


def participation(row: TableRow) -> Participation:
    cells = row.cells
    return cells["projectID"] or "", cells["organisationID"] or "", party_role(row)


class CordisRecords:
    """The records of all files of one load, each once."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._keys: set[tuple[str, ...]] = set()

    def of(self, files: ProgrammeFiles) -> Rows:
        """Read the participations twice: for their amounts, then for their records."""
        amounts = self.amounts(files)
        totals: dict[str, float] = defaultdict(float)
        for (project, _, _), amount in amounts.items():
            totals[project] += amount
        programmes: dict[str, Programme] = {}
        values: dict[str, float] = {}
        yield from self.projects(files, totals, values, programmes)
        default = programme_of(*files.names)
        for row in self.participations(files, Faults()):
            project = row.cells["projectID"] or ""
            programme = programmes.get(project, default)
            key = participation(row)
            total = values.get(project, totals[project])
            share = repr(amounts[key] / total) if total else None
            yield from self.shared_records(row, programme)
            yield from self.members(row, programme)
            title = {"title": row.cells.get("projectAcronym")}
            grant = grant_cells(project, total) | title
            yield from self.once("contracts", row, grant)
            yield from self.parties(row, share)

    def participations(
        self, files: ProgrammeFiles, faults: Faults
    ) -> Iterator[TableRow]:
        for row in published_rows(files.participations, participations.COLUMNS, faults):
            if row.cells["projectID"] and row.cells["organisationID"]:
                yield row
            else:
                faults.note(NAMELESS, f"line {row.line}: {row.cells['name']}")

    def amounts(self, files: ProgrammeFiles) -> dict[Participation, float]:
        """The EU's contribution to each participation, which may have several rows."""
        amounts: dict[Participation, float] = defaultdict(float)
        for row in self.participations(files, self._faults):
            amounts[participation(row)] += (
                amount_in(row, "ecContribution", self._faults) or 0
            )
        return amounts

    def projects(
        self,
        files: ProgrammeFiles,
        totals: dict[str, float],
        values: dict[str, float],
        programmes: dict[str, Programme],
    ) -> Rows:
        """The contracts of project.csv; it fills their values and programmes."""
        if files.projects is None:
            return
        for row in published_rows(files.projects, projects.COLUMNS, self._faults):
            id = row.cells["id"] or ""
            if id not in totals:
                text = "project without a participation: not imported"
                self._faults.note(text, f"line {row.line}: {id}")
                continue
            amount = amount_in(row, "ecMaxContribution", self._faults)
            values[id] = totals[id] if amount is None else amount
            framework = row.cells.get("frameworkProgramme")
            programmes[id] = programme_of(framework, *files.names)
            cells = project_cells(row, totals[id], amount, self._faults)
            yield from self.once("contracts", row, cells)

    def members(self, row: TableRow, programme: Programme) -> Rows:
        organisation, team = organisation_key(row), team_key(row)
        if self.is_new("members", organisation):
            cells = organisation_cells(row, self._faults)
            yield "members", row._replace(cells=cells)
        if self.is_new("members", team):
            yield "members", row._replace(cells=team_cells(row, self._faults))
            part = {"affiliation_kind": "DIVISION"}
            yield from self.tie(row, "AFFILIATION", team, organisation, **part)
        for member in (organisation, team):
            yield from self.tie(row, "MEMBERSHIP", member, programme.key)

    def parties(self, row: TableRow, share: str | None) -> Rows:
        project, role = project_key(row.cells["projectID"]), party_role(row)
        cells: Cells = {"share": share, **attributes(row, OF_SHARE)}
        organisation, team = organisation_key(row), team_key(row)
        yield from self.tie(row, "CONTRACT", organisation, project, role, **cells)
        yield from self.tie(row, "CONTRACT", team, project, role)
        yield from self.tie(row, "CONTRACT", FUNDER, project, "FUNDER")

    def shared_records(self, row: TableRow, programme: Programme) -> Rows:
        """The funder of all grants, and the data set with all members."""
        name = {"kind": "ORGANISATION", "name": "European Commission"}
        roles = {"roles": "PUBLIC_BODY;INVESTOR", "country": "BE"}
        sector = {"sector": participations.SECTORS["PUB"]}
        yield from self.once("members", row, {"key": FUNDER, **name, **roles, **sector})
        dataset = {"kind": "DATASET", "name": programme.name, "key": programme.key}
        yield from self.once("communities", row, {**dataset})
        yield from self.tie(row, "MEMBERSHIP", FUNDER, programme.key)

    def once(self, table: str, row: TableRow, cells: Cells) -> Rows:
        if self.is_new(table, cells["key"] or ""):
            yield table, row._replace(cells=cells)

    def tie(
        self,
        row: TableRow,
        kind: str,
        source: str,
        target: str,
        role: str | None = None,
        **cells: str | None,
    ) -> Rows:
        """A tie, unless the pair has one in this role: participations can repeat."""
        if self.is_new(kind, source, target, role or ""):
            ends: Cells = {"kind": kind, "source": source, "target": target}
            ends |= {"role": role} if role else {}
            yield "ties", row._replace(cells={**ends, **cells})

    def is_new(self, *key: str) -> bool:
        if key in self._keys:
            return False
        self._keys.add(key)
        return True
