"""Reader of CORDIS participations: organisations, their research teams, EU grants.

A participation is the organisation's research team in that project. The grant is a
contract with the Commission as FUNDER, coordinators and participants as BENEFICIARY,
third parties and partners as PARTNER; an organisation's share is its part of the grant.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from service.formats.readers.csv_file import csv_rows, needed_file
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary.texts import is_url

FUNDER = "cordis-european-commission"
DATASET = "cordis"
COLUMNS = ["projectID", "projectAcronym", "organisationID", "name", "shortName", "SME"]
COLUMNS += ["activityType", "city", "country", "organizationURL", "role"]
COLUMNS += ["ecContribution"]
SECTORS = {
    "PRC": "Private company",
    "HES": "Higher education",
    "REC": "Research organisation",
    "PUB": "Public body",
    "OTH": "Other",
}
ROLES = {"HES": "UNIVERSITY", "PUB": "PUBLIC_BODY"}
BENEFICIARIES = ("coordinator", "participant")
Cells = dict[str, str | None]


def read_cordis(path: Path, faults: Faults) -> Rows:
    """Read h2020_organizations.csv, or a folder that holds it."""
    file = path
    if path.is_dir():
        file = needed_file(path, "h2020_organizations.csv", "cordis")
    tables: dict[str, dict[str, TableRow]] = defaultdict(dict)
    totals: dict[str | None, float] = defaultdict(float)
    participations = list(csv_rows(file, faults, needed=COLUMNS))
    for row in participations:
        totals[row.cells["projectID"]] += amount(row, faults)
    for row in participations:
        add_participation(row, tables, totals[row.cells["projectID"]], faults)
    if participations:
        add_shared_records(participations[0], tables)
    for table, rows in tables.items():
        for row in rows.values():
            yield table, row


def add_participation(
    row: TableRow, tables: dict[str, dict[str, TableRow]], total: float, faults: Faults
) -> None:
    cells = row.cells
    organisation = f"cordis-{cells['organisationID']}"
    project = f"cordis-project-{cells['projectID']}"
    team = f"{project}-{cells['organisationID']}"
    new = organisation_cells(organisation, cells)
    new["url"] = website(cells["organizationURL"], faults)
    add_once(tables["members"], row, new)
    add_once(tables["members"], row, team_cells(team, cells))
    value = f"{total:.2f}"
    title = {"key": project, "title": cells["projectAcronym"], "currency": "EUR"}
    add_once(
        tables["contracts"], row, {**title, "value": value, "value_period": "TOTAL"}
    )
    role = "BENEFICIARY" if cells["role"] in BENEFICIARIES else "PARTNER"
    share = repr(amount(row, faults) / total) if total else None
    add_tie(tables, row, "AFFILIATION", team, organisation, affiliation_kind="DIVISION")
    add_tie(tables, row, "CONTRACT", organisation, project, role=role, share=share)
    add_tie(tables, row, "CONTRACT", team, project, role=role)
    add_tie(tables, row, "CONTRACT", FUNDER, project, role="FUNDER")


def organisation_cells(key: str, cells: Cells) -> Cells:
    activity = cells["activityType"] or ""
    return {
        "key": key,
        "kind": "ORGANISATION",
        "name": cells["name"],
        "roles": ROLES.get(activity),
        "sector": SECTORS.get(activity),
        "region": cells["city"],
        "country": cells["country"],
        "description": "Small or medium-sized" if cells["SME"] == "True" else None,
    }


def website(text: str | None, faults: Faults) -> str | None:
    """The first address in a text; CORDIS writes many of them as a host alone.

    >>> website("www.example.com / www.example.org", Faults())
    'https://www.example.com'
    """
    if not text:
        return None
    address = text.split()[0].rstrip(",;")
    address = address if "://" in address else f"https://{address}"
    if is_url(address):
        return address
    faults.note(f"organizationURL {text!r} is not an address: not imported")
    return None


def team_cells(key: str, cells: Cells) -> Cells:
    return {
        "key": key,
        "kind": "TEAM",
        "name": f"{cells['shortName'] or cells['name']} in {cells['projectAcronym']}",
        "team_kind": "RESEARCH_AND_DEVELOPMENT",
        "function": "Research",
        "region": cells["city"],
        "country": cells["country"],
        "sector": SECTORS.get(cells["activityType"] or ""),
    }


def add_shared_records(row: TableRow, tables: dict[str, dict[str, TableRow]]) -> None:
    """Add the funder of all grants, and the data set with all members."""
    name = {"kind": "ORGANISATION", "name": "European Commission"}
    roles = {"roles": "PUBLIC_BODY;INVESTOR", "country": "BE", "sector": "Public body"}
    add_once(tables["members"], row, {"key": FUNDER, **name, **roles})
    dataset = {"kind": "DATASET", "name": "Horizon 2020 participations (CORDIS)"}
    add_once(tables["communities"], row, {"key": DATASET, **dataset})
    for member in tables["members"].values():
        add_tie(tables, member, "MEMBERSHIP", member.cells["key"] or "", DATASET)


def add_once(rows: dict[str, TableRow], row: TableRow, cells: Cells) -> None:
    rows.setdefault(cells["key"] or "", row._replace(cells=cells))


def add_tie(
    tables: dict[str, dict[str, TableRow]],
    row: TableRow,
    kind: str,
    source: str,
    target: str,
    **cells: str | None,
) -> None:
    """Add a tie unless the pair has one in this role: participations can repeat."""
    name = f"{kind} {source} {target} {cells.get('role')}"
    ends: Cells = {"kind": kind, "source": source, "target": target}
    tables["ties"].setdefault(name, row._replace(cells={**ends, **cells}))


def amount(row: TableRow, faults: Faults) -> float:
    """The EU's contribution, which the file writes as 771225.0 or as 771225,1."""
    text = (row.cells["ecContribution"] or "0").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        faults.at(
            row, "ecContribution", f"must be a number such as 1200.50; got {text!r}"
        )
        return 0.0
