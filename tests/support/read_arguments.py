"""Random filters, orders and days to ask of records, as GraphQL variables."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXTS = st.sampled_from(
    ["A", "a", "B", "north", "SEK", "", "m0", "m01", "\ue000", "😀"]
)
NUMBERS = st.sampled_from([0.0, 0.25, 0.6, 1.0, 2.5, 10.0, 30.0, 100.0, -1.0])
DAYS = st.sampled_from(["2020-02-29", "2021-01-01", "2026-11-01", "2026-12-01"])
ROLES = st.sampled_from(["INVESTOR", "CUSTOMER", "SUPPLIER", "MENTOR"])
TEXT = {
    **dict.fromkeys(("eq", "ne", "lt", "lte", "gt", "gte"), TEXTS),
    **dict.fromkeys(("startsWith", "endsWith", "contains"), TEXTS),
    **dict.fromkeys(("eqIgnoreCase", "containsIgnoreCase"), TEXTS),
    **dict.fromkeys(("in", "notIn", "inIgnoreCase"), st.lists(TEXTS, max_size=3)),
    "isNull": st.booleans(),
}


def ordered(values: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        **dict.fromkeys(("eq", "ne", "lt", "lte", "gt", "gte"), values),
        **dict.fromkeys(("in", "notIn"), st.lists(values, max_size=3)),
        "isNull": st.booleans(),
    }


NUMBER, DAY = ordered(NUMBERS), ordered(DAYS)
TRUTH = {"eq": st.booleans(), "ne": st.booleans(), "isNull": st.booleans()}
LIST = {
    "has": ROLES,
    "hasAny": st.lists(ROLES, max_size=2),
    "hasAll": st.lists(ROLES, max_size=2),
    "isEmpty": st.booleans(),
}
WHOLE = ordered(st.integers(0, 3))
DATED = {"since": DAY, "until": DAY, "key": TEXT}
SCALARS: dict[str, dict[str, Any]] = {
    "Member": {
        "name": TEXT,
        "sector": TEXT,
        "region": TEXT,
        "recoveryDays": NUMBER,
        "roles": LIST,
        **DATED,
    },
    "Exchange": {"value": NUMBER, "currency": TEXT, **DATED},
    "Dependency": {"strength": NUMBER, "bufferDays": NUMBER, **DATED},
    "Investment": {"amount": NUMBER, "on": DAY, "boardSeat": TRUTH, **DATED},
}
AMOUNTS = {"Exchange": "value", "Dependency": "bufferDays", "Investment": "amount"}
CONNECTIONS = {"exchanges": "Exchange", "dependencies": "Dependency"}
CONNECTIONS |= {"investments": "Investment"}
MEASURES = ("sum", "min", "max", "median")  # what floats give exactly, in any order


ATTRIBUTES = ["tier", "GO term", "missing"]  # names


def operators(draw: Any, table: dict[str, Any], most: int = 2) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=most))
    return {name: draw(table[name]) for name in names}


@st.composite
def filters(draw: Any, kind: str, depth: int = 2, nested: bool = False) -> Any:
    """A filter of Member or of a kind of tie; `nested`: it hangs on a record."""
    choices = ["scalar"] * 3 + ["attributes"]
    if depth:
        choices += ["and", "or", "not"]
        choices += ["around"] * 3 if kind == "Member" else ["end"] * 2
    found: dict[str, Any] = {}
    for choice in draw(st.lists(st.sampled_from(choices), min_size=1, max_size=2)):
        if choice == "scalar":
            name = draw(st.sampled_from(sorted(SCALARS[kind])))
            found[name] = operators(draw, SCALARS[kind][name])
        elif choice == "attributes":
            found[choice] = draw(st.lists(attribute_filters(), max_size=2))
        elif choice in ("and", "or"):
            parts = filters(kind, depth - 1, nested)
            found[choice] = draw(st.lists(parts, max_size=2))
        elif choice == "not":
            found["not"] = draw(filters(kind, depth - 1, nested))
        elif choice == "end":
            ends = ["source", "target", *["other"] * nested]
            found[draw(st.sampled_from(ends))] = draw(filters("Member", depth - 1))
        else:
            name = draw(st.sampled_from(sorted(CONNECTIONS)))
            found[name] = draw(arounds(CONNECTIONS[name], depth - 1))
    return found


@st.composite
def attribute_filters(draw: Any) -> Any:
    found = {"name": draw(st.sampled_from(ATTRIBUTES))}
    kind = draw(st.sampled_from(["text", "number", "date", "boolean"]))
    if kind == "text":
        return found | operators(draw, TEXT)
    if draw(st.booleans()):
        found["isNull"] = draw(st.booleans())
    table = {"number": NUMBER, "date": DAY, "boolean": TRUTH}[kind]
    return found | {kind: operators(draw, table)}


@st.composite
def arounds(draw: Any, kind: str, depth: int) -> Any:
    found = draw(reaches(kind, depth))
    what = draw(
        st.sampled_from(["some", "all", "none", "single", "count", "aggregate"])
    )
    if what == "count":
        found["count"] = operators(draw, WHOLE)
    elif what == "aggregate":
        measure = draw(st.sampled_from(MEASURES))
        found["aggregate"] = {AMOUNTS[kind]: {measure: operators(draw, NUMBER, 2)}}
    else:
        found[what] = draw(filters(kind, depth, nested=True))
    return found


@st.composite
def reaches(draw: Any, kind: str, depth: int) -> Any:
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["direction"] = draw(st.sampled_from(["OUT", "IN", "BOTH"]))
    if depth and draw(st.booleans()):
        found["among"] = draw(filters(kind, depth - 1, nested=True))
    return found


def constant(name: str) -> str:
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in name)


@st.composite
def orders(draw: Any, kind: str, nested: bool = False) -> Any:
    scalars = sorted(SCALARS[kind].keys() - {"roles"})
    found = []
    for _ in range(draw(st.integers(0, 3))):
        choice = draw(st.sampled_from(["field", "field", "more", "attribute"]))
        if choice == "field":
            term = {"field": constant(draw(st.sampled_from(scalars)))}
        elif choice == "attribute":
            term = {"attribute": draw(st.sampled_from(ATTRIBUTES))}
        elif kind == "Member":
            name = draw(st.sampled_from(sorted(CONNECTIONS)))
            term = {name: draw(reaches(CONNECTIONS[name], 1))}
            if draw(st.booleans()):
                measure = draw(st.sampled_from(["MIN", "MAX", "COUNT_OF", "MEDIAN"]))
                amount = constant(AMOUNTS[CONNECTIONS[name]])
                more = {"measure": measure, "field": amount}
                term[name] |= more if measure != "COUNT_OF" else {"measure": "COUNT"}
        else:
            ends = ["source", "target", *["other"] * nested]
            end = draw(st.sampled_from(["SECTOR", "NAME", "RECOVERY_DAYS"]))
            term = {draw(st.sampled_from(ends)): end}
        if draw(st.booleans()):
            term["direction"] = draw(st.sampled_from(["ASC", "DESC"]))
        if draw(st.booleans()):
            term["nulls"] = draw(st.sampled_from(["FIRST", "LAST"]))
        found.append(term)
    return found
