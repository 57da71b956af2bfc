"""The columns of a ranking that say which member each row is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.networks.network import Networks

Field = tuple[str, ...]  # the way from a row to a value
KEY, NAME = ("member", "key"), ("member", "name")


async def member_columns(
    networks: Networks, keys: list[str], fields: Sequence[Field]
) -> dict[Field, list[Any]] | None:
    """Keys and, where they are asked for, names; None if one has no name: the error is
    about that one member.
    """
    columns: dict[Field, list[Any]] = {KEY: keys}
    if NAME in fields:
        names = (await networks.names()).names
        if not all(map(names.get, keys)):
            return None
        columns[NAME] = [names[key] for key in keys]
    return columns
