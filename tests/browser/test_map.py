"""What a manager does on the map, click by click."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("demo")
MAP = "/map?community=demo&day=2026-11-01"


def wait_until_drawn(page: Page) -> None:
    expect(page.locator("#map-tools")).to_be_visible()
    expect(page.locator("#map-canvas:not([aria-busy]) canvas").first).to_be_visible()


def centre(page: Page, name: str) -> None:
    """Find a member, which is then in the middle of the map, and close it again."""
    page.get_by_label("Find").fill(name)
    page.get_by_label("Find").press("Enter")
    expect(chosen(page)).to_contain_text(name)
    page.wait_for_timeout(600)  # the map moves there
    chosen(page).get_by_role("link", name="Close").click()
    expect(chosen(page)).to_contain_text("Click a member")
    wait_until_drawn(page)


def chosen(page: Page):
    return page.get_by_role("complementary", name="The chosen member")


def test_a_click_shows_a_member_and_its_place_in_the_network(open_page):
    page = open_page(MAP)
    wait_until_drawn(page)
    expect(page.locator("main")).to_contain_text("The map draws all 256 members")
    centre(page, "Bergslund Ventures")
    page.locator("#map-canvas").click()
    expect(chosen(page).get_by_role("heading")).to_have_text("Bergslund Ventures")
    assert "selected=bergslund-ventures" in page.url
    chosen(page).get_by_role("link", name="Pairs that it brokers").click()
    expect(chosen(page)).to_contain_text("pairs that have no tie of their own")
    assert "mode=brokerage" in page.url
    chosen(page).get_by_role("link", name="Only around it").click()
    expect(page.locator("main")).to_contain_text("within 2 steps of the focus")
    page.go_back()
    expect(page.locator("main")).to_contain_text("The map draws all 256 members")
    assert "focus" not in page.url
    page.reload()
    expect(chosen(page)).to_contain_text("pairs that have no tie of their own")


def test_colours_sizes_and_ties_change_in_place(open_page):
    page = open_page(MAP)
    wait_until_drawn(page)
    page.get_by_label("Colour", exact=True).select_option("REGION")
    legend = page.get_by_role("list", name="Colours by region")
    expect(legend).to_contain_text("Mälardalen")
    page.get_by_label("Size", exact=True).select_option("betweenness")
    expect(page.locator("#map-data")).to_contain_text("Size: betweenness")
    page.get_by_text("Ties and members").click()
    page.get_by_label("contract", exact=True).uncheck()
    wait_until_drawn(page)
    expect(page.locator("main")).not_to_contain_text("756 links")
    assert "ties=EXCHANGE,INVESTMENT" in page.url.replace("%2C", ",")
    page.get_by_label("contract", exact=True).check()
    expect(page.locator("main")).to_contain_text("756 links")
    assert page.url.endswith("day=2026-11-01&colour=REGION&size=betweenness")


def test_a_name_that_is_not_there_says_so(open_page):
    page = open_page(MAP)
    wait_until_drawn(page)
    page.get_by_label("Find").fill("Nobody")
    page.get_by_label("Find").press("Enter")
    expect(page.locator("#map-note")).to_have_text(
        "No member of this map is called Nobody."
    )


def test_the_days_play_and_each_is_in_the_address(open_page):
    page = open_page(MAP)
    wait_until_drawn(page)
    page.get_by_label("Since").press("Home")  # of the slider
    expect(page.get_by_label("Day", exact=True)).not_to_have_value("2026-11-01")
    first = page.get_by_label("Day", exact=True).input_value()
    assert f"day={first}" in page.url
    wait_until_drawn(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_label("Day", exact=True)).not_to_have_value(first)
    page.get_by_role("button", name="Play").click()
    assert page.get_by_label("Day", exact=True).input_value() > first


def test_the_map_is_saved_as_pictures_and_as_a_network(open_page, tmp_path):
    page = open_page(f"{MAP}&selected=asvik-pump&mode=cascade")
    wait_until_drawn(page)

    def saved(role: str, name: str) -> Path:
        with page.expect_download() as download:
            page.get_by_role(role, name=name).click()
        path: Path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    picture = saved("link", "Picture (SVG)")
    points = saved("button", "Picture (PNG)")
    network = saved("link", "Network (GEXF)")
    assert [picture.name, points.name, network.name] == [
        "map.svg",
        "map.png",
        "map.gexf",
    ]
    size = ElementTree.parse(picture).getroot().attrib
    width, height = struct.unpack(">II", points.read_bytes()[16:24])
    assert (width, height) == (2 * int(size["width"]), 2 * int(size["height"]))
    assert len(list(ElementTree.parse(network).getroot().iter())) > 1_000


def test_without_scripts_the_map_is_a_picture_and_tables(open_page):
    page = open_page(MAP, java_script_enabled=False)
    picture = page.get_by_role("img", name="The map draws all 256 members")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.get_by_label("Colour", exact=True).select_option("REGION")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("list", name="Colours by region")).to_be_visible()
    expect(page.get_by_role("heading", name="Members of the map")).to_be_visible()
