"""The files of CORDIS in the forms in which the EU publishes them."""

from __future__ import annotations

import csv
import zipfile

import pytest

from service.errors import BadInput
from tests.formats.reading import faults_of, rows_of

COLUMNS = "projectID projectAcronym organisationID vatNumber name shortName SME"
COLUMNS += " activityType street postCode city country nutsCode geolocation"
COLUMNS += " organizationURL contactForm contentUpdateDate rcn order role"
COLUMNS += " ecContribution netEcContribution totalCost endOfParticipation active"
PROJECT = "id acronym status title startDate endDate totalCost ecMaxContribution"
PROJECT += (
    " legalBasis frameworkProgramme fundingScheme objective contentUpdateDate rcn"
)
HILL = {"projectID": "101", "projectAcronym": "ALPHA", "organisationID": "901"}
HILL |= {"name": "Hill Research Ltd", "SME": "true", "activityType": "PRC"}
HILL |= {"role": "coordinator", "ecContribution": "1000", "totalCost": "1200,50"}
VALLEY = {"projectID": "101", "organisationID": "902", "name": "Valley University"}
VALLEY |= {"SME": "false", "role": "participant", "ecContribution": "500,5"}
ALPHA = {"id": "101", "acronym": "ALPHA", "title": "Finding out", "status": "CLOSED"}
ALPHA |= {"startDate": "2020-01-01", "endDate": "2022-12-31", "objective": "To find."}
ALPHA |= {"ecMaxContribution": "2001", "totalCost": "9,5", "fundingScheme": "RIA"}


def published(path, *rows, columns=COLUMNS, delimiter=";"):
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, columns.split(), delimiter=delimiter, quoting=csv.QUOTE_ALL
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def members(tables, kind="ORGANISATION"):
    return {r["key"]: r for r in tables["members"] if r["kind"] == kind}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_separator_and_decimal_sign_gives_the_same(tmp_path, delimiter):
    path = published(tmp_path / "organization.csv", HILL, VALLEY, delimiter=delimiter)
    tables, notes = rows_of(path, "cordis")
    assert len(members(tables, "TEAM")) == 2
    assert members(tables)["cordis-901"]["description"] == "Small or medium-sized"
    assert "description" not in members(tables)["cordis-902"]
    [grant] = tables["contracts"]
    assert (grant["title"], grant["value"], grant["currency"]) == (
        "ALPHA",
        "1500.50",
        "EUR",
    )
    shares = [tie for tie in tables["ties"] if "share" in tie]
    assert [(tie["x:role"], float(tie["share"])) for tie in shares] == [
        ("coordinator", pytest.approx(1000 / 1500.5)),
        ("participant", pytest.approx(500.5 / 1500.5)),
    ]
    assert shares[0]["x:totalCost"] == "1200.50"
    assert notes["column 'contentUpdateDate': not imported"] == 1
    assert rows_of(tmp_path, "cordis") == (tables, notes)


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "1", "Y", "yes"])
def test_each_word_for_yes_is_a_small_firm(tmp_path, word):
    path = published(tmp_path / "organization.csv", {**HILL, "SME": word})
    hill = members(rows_of(path, "cordis")[0])["cordis-901"]
    assert hill["description"] == "Small or medium-sized"


def test_another_word_is_remarked_on(tmp_path):
    path = published(tmp_path / "organization.csv", {**HILL, "SME": "perhaps"})
    tables, notes = rows_of(path, "cordis")
    assert "description" not in members(tables)["cordis-901"]
    assert notes["SME: neither true nor false, left out"] == 1


def test_projects_beside_give_titles_dates_and_totals(tmp_path):
    published(tmp_path / "organization.csv", HILL, VALLEY)
    other = {**ALPHA, "id": "102"}
    published(tmp_path / "project.csv", ALPHA, other, columns=PROJECT)
    tables, notes = rows_of(tmp_path, "cordis")
    assert tables["contracts"] == [
        {
            "key": "cordis-project-101",
            "name": "ALPHA",
            "title": "Finding out",
            "value": "2001.00",
            "currency": "EUR",
            "value_period": "TOTAL",
            "status": "COMPLETED",
            "terms": "To find.",
            "since": "2020-01-01",
            "until": "2023-01-01",
            "x:totalCost": "9.5",
            "x:fundingScheme": "RIA",
        }
    ]
    shares = [float(tie["share"]) for tie in tables["ties"] if "share" in tie]
    assert shares == pytest.approx([1000 / 2001, 500.5 / 2001])
    assert notes["project without a participation: not imported"] == 1


def test_odd_values_of_a_project_are_left_blank(tmp_path):
    published(tmp_path / "organization.csv", {**HILL, "ecContribution": "much"})
    odd = {"startDate": "soon", "status": "DREAMT", "ecMaxContribution": "nan"}
    published(tmp_path / "project.csv", {**ALPHA, **odd}, columns=PROJECT)
    tables, notes = rows_of(tmp_path, "cordis")
    [grant] = tables["contracts"]
    assert grant["value"] == "0.00"
    assert not grant.keys() & {"since", "status"}
    causes = {note: count for note, count in notes.items() if "column" not in note}
    assert causes == {
        "ecContribution: must be a number such as 1200.50, left out": 1,
        "ecMaxContribution: must be a number such as 1200.50, left out": 1,
        "status: unknown, left blank": 1,
        "since: must be a date such as 2026-11-01, left blank": 1,
    }


def test_a_folder_may_have_all_programmes(tmp_path):
    """Each member is there once, and in the data set of each of its programmes."""
    for folder in ("cordis-fp7projects-csv", "cordis-h2020projects-csv", "unnamed"):
        published(tmp_path / folder / "organization.csv", HILL)
    horizon = {**ALPHA, "frameworkProgramme": "HORIZON"}
    published(tmp_path / "unnamed" / "project.csv", horizon, columns=PROJECT)
    tables, _ = rows_of(tmp_path, "cordis")
    assert len(members(tables)) == 2
    assert [row["key"] for row in tables["communities"]] == [
        "cordis-fp7",
        "cordis",
        "cordis-horizon",
    ]
    ties = [tie["target"] for tie in tables["ties"] if tie["source"] == "cordis-901"]
    assert ties == ["cordis-fp7", "cordis-project-101", "cordis", "cordis-horizon"]


def test_a_zip_is_read_as_it_is_published(tmp_path):
    file = published(tmp_path / "organization.csv", HILL)
    projects = published(tmp_path / "project.csv", ALPHA, columns=PROJECT)
    path = tmp_path / "zips" / "cordis-h2020projects-csv.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(file, "csv/organization.csv")
        archive.write(projects, "csv/project.csv")
    tables, _ = rows_of(path, "cordis")
    assert tables["contracts"][0]["title"] == "Finding out"
    assert [row["key"] for row in tables["communities"]] == ["cordis"]
    assert rows_of(path.parent, "cordis")[0] == tables


def test_older_names_of_columns_are_known(tmp_path):
    columns = "projectRcn projectID projectAcronym role id name shortName activityType"
    columns += " ecContribution country street city organizationUrl contactLastNames"
    row = {"projectID": "9", "id": "1", "name": "Old", "role": "participant"}
    row |= {"ecContribution": "10,5", "organizationUrl": "www.old.example / else"}
    path = published(tmp_path / "cordis-fp7organizations.csv", row, columns=columns)
    tables, notes = rows_of(path, "cordis")
    assert members(tables)["cordis-1"]["url"] == "https://www.old.example"
    assert tables["communities"][0]["key"] == "cordis-fp7"
    assert tables["contracts"][0]["value"] == "10.50"
    assert notes["column 'contactLastNames': not imported"] == 1


def test_an_organisation_that_takes_part_twice_has_the_sum_of_its_shares(tmp_path):
    again = {**HILL, "ecContribution": "1000", "role": "participant"}
    other = {**HILL, "ecContribution": "6000", "role": "thirdParty"}
    path = published(tmp_path / "organization.csv", HILL, again, other)
    ties = [t for t in rows_of(path, "cordis")[0]["ties"] if t.get("share")]
    shares = [(tie["role"], tie["share"]) for tie in ties]
    assert shares == [("BENEFICIARY", "0.25"), ("PARTNER", "0.75")]


def test_lines_without_an_id_are_left_out_and_counted(tmp_path):
    rows = [{**HILL, "organisationID": ""}, {**VALLEY, "projectID": ""}, HILL]
    path = published(tmp_path / "organization.csv", *rows)
    tables, notes = rows_of(path, "cordis")
    assert list(members(tables)) == ["cordis-european-commission", "cordis-901"]
    text = "participation without the id of its organisation or project: not imported"
    assert notes[text] == 2


def test_names_that_were_escaped_twice_are_read_as_they_are(tmp_path):
    name = '"CENTRE ""DEMOKRITOS"""'
    path = published(tmp_path / "organization.csv", {**HILL, "name": name})
    tables, _ = rows_of(path, "cordis")
    assert members(tables)["cordis-901"]["name"] == 'CENTRE "DEMOKRITOS"'


def test_a_folder_without_participations_is_refused(tmp_path):
    published(tmp_path / "project.csv", ALPHA, columns=PROJECT)
    with pytest.raises(BadInput, match=r"organization\.csv: not found"):
        rows_of(tmp_path, "cordis")
    [fault, *_] = faults_of(tmp_path / "project.csv", "cordis")
    assert fault.startswith("project.csv line 1, column projectID: the file has no")
