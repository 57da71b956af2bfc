"""The page where the server needs tokens: with none, and with one of each scope."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from service.server.tokens import TokenScope, create_token
from tests.browser.addresses import demo_addresses
from tests.browser.conftest import running_site

pytestmark = pytest.mark.usefixtures("demo")
# Forms, which a read token does not get.
WRITING = ("/add", "/edit", "/ask", "/community", "/import", "/demo")
MEMBER = "/members/fuktlys?day=2026-11-01"


@pytest.fixture(scope="module")
def token_file(tmp_path_factory):
    return tmp_path_factory.mktemp("tokens") / "tokens"


@pytest.fixture(scope="module")
def secrets(token_file):
    return {
        scope: create_token(token_file, scope.value, scope)
        for scope in (TokenScope.READ, TokenScope.WRITE)
    }


@pytest.fixture(scope="module")
def site(address, token_file, secrets):
    with running_site(address, tokens=token_file) as base:
        yield base


def sign_in(page, secret):
    page.get_by_label("Token").fill(secret)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scope", [TokenScope.READ, TokenScope.WRITE])
def test_signing_in_shows_the_page_that_was_asked_for(open_page, secrets, scope):
    page = open_page(MEMBER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("body")).not_to_contain_text("Fuktlys")
    sign_in(page, secrets[scope])
    expect(page.get_by_role("heading", level=1)).to_have_text("Fuktlys")
    assert page.evaluate("document.cookie") == ""
    edit = page.get_by_role("link", name="Edit", exact=True)
    expect(edit).to_have_count(1 if scope is TokenScope.WRITE else 0)
    page.get_by_role("button", name=f"Sign out {scope.value}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(MEMBER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_read_token_sees_nothing_that_writes_on_any_page(open_page, secrets):
    page = open_page(MEMBER)
    sign_in(page, secrets[TokenScope.READ])
    expect(page.get_by_role("heading", level=1)).to_have_text("Fuktlys")
    for path in demo_addresses():
        if path.startswith(WRITING):
            continue
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for form in page.locator("form[method=post]").all():
            assert form.get_attribute("action") == "/logout", path
        for href in WRITING:
            links = page.locator(f"main a[href^='{href}']")
            expect(links).to_have_count(0)


def test_a_wrong_token_says_so(open_page, page_errors):
    page = open_page(MEMBER)
    sign_in(page, "nix")
    expect(page.get_by_role("alert")).to_have_text("Unknown or revoked token.")
    # The sign-in page has the status 401.
    assert len(page_errors) == 2
    assert all("401" in error for error in page_errors)
    page_errors.clear()
