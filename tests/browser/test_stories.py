"""What a manager does on the page, click by click."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("demo")
START = "/?community=demo&day=2026-11-01"


def test_the_overview_leads_to_a_member_and_back(open_page):
    page = open_page(START)
    panel = page.get_by_role("region", name="Who is fragile").first
    name = panel.get_by_role("link").first.text_content()
    panel.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert "day=2026-11-01" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_the_slash_key_searches_from_every_page(open_page):
    page = open_page("/members?day=2026-11-01")
    page.keyboard.press("/")
    page.keyboard.type("prototype")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.locator("main")).to_contain_text("Prototype making")
