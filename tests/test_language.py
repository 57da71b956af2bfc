"""Names in the code: nouns, verbs or predicates, each of which means one thing.

A bare participle (`found`, `told`, `asked`) says that something happened to a thing,
and never says what the thing is.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tokenize import tokenize

import pytest

from service.vocabulary import NODES, TIES

ROOT = Path(__file__).parent.parent
FOLDERS = ("service", "schema", "seeds")
FILES = sorted(chain.from_iterable((ROOT / f).rglob("*.py") for f in FOLDERS))
BARE = {"found", "told", "shown", "asked", "given", "wanted", "held", "kept", "said"}
BARE |= {"read", "taken"}
BARE |= {"one", "place", "odd", "crew", "twin"}  # each has a plainer noun
MOST_FOUND = 5  # uses of the identifier in all files together
LOCAL_LINES = 5  # a local with such a name is gone again after so many lines

# Names that keep a participle or stand twice, each with its reason. It only shrinks.
RECORD = "a record's vocabulary class and its GraphQL type are one thing"
RECORDS = [cls.__name__ for cls in (*NODES.values(), *TIES.values())]
ALLOWED = dict.fromkeys(["Member", *RECORDS], RECORD) | {
    "MoneyBalance.given": "a GraphQL name, part of the API's contract",
    "ExchangeBalance.given": "the counterpart of `received`, as in GraphQL",
    "MemberBalance.given": "a GraphQL name, part of the API's contract",
}


def names_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Functions, classes, parameters, and fields as `Class.field`, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(
                    line.target, ast.Name
                ):
                    yield f"{node.name}.{line.target.id}", line.lineno
        if isinstance(node, ast.arg):
            yield node.arg, node.lineno


def locals_of(function: ast.AST) -> dict[str, tuple[int, int]]:
    """Each name that a function assigns: the lines of its first and last use."""
    uses: dict[str, list[int]] = defaultdict(list)
    assigned = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            uses[node.id].append(node.lineno)
            if isinstance(node.ctx, ast.Store):
                assigned.add(node.id)
    return {name: (min(uses[name]), max(uses[name])) for name in assigned}


def module_constants(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, target.lineno


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_name_is_a_bare_participle(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    everything = chain(names_of(tree), module_constants(tree))
    participles = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for name, line in everything
        if name.split(".")[-1].strip("_").lower() in BARE and name not in ALLOWED
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for name, (first, last) in locals_of(node).items():
                if name in BARE and last - first >= LOCAL_LINES:
                    participles.append(f"{file.relative_to(ROOT)}:{first} local {name}")
    assert participles == []


def test_a_class_name_stands_for_one_thing() -> None:
    owners = defaultdict(set)
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                owners[node.name].add(str(file.relative_to(ROOT)))
    twice = {name: sorted(files) for name, files in owners.items() if len(files) > 1}
    assert {n: f for n, f in twice.items() if n not in ALLOWED} == {}


def test_found_is_hardly_used() -> None:
    uses = 0
    for file in FILES:
        with file.open("rb") as lines:
            uses += sum(token.string == "found" for token in tokenize(lines.readline))
    assert uses <= MOST_FOUND


def test_the_list_of_exceptions_is_short_and_each_has_its_reason() -> None:
    assert len(ALLOWED) <= 40
    assert all(reason.strip() for reason in ALLOWED.values())
