"""Write the stubs of a new question: `task new-question supplier_diversity`.

Three files and one line (with its import) in schema/query.py, and a test:

    cypher/<name>/<name>.cypher       the statement, with its contract in the header
    service/analyses/<name>.py        rows in, figures out: no GraphQL
    schema/questions/<name>.py        the types and the resolver
    tests/questions/test_<name>.py    a drawn world and its whole answer

The stubs answer a question that works (with whom does a member exchange?), and pass
`task check` once `task export` has written the SDL. Then make them yours.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

STATEMENT = """// With whom does a member exchange on a day?
// Params:
//   member: "asvik-pump"
//   day: 2026-11-01
// Row: key
// Rows: by key
// Budget: 1,000 db hits
// Example: { FIELD(member: "asvik-pump", asOf: "2026-11-01") { partnerCount } }
MATCH (m:Member {key: $member})-[r:PROVIDES]-(partner:Member)
WHERE partner <> m
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
RETURN DISTINCT partner.key AS key
ORDER BY key
"""

ANALYSIS = '''"""TITLE: with whom a member exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class TYPERow:
    key: str


@dataclass(frozen=True)
class TYPEAnalysis:
    partners: list[str]  # by key


async def NAME(graph: Graph, member: str, day: date) -> TYPEAnalysis:
    read = statement("NAME/NAME")
    rows = await graph.rows(read, TYPERow, member=member, day=day)
    return TYPEAnalysis([row.key for row in rows])
'''

QUESTION = '''"""TITLE: the types and the resolver of `FIELD`."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import member_of, members_of
from schema.types.about import About, begin
from schema.types.descriptions import ABOUT, NULL_REASON
from service.analyses import NAME as analysis

FORMULA = "partners = distinct members that give to or take from the member"
SOURCE = "Our own definition."
NO_PARTNERS = "It has no exchange partners on that day."


async def partners(root: TYPE, info: Info) -> list[Any]:
    return await members_of(info.context, root.partner_keys)


@strawberry.type(description="With whom a member exchanges.")
class TYPE:
    partner_keys: strawberry.Private[list[str]]
    partner_count: int = strawberry.field(description="How many partners it has.")
    partners: list[MemberRef] = strawberry.field(
        resolver=partners, description="The partners, by key."
    )
    null_reason: str | None = strawberry.field(description=NULL_REASON)
    about: About = strawberry.field(description=ABOUT)


async def NAME(
    info: Info,
    member: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
) -> TYPE:
    """With whom does this member exchange?

    member: Key of the member.
    """
    limit = limit_of("first", first, 20)
    question = begin(as_of or None, member=member, first=limit)
    await member_of(info.context, member)  # an unknown key is NOT_FOUND
    answer = await analysis.NAME(info.context.graph, member, question.day)
    return TYPE(
        partner_keys=answer.partners[:limit],
        partner_count=len(answer.partners),
        null_reason=None if answer.partners else NO_PARTNERS,
        about=question.about(FORMULA, SOURCE),
    )
'''

TEST = '''"""TITLE: a drawn world and its whole answer."""

from __future__ import annotations

from tests.support.worlds import AS_OF, member, tie

QUESTION = """
query ($member: String!, $first: Int) {
  FIELD(member: $member, asOf: "%s", first: $first) {
    partnerCount partners { key } nullReason about { parameters asOf warnings } } }"""
QUESTION %= AS_OF


def test_partners_are_counted_once_whichever_way_they_exchange(draw, ask):
    ties = [tie("EXCHANGE", giver, taker) for giver, taker in ("ab", "ba", "ca")]
    ties.append(tie("ADVICE", "d", "a"))
    draw({"members": [member(key) for key in "abcd"], "ties": ties})
    assert ask(QUESTION, member="a", first=1)["FIELD"] == {
        "partnerCount": 2,
        "partners": [{"key": "b"}],
        "nullReason": None,
        "about": {
            "parameters": {"member": "a", "asOf": AS_OF, "first": 1},
            "asOf": AS_OF,
            "warnings": [],
        },
    }


def test_a_member_without_partners_gets_a_reason(draw, ask):
    draw({"members": [member("alone")], "ties": []})
    answer = ask(QUESTION, member="alone")["FIELD"]
    assert (answer["partnerCount"], answer["partners"]) == (0, [])
    assert answer["nullReason"] == "It has no exchange partners on that day."
'''

FILES = {
    "cypher/NAME/NAME.cypher": STATEMENT,
    "service/analyses/NAME.py": ANALYSIS,
    "schema/questions/NAME.py": QUESTION,
    "tests/questions/test_NAME.py": TEST,
}
IMPORT = re.compile(r"^from schema\.questions\.(\w+) import", re.MULTILINE)
LAST_FIELD = re.compile(r"(    # Questions\n(?:    .*\n)+)")


def write(root: Path, name: str) -> list[Path]:
    """Write the stubs below `root`; nothing is written where one of them exists."""
    words = name.split("_")
    kind = "".join(word.title() for word in words)
    names = {"NAME": name, "TYPE": kind, "FIELD": kind[0].lower() + kind[1:]}
    names["TITLE"] = " ".join(words).capitalize()
    texts = {
        root / fill(path, names): fill(text, names) for path, text in FILES.items()
    }
    if there := [str(path) for path in texts if path.exists()]:
        sys.exit(f"Choose another name; these exist: {', '.join(there)}")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    contents = root / "schema" / "query.py"
    contents.write_text(listed(contents.read_text("utf-8"), name, kind), "utf-8")
    # A long name breaks lines elsewhere than a short one.
    files = [path for path in [*texts, contents] if path.suffix == ".py"]
    for options in (["check", "--select=I", "--fix", "-q"], ["format", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *options, *files], check=True)
    return [*texts, contents]


def fill(text: str, names: dict[str, str]) -> str:
    return re.sub("NAME|TYPE|FIELD|TITLE", lambda found: names[found[0]], text)


def listed(text: str, name: str, kind: str) -> str:
    """schema/query.py with the import of the question, and its field as the last."""
    later = [match for match in IMPORT.finditer(text) if match[1] > name]
    start = later[0].start() if later else text.index("from schema.records")
    line = f"from schema.questions.{name} import {kind}, {name}\n"
    text = text[:start] + line + text[start:]
    field = f"    {name}: {kind} = analysis_field({name})\n"
    return LAST_FIELD.sub(lambda found: found[1] + field, text, count=1)


def main() -> None:
    names = sys.argv[1:]
    if len(names) != 1 or not re.fullmatch(r"[a-z]+(_[a-z]+)*", names[0]):
        sys.exit("Give one name in snake_case: task new-question supplier_diversity")
    for path in write(Path(__file__).parents[1], names[0]):
        print(path)  # noqa: T201
    print("Next: task export; task check; uv run pytest tests/questions")  # noqa: T201


if __name__ == "__main__":
    main()
