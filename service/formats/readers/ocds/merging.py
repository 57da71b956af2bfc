"""Releases of one process become one: the later value counts, lists merge by id.

This is the merge of the standard but for two lists: roles of a party add up, and an
object without an id replaces those without an id of the earlier release, so that a
repeated one is never doubled.
https://standard.open-contracting.org/1.1/en/schema/merging/
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.formats.readers.ocds.objects import JsonObject, id_in

UNITED = "roles"  # a list of texts that adds up


def merged_release(releases: Iterable[JsonObject]) -> JsonObject:
    """One release from all of a process, the earliest first."""
    result: JsonObject = {}
    for release in releases:
        result = merged(result, release)
    return result


def merged(earlier: JsonObject, later: JsonObject) -> JsonObject:
    """
    >>> merged({"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})
    {'b': {'c': 2, 'd': 3}}
    >>> merged({"awards": [{"id": 1, "a": 2}]}, {"awards": [{"id": "1", "b": 3}]})
    {'awards': [{'id': '1', 'a': 2, 'b': 3}]}
    """
    result = dict(earlier)
    for name, value in later.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged_value(name, result.get(name), value)
    return result


def merged_value(name: str, earlier: Any, later: Any) -> Any:
    if isinstance(later, dict):
        return merged(earlier if isinstance(earlier, dict) else {}, later)
    if not isinstance(later, list):
        return later
    before = earlier if isinstance(earlier, list) else []
    if name == UNITED:
        return [*before, *(item for item in later if item not in before)]
    if all(isinstance(item, dict) for item in later):
        return merged_lists([i for i in before if isinstance(i, dict)], later)
    return later


def merged_lists(earlier: list[JsonObject], later: list[JsonObject]) -> list[Any]:
    """The objects of both lists by id, in the order of their first mention."""
    by_id = {id: item for item in earlier if (id := id_in(item))}
    unnamed = [item for item in earlier if not id_in(item)]
    if any(not id_in(item) for item in later):
        unnamed = [merged({}, item) for item in later if not id_in(item)]
    for item in later:
        if id := id_in(item):
            by_id[id] = merged(by_id.get(id, {}), item)
    return [*by_id.values(), *unnamed]
