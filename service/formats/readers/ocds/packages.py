"""The releases of a document: in a package, a record, a list, bare, or an API's answer.

The standard has packages of releases and of records. Portals and registries also
publish a release or a record by itself, lists of them, JSON Lines of them, and all of
these within the answers of their APIs, under names of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.formats.readers.json_documents import json_documents
from service.formats.readers.ocds.objects import JsonObject, id_in
from service.formats.rows import Faults

PARTS = {"tag", "parties", "buyer", "planning", "tender", "awards", "contracts"}
MAX_WRAPPERS = 4  # levels of an API's answer around what it carries
EXPECTED = "expected an OCDS package, with `releases` or `records`, or a release, a"
EXPECTED += " record or a list of them"
UNREADABLE = "record without a compiled or embedded release: not imported"
NOTHING = "JSON without an OCDS release or record: not imported"
NO_OCID = "release without an ocid: not imported"


def releases_of(path: Path, faults: Faults) -> Iterator[tuple[int, JsonObject]]:
    """Each release with an ocid, and its number in its document or its line."""
    search = ReleaseSearch(path, faults)
    has_ocid = False
    for line, document in json_documents(path, faults):
        count = search.containers
        for number, release in enumerate(search.releases_in(document), 1):
            if id_in(release, "ocid"):
                has_ocid = True
                yield max(line, number), release
            else:
                faults.note(NO_OCID)
        if search.containers == count:
            faults.note(NOTHING, f"line {line}")
    if faults.messages:
        return
    if not search.containers:
        faults.add(str(path), 1, None, EXPECTED)
    elif not has_ocid and faults.notes[NO_OCID]:
        faults.add(str(path), 1, "ocid", "a release needs an ocid")


class ReleaseSearch:
    """Looks for the releases of documents, and counts what they are in."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self._path, self._faults = path, faults
        self.containers = 0  # packages, records and bare releases

    def releases_in(self, value: Any, wrappers: int = 0) -> Iterator[JsonObject]:
        if isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from self.releases_in(item, wrappers)
        elif isinstance(value, dict) and is_record(value):
            self.containers += 1
            yield from self.in_record(value)
        elif isinstance(value, dict) and value.keys() & {"releases", "records"}:
            self.containers += 1
            yield from self.objects(value, "releases")
            for record in self.objects(value, "records"):
                yield from self.in_record(record)
        elif isinstance(value, dict) and "ocid" in value and value.keys() & PARTS:
            self.containers += 1
            yield value
        elif isinstance(value, dict) and wrappers < MAX_WRAPPERS:
            for child in value.values():
                yield from self.releases_in(child, wrappers + 1)

    def in_record(self, record: JsonObject) -> Iterator[JsonObject]:
        """The compiled release alone; else the embedded releases, not the links."""
        ocid = {"ocid": record.get("ocid")}
        compiled = record.get("compiledRelease")
        if isinstance(compiled, dict):
            yield ocid | compiled
            return
        releases = self.objects(record, "releases")
        complete = [r for r in releases if "url" not in r or "ocid" in r]
        if not complete:
            self._faults.note(UNREADABLE)
        yield from (ocid | release for release in complete)

    def objects(self, parent: JsonObject, name: str) -> list[JsonObject]:
        """The objects of a list; what else is in it is not imported."""
        items = parent.get(name)
        if items is not None and not isinstance(items, list):
            self._faults.add(str(self._path), 1, name, "expected a list of objects")
            return []
        for _ in filter(lambda item: not isinstance(item, dict), items or ()):
            self._faults.note(f"item of `{name}` that is no object: not imported")
        return [item for item in items or () if isinstance(item, dict)]


def is_record(value: JsonObject) -> bool:
    """A record has a compiled release, or the releases of one process."""
    return "compiledRelease" in value or (
        "ocid" in value and bool(value.keys() & {"releases", "versionedRelease"})
    )
