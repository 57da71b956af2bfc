"""A fixture that requests paths of a server."""

from __future__ import annotations

import pytest


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
