"""A file is imported on the page, from choosing it to undoing it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import running_site

pytestmark = pytest.mark.usefixtures("demo")
CUSTOMERS = "Company,Country,Industry\nHill Bakery,SE,food\nOld Mill,NO,food\n"
IN_TIME = 120_000  # milliseconds; an import is a process of its own


@pytest.fixture(scope="module")
def site(address, tmp_path_factory):
    """A server whose home has the uploaded files."""
    with running_site(address, home=tmp_path_factory.mktemp("home")) as base:
        yield base


def test_a_table_of_customers_is_loaded_and_undone(open_page):
    page = open_page("/import")
    file = {"name": "customers.csv", "mimeType": "text/csv"}
    page.get_by_label("Files").set_input_files({**file, "buffer": CUSTOMERS.encode()})
    page.get_by_role("button", name="Look at the files").click()
    check = page.get_by_role("button", name="Check what would change").first
    expect(check).to_be_visible(timeout=IN_TIME)
    expect(page.locator("main")).to_contain_text("Hill Bakery")
    check.click()
    load = page.get_by_role("button", name="Load 2 records")
    expect(load).to_be_visible(timeout=IN_TIME)
    load.click()
    undo = page.get_by_role("button", name="Undo this import")
    expect(undo).to_be_visible(timeout=IN_TIME)
    page.keyboard.press("/")
    page.keyboard.type("Hill Bakery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Hill Bakery")).to_be_visible()
    page.go_back()
    undo.click()
    expect(page.locator("main")).to_contain_text(
        "This import was undone", timeout=IN_TIME
    )


@pytest.mark.parametrize(("answer", "count"), [("the same", 1), ("different", 2)])
def test_a_possible_duplicate_is_what_a_person_says(open_page, answer, count):
    """Fuktlys is in the demo."""
    page = open_page("/import")
    file = {"name": "members.csv", "mimeType": "text/csv"}
    text = "Company,Industry\nFuktlys,Lamps\n"
    page.get_by_label("Files").set_input_files({**file, "buffer": text.encode()})
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_role("button", name="Check what would change").first.click()
    pair = page.get_by_role("group", name="Fuktlys and Fuktlys")
    expect(pair).to_be_visible(timeout=IN_TIME)
    pair.get_by_role("radio", name=answer).check()
    page.get_by_role("button", name="Check again").first.click()
    expect(pair.get_by_role("radio", name=answer)).to_be_checked(timeout=IN_TIME)
    page.locator("button[value=load]").click()
    undo = page.get_by_role("button", name="Undo this import")
    expect(undo).to_be_visible(timeout=IN_TIME)
    address = page.url
    page.goto("/search?text=Fuktlys")
    names = page.locator("main td").get_by_role("link", name="Fuktlys", exact=True)
    expect(names).to_have_count(count)
    page.goto(address)
    undo.click()
    expect(page.locator("main")).to_contain_text(
        "This import was undone", timeout=IN_TIME
    )
