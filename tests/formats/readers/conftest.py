"""Fixtures that tests of several readers share."""

from __future__ import annotations

import json

import pytest

from tests.formats.reading import rows_with_ids


@pytest.fixture
def ocds_rows(tmp_path):
    """The rows and the notes of releases."""

    def rows(*releases):
        (tmp_path / "x").write_text(json.dumps(releases))
        return rows_with_ids(tmp_path / "x")

    return rows
