"""A visitor who imports files through the page, without a browser."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from html.parser import HTMLParser

CUSTOMERS = "Company,Country,Industry\nHill Bakery,SE,food\nOld Mill,NO,food\n"
NAMESAKES = "Company,Country\nOld Mill,\nHill Bakery,SE\n"
MEMBERS = "key,kind,name\nmill,ORGANISATION,Old Mill\nbakery,ORGANISATION,Hill Bakery\n"
TIES = "kind,source,target\nEXCHANGE,mill,bakery\n"
TABLES = {"members.csv": MEMBERS, "ties.csv": TIES}


class Fields(HTMLParser):
    """The fields of the forms of a page as a browser would send them."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.labels, self.select = {}, {}, None
        self.options = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        name = own.get("name")
        if tag == "input" and name:
            kind = own.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in own:
                self.fields.setdefault(name, []).append(own.get("value") or "")
        if tag == "select":
            self.select = name
            self.options[name] = []
        if tag == "option" and self.select:
            value = own.get("value")
            self.options[self.select].append(value)
            if len(self.options[self.select]) == 1 or "selected" in own:
                self.fields[self.select] = [value or ""]


class Importer:
    """One visitor with a client; `page` is the page that it sees."""

    def __init__(self, client):
        self.client = client
        self.page = None
        self.address = "/import"

    @property
    def text(self):
        return self.page.text

    @property
    def alerts(self):
        """What the page says is wrong."""
        return re.findall(r"<li>(.*?)</li>", self.text.partition('role="alert"')[2])

    @property
    def form(self):
        return Fields(self.page.text)

    @property
    def csrf_token(self):
        return self.form.fields["csrf_token"][0]

    async def get(self, address):
        self.page = await self.client.get(address)
        return self

    async def ask(self, document):
        """The data of a GraphQL document."""
        answer = await self.client.post("/graphql", json={"query": document})
        return answer.json()["data"]

    async def names(self):
        """The names of all members."""
        answer = await self.ask("{ members(first: 100) { nodes { name } } }")
        return sorted(node["name"] for node in answer["members"]["nodes"])

    async def upload(self, *files, csrf_token=None):
        """Send files, each a name and its content; follow to the page of the import."""
        if csrf_token is None:
            await self.get("/import")
            csrf_token = self.csrf_token
        body = [("files", file) for file in files]
        sent = await self.client.post(
            "/import", data={"csrf_token": csrf_token}, files=body
        )
        if sent.status_code == 303:
            self.address = sent.headers["location"]
            return await self.wait()
        self.page = sent
        return self

    async def wait(self):
        """The page once nothing runs any more."""
        for _ in range(200):
            await self.get(self.address)
            if 'http-equiv="refresh"' not in self.text:
                return self
            await asyncio.sleep(0.2)
        raise AssertionError("the step does not end")

    async def send(self, action, part="", **changes):
        """Send the form of the page with some fields changed."""
        if part:
            await self.get(f"{self.address}?part={part}")
        given = {name: [value] for name, value in changes.items()}
        fields = {**self.form.fields, **given, "action": [action]}
        self.page = await self.client.post(self.address, data=fields)
        assert self.page.status_code == 303, self.text
        return await self.wait()


def zipped(files):
    """A zip of texts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def table(page, title):
    """The cells of the tables of a page that follow a title."""
    after = page.split(title, 1)[1].split("</table>")[0]
    rows = [row.split("</tr>")[0] for row in after.split("<tr>")[1:]]
    return [
        [cell.split(">", 1)[1].split("</td>")[0] for cell in row.split("<td")[1:]]
        for row in rows
    ]
