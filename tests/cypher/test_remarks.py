"""The server has no remark on any statement: each is explained on a real Neo4j."""

from __future__ import annotations

import pytest

from service.graph import migrations
from tests.cypher.files import NAMES, WRITING, sample
from tests.cypher.profiling import READING, remarks
from tests.cypher.writing import exporting, written


@pytest.mark.parametrize("name", NAMES)
def test_the_server_has_no_remark_on_a_file(explain, name):
    summary = explain(sample(name))
    assert remarks(summary) == []
    if not name.startswith(WRITING):
        assert summary.query_type in READING


def test_the_server_has_no_remark_on_anything_that_loading_writes(explain, tmp_path):
    texts = written(tmp_path)
    assert len(texts) > 60
    for found in texts:
        assert remarks(explain(found)) == [], found.text


def test_the_server_has_no_remark_on_anything_that_an_export_reads(explain):
    for found in exporting():
        summary = explain(found)
        assert remarks(summary) == [], found.text
        assert summary.query_type in READING, found.text


def test_the_server_has_no_remark_on_a_constraint_or_an_index(explain):
    for found in migrations.definitions():
        assert remarks(explain(found)) == [], found.text
