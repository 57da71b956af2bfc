"""Every page is for everybody: axe-core, both colour schemes, telephones, keyboards."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.addresses import demo_addresses
from tests.browser.conftest import TELEPHONE, page_width

pytestmark = pytest.mark.usefixtures("demo")
FOCUS = """
(() => {
  const element = document.activeElement;
  const isVisible = element === document.body
    || getComputedStyle(element).outlineStyle !== "none";
  return isVisible ? "" : element.outerHTML.slice(0, 100);
})()
"""


@pytest.mark.parametrize("path", ["/login", *demo_addresses()])
def test_a_page_is_for_everybody(open_page, path):
    page = open_page(path)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == ""
    page.set_viewport_size(TELEPHONE)
    assert page_width(page) <= TELEPHONE["width"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule of axe-core that the page breaks, with the elements that break it."""
    answer = Axe().run(page).response
    return [
        (violation["id"], [node["html"][:100] for node in violation["nodes"]])
        for violation in answer["violations"]
    ]


def test_each_page_answers_without_scripts(open_page):
    page = open_page("/login", java_script_enabled=False)
    for address in demo_addresses():
        page.goto(address)
        expect(page.locator("main h1")).not_to_be_empty()
        assert page.locator("main :is(section, form, table, li)").count(), address
