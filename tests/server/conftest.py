"""Requests for paths, and a table as the command line exports it."""

from __future__ import annotations

import pytest

from service.formats.export import connections_of, export_graph
from tests.support.path_requests import get  # noqa: F401
from tests.support.slow_clients import many  # noqa: F401


@pytest.fixture
def file(graph, runner, tmp_path):
    """The bytes that `valuenet export` writes for one table."""

    def file(format, name):
        path = tmp_path / f"{name}.{format}"
        wanted = connections_of(format, [name])
        runner.run(export_graph(graph, path, format, wanted, lambda count: None))
        data = path.read_bytes()
        path.unlink()
        return data

    return file
