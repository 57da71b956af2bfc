"""A visitor who imports files, at a server whose home is an empty folder."""

from __future__ import annotations

import pytest

from tests.web.imports.importing import Importer


@pytest.fixture
def visitor(serve, draw, tmp_path):
    """Let a visitor do something at a server whose home is an empty folder."""

    def visitor(work, world=None, cookies=None, **settings):
        if world is not None:
            draw(world)

        async def run(client):
            client.cookies.update(cookies or {})
            return await work(Importer(client))

        return serve(run, home=tmp_path, **settings)

    return visitor
