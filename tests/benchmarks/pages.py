"""The pages, warm, over HTTP: the whole answer, the templates' part, the first paint.

A page says in `server-timing` how long its template took. No answer is cached: each
round asks all questions of its page again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from seeds import SEEDS
from tests.benchmarks.measure import Figure, Told, doing, milliseconds
from tests.benchmarks.world import Api, World
from tests.browser.chromium import chromium

DAY = "day=2026-11-01"
# Each page with its bound in milliseconds.
PAGES = {
    f"/?community=demo&{DAY}": 500,
    f"/members/fuktlys?{DAY}": 150,
    f"/introductions?startup=fuktlys&{DAY}": 250,
    f"/what-if?member=asvik-pump&works=40&{DAY}": 150,
}
TEMPLATES = re.compile(r"templates;dur=([\d.]+)")
TEMPLATE_SHARE = 20  # percent
FIRST_PAINT = 1_000
ROUNDS = 10
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def pages(world: World) -> list[Told]:
    os.environ["VALUENET_TIMEOUT_SECONDS"] = "120"  # the cold first round is slow
    with doing("loading demo, yc and cordis"):
        world.seed(*SEEDS)
    with world.api() as api:
        figures = [
            figure
            for path, bound in PAGES.items()
            for figure in answer_and_templates(api, path, bound)
        ]
        figures.append(first_paint(api))
    return [figure.told() for figure in figures]


def answer_and_templates(api: Api, path: str, bound: float) -> list[Figure]:
    """From the request to the last byte, and how much of it is the template."""
    shares = []

    def visit() -> None:
        response = api.client.get(path).raise_for_status()
        shares.append(
            100 * template_milliseconds(response) / answer_milliseconds(response)
        )

    with doing(path):
        samples = milliseconds(visit, ROUNDS)
    return [
        Figure(name=f"page {path}", unit="ms", bound=bound, samples=samples),
        Figure(
            name=f"templates of {path}",
            unit="% of the answer",
            bound=TEMPLATE_SHARE,
            samples=shares[-ROUNDS:],
        ),
    ]


def template_milliseconds(response: httpx.Response) -> float:
    match = TEMPLATES.search(response.headers["server-timing"])
    assert match
    return float(match[1])


def answer_milliseconds(response: httpx.Response) -> float:
    return response.elapsed.total_seconds() * 1_000


def first_paint(api: Api) -> Figure:
    """In headless Chromium, each round with an empty cache."""
    samples = []
    with doing("first paint of /"), sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(
            executable_path=chromium(own), args=["--no-sandbox"]
        )
        for _ in range(ROUNDS):
            # Without the page's policy, which Playwright's waiting violates.
            base = str(api.client.base_url)
            page = browser.new_page(base_url=base, bypass_csp=True)
            page.goto("/")
            page.wait_for_function(f"{PAINT.partition('.startTime')[0]} !== undefined")
            samples.append(page.evaluate(PAINT))
            page.close()
        browser.close()
    return Figure(
        name="first contentful paint of /",
        unit="ms",
        bound=FIRST_PAINT,
        samples=samples,
    )
