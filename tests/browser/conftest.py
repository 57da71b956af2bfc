"""The product in a real browser: a running server, pages, and the errors they make.

Playwright's event loop belongs to the thread of the tests from its start to its end, so
what has a loop of its own (the server, `draw`) works in another thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, Request, Response, sync_playwright

import seeds
from tests.browser.chromium import NoChromium, chromium

if TYPE_CHECKING:
    from service.database import Address

# Chromium's own report of a violation is an error of the console; a page may catch it.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
# What Chromium says of its own speed where it draws without a graphics card.
SOFTWARE = "GPU stall due to ReadPixels"
PATIENCE = 120_000  # milliseconds: the first answers of a server are slow
TELEPHONE = {"width": 360, "height": 740}
Draw = Callable[..., None]


@pytest.fixture(scope="package")
def browser(graph: object) -> Iterator[Browser]:
    """One browser for all stories of a worker; `graph` is opened before its loop."""
    with sync_playwright() as playwright:
        try:
            path = chromium(Path(playwright.chromium.executable_path))
        except NoChromium as error:
            pytest.fail(str(error), pytrace=False)
        # Chromium has no sandbox for root, and opens the pages of this server alone.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def draw(browser: Browser, draw: Draw) -> Draw:
    """`draw`, as in all tests."""

    def draw_apart(*world: Any) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(draw, *world).result()

    return draw_apart


@pytest.fixture(scope="module")
def demo(draw: Draw) -> None:
    draw(seeds.FOLDER / "demo")


@contextmanager
def running_site(address: Address, **settings: Any) -> Iterator[str]:
    """Where the server of `valuenet serve` answers, on a free port."""
    import uvicorn

    from service.cli.api_server import server_config
    from service.cli.serve import listen
    from service.settings import Settings

    # The first answers of a server are slow, most of all beside other tests.
    given = Settings(timeout_seconds=120, **settings)
    with listen(given, "127.0.0.1", 0) as listener:
        server = uvicorn.Server(server_config(address, given, None, 1))
        thread = Thread(target=partial(server.run, [listener]), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="package")
def site(address: Address) -> Iterator[str]:
    """A server without tokens; a module that needs another one has its own `site`."""
    with running_site(address) as base:
        yield base


@pytest.fixture
def page_errors() -> Iterator[list[str]]:
    """What the pages of a test did wrong; a test takes out what it expects."""
    errors: list[str] = []
    yield errors
    assert errors == []


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(
    browser: Browser, site: str, page_errors: list[str]
) -> Iterator[OpenPage]:
    """Opens a path as a new visitor, in a browser context with these options."""
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN)
        page = context.new_page()
        watch(page, page_errors)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def watch(page: Page, errors: list[str]) -> None:
    """Collect errors of the console and of scripts, and requests without an answer."""

    def check(response: Response) -> None:
        if response.status >= 400:
            errors.append(f"{response.status} {response.url}")

    page.on("response", check)
    page.on("pageerror", lambda error: errors.append(f"script: {error}"))

    def check_failure(request: Request) -> None:
        # A download ends the request of its page.
        if not request.is_navigation_request():
            errors.append(f"failed: {request.url} {request.failure}")

    page.on("requestfailed", check_failure)
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning")
            and SOFTWARE not in message.text
            and errors.append(f"{message.type}: {message.text}")
        ),
    )


def page_width(page: Page) -> int:
    """How wide the content is; what is wider than the window scrolls sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
