"""The pictures of the page in README and docs, taken from the demo.

`uv run task screenshots` writes them to docs/images.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from seeds import SEEDS
from service.web.routes import PAGES
from tests.benchmarks.measure import doing
from tests.benchmarks.world import world
from tests.browser.chromium import chromium

FOLDER = Path("docs/images")
WINDOW = {"width": 1280, "height": 800}
DAY = "day=2026-11-01"
PICTURES = {
    "overview": f"/?community=demo&{DAY}",
    "map": f"/map?community=demo&{DAY}",
    "introductions": f"/introductions?startup=fuktlys&{DAY}",
}


def main() -> None:
    os.environ["VALUENET_TIMEOUT_SECONDS"] = "120"  # the first answers are slow
    with world() as server, doing("taking the pictures"):
        server.seed(SEEDS[0])
        with server.api() as api:
            take(str(api.client.base_url))


def take(base: str) -> None:
    with sync_playwright() as playwright:
        path = chromium(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        page = browser.new_page(base_url=base, viewport=WINDOW, color_scheme="light")
        page.set_default_timeout(120_000)
        for name, address in PICTURES.items():
            if address.partition("?")[0] in PAGES:
                response = page.goto(address, wait_until="networkidle")
                assert response
                assert response.ok, f"{address}: {response.status}"
                page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
