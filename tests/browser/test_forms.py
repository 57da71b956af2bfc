"""Records are changed by forms, click by click, and each change can be undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("demo")
DAY = "day=2026-11-01"


def test_an_edit_is_undone_from_its_notice(open_page):
    page = open_page(f"/members/fuktlys?{DAY}")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="Sector").fill("Damp sensors")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fuktlys")
    expect(page.get_by_role("definition").first).to_have_text("Damp sensors")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Saved")
    notice.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    expect(page.get_by_role("definition").first).to_have_text("Electronics")


def test_a_tie_is_added_to_a_member_that_the_form_suggests(open_page):
    page = open_page(f"/add?kind=Acquaintance&member=elin-sandgren&{DAY}")
    page.get_by_label("With (required)").press_sequentially("Yvonne")
    suggestion = page.locator("datalist option")
    expect(suggestion.first).to_have_attribute("value", "yvonne-strid")
    page.get_by_label("With (required)").fill("yvonne-strid")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    table = page.get_by_role("region", name="Acquaintances", exact=True)
    expect(table).to_contain_text("Yvonne Strid")
    page.get_by_role("button", name="Undo").click()
    expect(table).not_to_contain_text("Yvonne Strid")


def test_a_refused_form_keeps_what_was_typed(open_page, page_errors):
    page = open_page(f"/edit?kind=Organisation&key=fuktlys&{DAY}")
    url = page.get_by_role("textbox", name="Url")
    url.fill("mailto:somebody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was written")
    expect(url).to_have_value("mailto:somebody")
    # A refused form has the status 422.
    assert len(page_errors) == 2
    assert all("422" in error for error in page_errors)
    page_errors.clear()
