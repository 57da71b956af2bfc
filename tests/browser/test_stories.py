"""What a manager does on the page, click by click."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("demo")
DAY = "day=2026-11-01"
START = f"/?community=demo&{DAY}"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def panel(page: Page, title: str):
    return page.get_by_role("region", name=title, exact=True)


def test_the_overview_without_a_word_is_about_the_community_most_is_known_of(open_page):
    page = open_page("/")
    expect(page.get_by_label("Community")).to_have_value("demo")
    expect(panel(page, "This week").get_by_role("link").first).to_be_visible()


def test_the_overview_says_what_to_do_this_week_and_where(open_page):
    page = open_page(START)
    week = panel(page, "This week")
    # Asked on 2026-08-24 and accepted: it has waited longest.
    first = week.get_by_role("row").nth(1)
    expect(first).to_contain_text("Remind Ingrid Hallberg to make the introduction")
    expect(first).to_contain_text("Fuktlys asked to meet Lars Ekdahl 69 days ago")
    expect(week).to_contain_text("It needs Customer acquisition")
    week.get_by_role("link", name="Find somebody who can introduce Fuktlys").click()
    expect(heading(page)).to_have_text("Introductions for Fuktlys")
    assert DAY in page.url


def test_every_row_of_the_overview_leads_on_and_back(open_page):
    page = open_page(START)
    table = panel(page, "Who is fragile")
    name = table.get_by_role("link").first.text_content()
    table.get_by_role("link", name="What if?").first.click()
    expect(heading(page)).to_have_text(re.compile(f"What if {re.escape(name)} .*"))
    assert DAY in page.url
    page.go_back()
    panel(page, "Who is fragile").get_by_role("link").first.click()
    expect(heading(page)).to_have_text(name)


def test_another_community_and_day_stand_in_the_address(open_page):
    page = open_page(START)
    page.get_by_label("Community").select_option("handslaget-ring")
    page.get_by_label("Day (blank: today)").fill("2026-10-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/?community=handslaget-ring&day=2026-10-01")
    page.reload()
    expect(page.get_by_label("Community")).to_have_value("handslaget-ring")
    page.get_by_role("navigation").get_by_role("link", name="Members").click()
    assert "community=handslaget-ring&day=2026-10-01" in page.url
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ members"))


def test_members_are_chosen_by_role(open_page):
    page = open_page(f"/members?community=demo&{DAY}")
    page.get_by_label("Role").select_option("STARTUP")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Fuktlys").click()
    expect(heading(page)).to_have_text("Fuktlys")
    for title in ("Exchanges", "Needs", "As a broker", "Who depends on it", "History"):
        expect(panel(page, title)).to_be_visible()


def test_a_member_less_able_for_some_days(open_page):
    page = open_page(f"/members/asvik-pump?{DAY}")
    page.get_by_role("link", name="What if it stops?").click()
    expect(heading(page)).to_have_text("What if Åsvik Pump stops?")
    page.get_by_label("Still works at").fill("40")
    page.get_by_role("button", name="Show who is hit").click()
    expect(page.locator("main")).to_contain_text("works at 40 %")
    hit = panel(page, "Who is hit, and in what order").get_by_role("row").nth(1)
    expect(hit).to_contain_text("Björkliden Dairy")
    expect(hit).to_contain_text("36%")
    expect(panel(page, "Three models side by side")).to_be_visible()


def test_a_person_leaves(open_page):
    page = open_page(f"/departures?{DAY}")
    page.get_by_label("Who leaves").fill("Magnus Wiberg")
    page.get_by_role("button", name="Show what goes along").click()
    expect(heading(page)).to_have_text("If Magnus Wiberg leaves")
    expect(panel(page, "Which customers may follow")).to_contain_text("Talvik Hotell")


def test_who_depends_on_one_leads_to_what_to_do(open_page):
    page = open_page(f"/dependence?community=demo&{DAY}")
    table = panel(page, "Who depends on one")
    expect(table.get_by_role("row").nth(1)).to_be_visible()
    page.get_by_label("Kind").select_option("SOLE_CONTACT")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**kind=SOLE_CONTACT**")
    name = table.get_by_role("link").first.text_content()
    table.get_by_role("link").first.click()
    expect(heading(page)).to_have_text(name)


def test_the_report_has_one_for_funders(open_page):
    page = open_page(f"/report?community=demo&{DAY}")
    expect(heading(page)).to_have_text("The demo ecosystem, 2026-11-01")
    expect(page.get_by_role("figure").first).to_be_visible()
    page.get_by_role("link", name="Report for funders").click()
    expect(heading(page)).to_contain_text("The demo ecosystem, ")
    page.get_by_text("Its records").first.click()
    expect(page.get_by_role("table").first).to_be_visible()


def test_a_table_is_downloaded_as_csv(open_page):
    page = open_page(START)
    with page.expect_download() as download:
        page.get_by_role("link", name="Who brokers as CSV").click()
    text = Path(download.value.path()).read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["member", "group", "pairs", "against chance"]
    assert rows[1][0] == "Bergslund Ventures"


def test_a_question_opens_in_the_editor_and_answers(open_page):
    page = open_page(f"/members/fuktlys?{DAY}")
    page.get_by_role("link", name="The question of As a broker in the editor").click()
    expect(page.locator(".graphiql-query-editor")).to_contain_text("BrokerRoles")
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text("coordinator")


def test_the_slash_key_searches_from_every_page(open_page):
    page = open_page(f"/members?{DAY}")
    page.keyboard.press("/")
    page.keyboard.type("prototype")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Search")
    expect(page.locator("main")).to_contain_text("Prototype making")


def test_introductions_with_the_keyboard_alone(open_page):
    page = open_page(START)
    press_until(page, "Introductions")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Introductions")
    # The first start-up of the list is one with needs.
    press_until(page, "Show the paths")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Introductions for Fuktlys")
    card = page.get_by_role("article").first
    expect(card).to_contain_text("Chance 64%")
    press_until(page, "Bergslund Ventures")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Bergslund Ventures")


def press_until(page: Page, text: str) -> None:
    """Tab until a link or button with this text has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == text:
            return
    raise AssertionError(f"The key Tab does not reach {text!r}.")
