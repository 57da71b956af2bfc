"""The board of introductions moves in place, and a report is readable on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("demo")
DAY = "day=2026-11-01"


def test_an_introduction_moves_over_the_board_in_place_and_back(open_page):
    page = open_page("/introductions?community=demo")
    asked = page.get_by_role("region", name="Asked")
    accepted = page.get_by_role("region", name="Accepted")
    card = asked.get_by_role("article").first
    name = card.get_by_role("heading").inner_text()
    page.evaluate("window.isSamePage = true")
    card.get_by_role("button", name=f"Accepted: {name}").click()
    expect(accepted.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(asked.get_by_role("heading", name=name, exact=True)).to_have_count(0)
    notice = page.locator("#notice")
    expect(notice).to_contain_text(f"Saved: introduction of {name} changed")
    assert page.evaluate("window.isSamePage")
    notice.get_by_role("button", name="Undo").click()
    expect(asked.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_a_report_on_paper_has_its_tables_and_nothing_to_click(open_page):
    page = open_page(f"/report/funders?community=demo&{DAY}")
    jobs = page.get_by_role("region", name="Jobs")
    expect(jobs.get_by_role("table")).not_to_be_visible()
    page.emulate_media(media="print")
    expect(jobs.get_by_role("table")).to_be_visible()
    for name in ("header", ".choose", ".links"):
        for part in page.locator(name).all():
            expect(part).not_to_be_visible()
    page.goto(f"/report?community=demo&{DAY}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("figure svg").first).to_be_visible()
    expect(page.get_by_role("button").first).not_to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
