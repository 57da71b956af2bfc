"""The map in a headless browser: 2,000 members and 10,000 links, drawn and clicked.

The ecosystem is drawn as `ecosystem.py` says. Chromium draws with software WebGL.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from tests.benchmarks.ecosystem import ecosystem
from tests.benchmarks.measure import Figure, Told, doing, seconds
from tests.benchmarks.world import World
from tests.browser.chromium import chromium
from tests.support.worlds import write

MEMBERS, LINKS = 2_000, 10_000
ROUNDS = 5
BOUND = 3_000.0  # milliseconds after the page's request
DRAWN = "performance.getEntriesByName('map-drawn')[0].startTime"
PATIENCE = 60_000
PATH = "/map?community=c&colour=SECTOR&size=betweenness"


def map_page(world: World) -> list[Told]:
    with doing(f"drawing and loading {MEMBERS:,} members and {LINKS:,} ties"):
        load(world)
    with world.api() as api, sync_playwright() as playwright:
        path = chromium(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        base = str(api.client.base_url)
        with doing("the first answers of a cold server"):
            while api.client.get(PATH).status_code != httpx.codes.OK:
                pass
        drawn, clicked = [], []
        for turn in range(ROUNDS + 1):
            context = browser.new_context(base_url=base)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            with doing(f"opening the map, {turn}"):
                drawn.append(opened(page))
            centre(page)
            clicked.append(seconds(lambda page=page: click(page)) * 1_000)  # type: ignore[misc]
            context.close()
        browser.close()
    world.clear()
    sizes = {"members": MEMBERS, "links": LINKS, "the_first_ms": round(drawn[0])}
    figures = [
        Figure(name=name, unit="ms", bound=BOUND, samples=samples[1:], more=sizes)
        for name, samples in (
            ("the map drawn, after its request", drawn),
            ("a click on the map shows the member", clicked),
        )
    ]
    return [figure.told() for figure in figures]


def load(world: World) -> None:
    drawn = ecosystem(MEMBERS, LINKS)
    members = [
        {"key": f"m{i}", "kind": "ORGANISATION", "name": f"Firm {i}", "sector": f"{g}"}
        for i, g in enumerate(drawn.group.tolist())
    ]
    pairs = zip(drawn.source.tolist(), drawn.target.tolist(), strict=True)
    ties = [
        {"kind": "EXCHANGE", "source": f"m{a}", "target": f"m{b}"} for a, b in pairs
    ]
    ties += [
        {"kind": "MEMBERSHIP", "source": f"m{i}", "target": "c"} for i in range(MEMBERS)
    ]
    communities = [{"key": "c", "kind": "OTHER", "name": "All"}]
    with tempfile.TemporaryDirectory() as name:
        write(
            {"members": members, "ties": ties, "communities": communities}, Path(name)
        )
        world.load(Path(name))


def opened(page: Page) -> float:
    """Milliseconds from the request to the first picture with all members."""
    page.goto(PATH)
    expect(page.locator("#map-tools")).to_be_visible(timeout=PATIENCE)
    return float(page.evaluate(DRAWN))


def centre(page: Page) -> None:
    """Find a member, which is then in the middle of the map, and close it again."""
    page.get_by_label("Find").fill("Firm 5")
    page.get_by_label("Find").press("Enter")
    expect(page.locator("#map-member h2")).to_have_text("Firm 5", timeout=PATIENCE)
    page.wait_for_timeout(1_000)  # the map moves there
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#map-member h2")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#map-canvas:not([aria-busy])")).to_be_visible(timeout=PATIENCE)


def click(page: Page) -> None:
    page.locator("#map-canvas").click()
    expect(page.locator("#map-member h2")).to_have_text("Firm 5", timeout=PATIENCE)
