"""Participations of CORDIS: organisations, and their teams in projects."""

from __future__ import annotations

import re

from service.formats.readers.cordis.amounts import plain_amount
from service.formats.readers.cordis.files import Cells, Columns
from service.formats.readers.cordis.projects import project_key
from service.formats.readers.published_values import (
    published_cells,
    shown_text,
    web_address,
)
from service.formats.rows import Faults, TableRow
from service.vocabulary.attributes import cell_of
from service.vocabulary.nodes import Organisation, Team

NAMES = """
projectID projectAcronym organisationID name shortName SME activityType street postCode
city country vatNumber nutsCode geolocation organizationURL role ecContribution
netEcContribution totalCost endOfParticipation
"""
OTHER_NAMES = {"id": "organisationID", "organizationid": "organisationID"}
OTHER_NAMES |= {"organisationurl": "organizationURL", "projectreference": "projectID"}
COLUMNS = Columns(
    {name.casefold(): name for name in NAMES.split()} | OTHER_NAMES,
    ["projectID", "organisationID", "name", "role", "ecContribution"],
    re.compile(rf"(?!({'|'.join(NAMES.split())})$).*"),
)
SECTORS = {
    "PRC": "Private company",
    "HES": "Higher education",
    "REC": "Research organisation",
    "PUB": "Public body",
    "OTH": "Other",
}
ROLES = {"HES": "UNIVERSITY", "PUB": "PUBLIC_BODY"}
YES, NO = ("true", "1", "y", "yes"), ("false", "0", "n", "no", "")
BENEFICIARIES = ("coordinator", "participant")
# Columns that are extra attributes, by what they describe.
OF_ORGANISATION = ["vatNumber", "shortName", "street", "postCode", "nutsCode"]
OF_ORGANISATION += ["geolocation"]
OF_SHARE = ["role", "netEcContribution", "totalCost", "endOfParticipation"]
ADDRESS = "organizationURL: not an address, left blank"


def organisation_key(row: TableRow) -> str:
    return f"cordis-{row.cells['organisationID']}"


def team_key(row: TableRow) -> str:
    return f"{project_key(row.cells['projectID'])}-{row.cells['organisationID']}"


def organisation_cells(row: TableRow, faults: Faults) -> Cells:
    cells = row.cells
    activity, url = cells.get("activityType") or "", cells.get("organizationURL")
    if url and not web_address(url):
        faults.note(ADDRESS, shown_text(url))
    is_small = is_yes(cells.get("SME"), faults)
    values = {
        "key": organisation_key(row),
        "kind": "ORGANISATION",
        "name": cells["name"] or cells.get("shortName") or cells["organisationID"],
        "roles": ROLES.get(activity),
        "sector": SECTORS.get(activity, activity),
        "region": cells.get("city"),
        "country": cells.get("country"),
        "description": "Small or medium-sized" if is_small else None,
        "url": web_address(url),
        **{n: v and cell_of(v) for n, v in attributes(row, OF_ORGANISATION).items()},
    }
    return published_cells(Organisation, values, faults)


def is_yes(text: str | None, faults: Faults) -> bool:
    """CORDIS writes true or True; other words for it are known as well."""
    word = (text or "").casefold()
    if word not in YES and word not in NO:
        faults.note("SME: neither true nor false, left out", shown_text(word))
    return word in YES


def team_cells(row: TableRow, faults: Faults) -> Cells:
    cells = row.cells
    project = cells.get("projectAcronym") or cells["projectID"]
    organisation = cells.get("shortName") or cells["name"] or cells["organisationID"]
    activity = cells.get("activityType") or ""
    values = {
        "key": team_key(row),
        "kind": "TEAM",
        "name": f"{organisation} in {project}",
        "team_kind": "RESEARCH_AND_DEVELOPMENT",
        "function": "Research",
        "region": cells.get("city"),
        "country": cells.get("country"),
        "sector": SECTORS.get(activity, activity),
    }
    return published_cells(Team, values, faults)


def attributes(row: TableRow, names: list[str]) -> Cells:
    return {f"x:{name}": plain_amount(name, row.cells.get(name)) for name in names}


def party_role(row: TableRow) -> str:
    is_beneficiary = row.cells["role"] in BENEFICIARIES
    return "BENEFICIARY" if is_beneficiary else "PARTNER"
