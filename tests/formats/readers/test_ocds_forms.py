"""The forms in which publishers and registries give out releases and records."""

from __future__ import annotations

import json

import pytest

from service.errors import BadInput
from service.formats.readers import json_documents
from tests.formats.readers.ocds_packages import (
    PREFIX,
    award,
    record_package,
    release,
    release_package,
)
from tests.formats.reading import faults_of, rows_with_ids

COMPILED = record_package()["records"][0]["compiledRelease"]
RECORD = {"ocid": PREFIX, "compiledRelease": COMPILED}
RELEASES = release_package()["releases"]


def lines(*values, blank="\n"):
    return blank.join(json.dumps(value) for value in values) + "\n"


FORMS = {
    "release package": json.dumps(release_package()),
    "bare release": json.dumps(COMPILED),
    "indented release": json.dumps(COMPILED, indent=2),
    "bare record": json.dumps(RECORD),
    "record of releases": json.dumps({"ocid": PREFIX, "releases": RELEASES}),
    "list of releases": json.dumps(RELEASES),
    "list of records": json.dumps([RECORD], indent=1),
    "releases in an answer": json.dumps({"data": {"releases": RELEASES}, "page": 1}),
    "release in an answer": json.dumps({"data": COMPILED, "status": "ok"}),
    "results": json.dumps({"count": 1, "results": [{"item": {"release": COMPILED}}]}),
    "beside its ocid": json.dumps({"ocid": PREFIX, "release": COMPILED}),
    "packages in a list": json.dumps([release_package()]),
    "lines of releases": lines(*RELEASES),
    "lines of records": lines(RECORD),
    "lines of packages": lines(record_package(), blank="\r\n\r\n"),
    "with a byte order mark": "\ufeff" + lines(*RELEASES),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows(tmp_path, form):
    (tmp_path / "package").write_text(json.dumps(release_package()))
    (tmp_path / "x").write_text(FORMS[form], encoding="utf-8")
    rows, _ = rows_with_ids(tmp_path / "x")
    assert rows == rows_with_ids(tmp_path / "package")[0]


def test_a_line_of_json_lines_is_the_line_of_its_rows(tmp_path):
    other = release(1, "2026-01-01", ocid="b", awards=[award(id=None)])
    (tmp_path / "x").write_text(lines(COMPILED, other, {"page": 2}) + "{\n}\n")
    assert [text for text in faults_of(tmp_path / "x", "ocds") if "JSON" in text] == [
        "x line 4: not valid JSON: unexpected end of data",
        "x line 5: not valid JSON: unexpected character, expected a JSON value",
    ]
    (tmp_path / "x").write_text(lines(COMPILED, other, {"page": 2}))
    rows, notes = rows_with_ids(tmp_path / "x")
    keys = [row["key"] for row in rows["contracts"]]
    assert keys == [f"{PREFIX}-contract-c-1", "b-award-without-id-1"]
    assert notes["JSON without an OCDS release or record: not imported"]


def test_json_lines_are_never_in_memory_together(tmp_path, monkeypatch):
    """Each line has its own limit, and the file has none."""
    monkeypatch.setattr(json_documents, "MAX_BYTES", 1_000)
    processes = [release(1, "2026-01-01", ocid=str(n)) for n in range(50)]
    (tmp_path / "x").write_text(lines(*processes))
    assert len(rows_with_ids(tmp_path / "x")[0]["members"]) == 50
    (tmp_path / "x").write_text(lines(*processes, {"a": "b" * 1_000}))
    with pytest.raises(BadInput, match=r"line 51 is larger than 0\.001 MB"):
        rows_with_ids(tmp_path / "x")


def test_releases_without_an_ocid_are_left_out_and_counted(tmp_path):
    releases = [{**RELEASES[0], "ocid": None}, *RELEASES]
    (tmp_path / "x").write_text(json.dumps({"releases": releases}))
    rows, notes = rows_with_ids(tmp_path / "x")
    assert len(rows["contracts"]) == 1
    assert notes["release without an ocid: not imported"] == 1


def test_an_award_that_is_published_again_is_not_doubled(tmp_path):
    """Even without an id; and null removes a value, as the standard says."""
    first = release(1, "2026-01-02T00:00:00+02:00", awards=[award(id=None)])
    later = release(2, "2026-01-01T23:00:00Z", awards=[award(id=None, title="Later")])
    (tmp_path / "x").write_text(json.dumps([later, first]))
    [contract] = rows_with_ids(tmp_path / "x")[0]["contracts"]
    assert contract["title"] == "Later"
