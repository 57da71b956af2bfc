"""Fixtures that request paths, and that export a table as the command line does."""

from __future__ import annotations

import pytest

from service.formats.export import connections_of, export_graph


@pytest.fixture
def get(serve):
    """The responses to one request for each path, or for (path, headers)."""

    def get(*requests, method="GET", **settings):
        async def work(client):
            pairs = [r if isinstance(r, tuple) else (r, {}) for r in requests]
            return [
                await client.request(method, path, headers=headers)
                for path, headers in pairs
            ]

        return serve(work, **settings)

    return get


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
