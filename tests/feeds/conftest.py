"""The demo, and requests for paths of a server."""

from __future__ import annotations

import pytest

import seeds
from tests.support.path_requests import get  # noqa: F401
from tests.support.slow_clients import many  # noqa: F401


@pytest.fixture(scope="module")
def demo(draw):
    draw(seeds.FOLDER / "demo")
