"""What the forms of records share: their page and its addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from service.vocabulary import MEMBERS
from service.vocabulary.nodes import Record
from service.web.fields import FormField
from service.web.panel import Answer, quoted
from service.web.rendering import page
from service.web.visit import Visit

REFUSED = 422
KIND_FIELDS = ("kind", "key", "member")  # of the address of a form


@dataclass
class NewRecord:
    """The form of a record to add; a tie begins or ends at `member`."""

    kind: str
    cls: type[Record]
    fields: list[FormField]
    member: Answer | None = None
    problems: list[str] = field(default_factory=list)  # of no field

    @property
    def is_refused(self) -> bool:
        return bool(self.problems or any(each.problems for each in self.fields))

    def field(self, name: str) -> FormField | None:
        return next((each for each in self.fields if each.name == name), None)


def form_page(
    visit: Visit, template: str, title: str, is_refused: bool, **values: Any
) -> Response:
    """The page of a form; a refused one keeps what was typed, with its problems."""
    response = page(visit, template, title, **values)
    if is_refused:
        response.status_code = REFUSED
    return response


def address_for(visit: Visit) -> Callable[[str], str]:
    """Makes the addresses of what can be done with the record of the page."""
    own = {name: visit.parameter(name) for name in KIND_FIELDS}
    return lambda path: visit.address(path, **own)


def page_of(visit: Visit, kind: str, key: str | None) -> str:
    """The page that a form came from: that of a member, or a list."""
    member = visit.parameter("member") or (key if kind in MEMBERS else None)
    if member:
        return visit.address(f"/members/{quoted(member)}")
    path = "/introductions" if kind == "Introduction" else "/members"
    return visit.address(path)
