"""A visitor of the page without a browser: what it sees, and the forms it sends."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

FIELDS = ("input", "select", "textarea")


class SentForm:
    """One form of a page: where it is sent to, and what its fields have."""

    def __init__(self, action):
        self.action = action
        self.fields = []

    def data(self, **changes):
        """What a browser sends; None: the field is absent."""
        names = {name.replace("_", " "): value for name, value in changes.items()}
        data = {}
        for name, value in self.fields:
            if name not in names:
                data.setdefault(name, []).append(value)
        data |= {name: value for name, value in names.items() if value is not None}
        return data


class FormParser(HTMLParser):
    """The forms of a page with their fields, as a browser would send them."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.open_field = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        if tag == "form":
            self.forms.append(SentForm(own.get("action", "")))
        elif self.forms and tag == "input" and "name" in own:
            is_box = own.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in own:
                self.forms[-1].fields.append((own["name"], own.get("value") or ""))
        elif self.forms and tag in ("select", "textarea"):
            self.open_field = own["name"]
            self.forms[-1].fields.append(
                (self.open_field, None if tag == "select" else "")
            )
        elif tag == "option" and self.open_field:
            name, value = self.forms[-1].fields[-1]
            if value is None or "selected" in own:
                self.forms[-1].fields[-1] = (name, own.get("value") or "")

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self.open_field = None

    def handle_data(self, data):
        if self.open_field and self.forms[-1].fields[-1][1] is not None:
            name, value = self.forms[-1].fields[-1]
            if self.get_starttag_text().startswith("<textarea"):
                self.forms[-1].fields[-1] = (name, value + data)


class Visitor:
    """Opens pages and sends their forms with one client."""

    def __init__(self, client):
        self.client = client

    async def open(self, path):
        return await self.client.get(path)

    async def form(self, path, action):
        """The form of a page whose address begins with `action`."""
        page = await self.client.get(path)
        assert page.status_code == 200, page.text
        return form_of_page(page, action)

    async def send(self, form, **changes):
        """The answer to a form; after a redirect the page that it leads to."""
        answer = await self.client.post(form.action, data=form.data(**changes))
        if answer.status_code == 303:
            answer = await self.client.get(answer.headers["location"])
        return answer

    async def query(self, text, **variables):
        body = {"query": text, "variables": variables}
        answer = (await self.client.post("/graphql", json=body)).json()
        assert "errors" not in answer, answer
        return answer["data"]


def form_of_page(page, action):
    [form] = [f for f in FormParser(page.text).forms if f.action.startswith(action)]
    return form


def problems_of(page):
    """The problems beside the fields, by the ids of their elements."""
    pairs = re.findall(r'<p class="problem" id="([^"]+)">([^<]*)</p>', page.text)
    return {
        id.removeprefix("field-").removesuffix("-problem"): text for id, text in pairs
    }


@pytest.fixture
def visit(serve):
    """Run `work(visitor)` against the application."""

    def visit(work, **settings):
        return serve(lambda client: work(Visitor(client)), **settings)

    return visit
