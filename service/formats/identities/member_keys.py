"""Keys of new members: from their register identifier or their name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, takewhile

from service.formats.identities.entity import STORED, Entity
from service.formats.input_file import InputFile
from service.formats.names import key_from_name

MAX_BASE = 200  # characters of a key that is made from a name
NUMBER = re.compile(r"-\d+")


def base_of(entity: Entity) -> str:
    """The key that a member gets if nobody else has it."""
    base = (entity.register or "").replace(":", "-") or key_from_name(entity.name)
    return (base or entity.id)[:MAX_BASE]


def key_with_id(entity: Entity) -> str:
    """The key of a member that its file tells from others of its name by an id."""
    return f"{base_of(entity)}-{key_from_name(entity.id)}"


def named_keys(entity: Entity) -> Iterator[str]:
    """The keys that a member may get, without those with a number."""
    base = base_of(entity)
    yield base
    if entity.country:
        yield f"{base}-{key_from_name(entity.country)}"[: 2 * MAX_BASE]
    for employer in sorted(e.root.key or "" for e in entity.employers):
        if employer:
            yield f"{base}-{employer}"[: 2 * MAX_BASE]


def made_key_of(entities: Iterable[Entity], new: Entity) -> Entity | None:
    """Of stored members the one whose key was made for such a member, if any."""
    base, names = base_of(new), set(named_keys(new))
    made = [
        entity
        for entity in entities
        if (key := entity.key or "") in names
        or (key.startswith(base) and NUMBER.fullmatch(key, len(base)))
    ]
    return min(made, key=key_order, default=None)


def key_order(entity: Entity) -> tuple[int, str]:
    """In the order of numbers: x, x-2, x-10."""
    return len(entity.key or ""), entity.key or ""


def stored_with_id(entity: Entity, by_key: dict[str, Entity]) -> Entity | None:
    """The stored member with the key of this one that no row has named yet.

    Another source may have the same ids: then the keys have numbers.
    """
    keys = (
        f"{entity.key}-{number}" if number > 1 else entity.key for number in count(1)
    )
    known = takewhile(bool, (by_key.get(key or "") for key in keys))
    own = [e for e in known if e and e.sources & entity.sources and not e.files]
    return next((e for e in own if e.sources == entity.sources), next(iter(own), None))


def rank_of(files: Sequence[InputFile]) -> dict[int, int]:
    """The order of the files, whatever their order in the command."""
    order = sorted(range(len(files)), key=lambda file: str(files[file].path))
    return {STORED: -1, **{file: rank for rank, file in enumerate(order)}}


def give_keys(entities: Iterable[Entity], files: Sequence[InputFile]) -> None:
    """Give each new member the first key that nobody has."""
    entities, ranks = list(entities), rank_of(files)
    keys = {entity.key for entity in entities if entity.owns_key}
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for entity in sorted(entities, key=lambda entity: ranks[entity.file]):
        if entity.replaced_by is None and not entity.owns_key:
            names = [entity.key] if entity.key else list(named_keys(entity))
            free = next((key for key in names if key not in keys), None)
            while free is None:
                key = f"{names[0]}-{next(numbers[names[0]])}"
                free = None if key in keys else key
            entity.key = free
            keys.add(free)
