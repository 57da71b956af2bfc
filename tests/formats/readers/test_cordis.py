"""The reader of CORDIS, on the published participations in EU research."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from seeds import SEEDS

CORDIS = next(seed.folder for seed in SEEDS if seed.key == "cordis")


@pytest.fixture(scope="module")
def cordis(draw):
    draw(CORDIS, "cordis")


def participations() -> list[dict[str, str]]:
    file = CORDIS / "h2020_organizations.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


PARTICIPATIONS = """
RETURN
  COUNT { (:Organisation) } AS organisations,
  COUNT { (:Contract) } AS contracts,
  COUNT { MATCH (t:Team)-[:PART_OF]->(:Organisation) RETURN DISTINCT t } AS parts,
  COUNT { (:Team) } AS teams,
  COUNT { (:Organisation {key: "cordis-european-commission"})
          -[:PARTY_TO {role: "FUNDER"}]->(:Contract) } AS funded,
  COUNT { (:Member)-[:MEMBER_OF]->(:Community {key: "cordis"}) } AS dataset,
  COUNT { (:Member) } AS members
"""


def test_cordis_has_all_organisations_and_grants_of_its_file(cordis, count):
    with (CORDIS / "h2020_organizations.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    teams = {(row["projectID"], row["organisationID"]) for row in rows}
    found = count(PARTICIPATIONS)
    assert found.pop("members") == found.pop("dataset")
    assert found == {
        "organisations": 1819 + 1,
        "contracts": 336,
        "teams": len(teams),
        "parts": len(teams),
        "funded": 336,
    }


def test_shares_of_a_cordis_grant_come_from_its_amounts(cordis, ask):
    text = """{ contract(key: "cordis-project-883204") {
      title value currency valuePeriod parties(first: 200) {
        nodes { role share source { __typename } } } } }"""
    grant = ask(text)["contract"]
    with (CORDIS / "h2020_organizations.csv").open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["projectID"] == "883204"]
    amounts = [float(r["ecContribution"].replace(",", ".") or 0) for r in rows]
    parties = grant.pop("parties")["nodes"]
    shares = sorted(p["share"] for p in parties if p["share"] is not None)
    assert shares == pytest.approx(sorted(a / sum(amounts) for a in amounts))
    assert [p["role"] for p in parties].count("FUNDER") == 1
    assert grant == {
        "title": "EU-RADION",
        "value": pytest.approx(sum(amounts)),
        "currency": "EUR",
        "valuePeriod": "TOTAL",
    }


def test_cordis_numbers_may_have_a_decimal_comma(draw, ask, tmp_path):
    columns = "projectID,projectAcronym,organisationID,name,shortName,SME,activityType"
    columns += ",city,country,organizationURL,role,ecContribution"
    rows = ['1,P,10,Ten,T,True,PRC,Athens,EL,,coordinator,"771225,1"']
    rows += ["1,P,20,Twenty,,False,HES,London,UK,https://t,thirdParty,228774.9"]
    text = "\n".join([columns, *rows, ""])
    (tmp_path / "h2020_organizations.csv").write_text(text, encoding="utf-8")
    draw(tmp_path, "cordis")
    text = """{ contract(key: "cordis-project-1") { value parties { nodes {
        role share source { key } } } }
      organisations { nodes { key country description roles } } }"""
    project = "cordis-project-1"
    assert ask(text) == {
        "contract": {
            "value": 1_000_000,
            "parties": {
                "nodes": sorted(
                    [
                        party("cordis-10", "BENEFICIARY", 0.7712251),
                        party(f"{project}-10", "BENEFICIARY", None),
                        party("cordis-20", "PARTNER", 0.2287749),
                        party(f"{project}-20", "PARTNER", None),
                        party("cordis-european-commission", "FUNDER", None),
                    ],
                    key=lambda p: (
                        f"CONTRACT:{p['source']['key']}:{project}::{p['role']}"
                    ),
                )
            },
        },
        "organisations": {
            "nodes": [
                {
                    "key": "cordis-european-commission",
                    "country": "BE",
                    "description": None,
                    "roles": ["INVESTOR", "PUBLIC_BODY"],
                },
                {
                    "key": "cordis-10",
                    "country": "GR",
                    "description": "Small or medium-sized",
                    "roles": [],
                },
                {
                    "key": "cordis-20",
                    "country": "GB",
                    "description": None,
                    "roles": ["UNIVERSITY"],
                },
            ]
        },
    }


def party(key: str, role: str, share: float | None) -> dict[str, Any]:
    return {"role": role, "share": share, "source": {"key": key}}
