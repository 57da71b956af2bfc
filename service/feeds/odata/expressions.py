"""The text of $filter as a tree, by recursive descent.

or:         and { "or" and }
and:        not { "and" not }
not:        "not" not | comparison
comparison: operand [ operator operand | "in" "(" literal { "," literal } ")" ]
operand:    "(" or ")" | literal | function "(" operand { "," operand } ")" | column
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.errors import BadInput
from service.feeds.odata.values import Value, literal_of

MOST_CHARACTERS, MOST_DEPTH = 10_000, 50
TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<literal>-?\d[\w.:+-]*)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>[(),]))"
)
COMPARISONS = ("eq", "ne", "gt", "ge", "lt", "le")
FUNCTIONS = {
    "contains": 2,
    "startswith": 2,
    "endswith": 2,
    "tolower": 1,
    "toupper": 1,
    "year": 1,
    "month": 1,
}
# Functions of OData that $filter does not have; any other is a mistake.
OTHER_FUNCTIONS = re.compile(
    "cast|ceiling|concat|date|day|floor|fractionalseconds|hour|indexof|isof|length"
    "|maxdatetime|mindatetime|minute|now|round|second|substring|time"
    "|totaloffsetminutes|totalseconds|trim"
)
WORDS = {"true": True, "false": False, "null": None}


class UnsupportedOData(BadInput):
    """What OData has, but not these sets; its status is 501."""


@dataclass(frozen=True)
class Literal:
    value: Value


@dataclass(frozen=True)
class ColumnName:
    name: str


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Membership:
    left: Node
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Junction:
    """All parts must hold (`and`), or one of them (`or`)."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Negation:
    part: Node


Node = Literal | ColumnName | Call | Comparison | Membership | Junction | Negation


def parse_filter(text: str) -> Node:
    """
    >>> parse_filter("value gt 5")
    Comparison(operator='gt', left=ColumnName(name='value'), right=Literal(value=5))
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"$filter: more than {MOST_CHARACTERS:,} characters.")
    parser = FilterParser(text)
    node = parser.disjunction()
    parser.end()
    return node


def column_names(node: Node) -> Iterator[str]:
    """
    >>> list(column_names(parse_filter("a gt 5 or not contains(b, 'x')")))
    ['a', 'b']
    """
    match node:
        case ColumnName(name):
            yield name
        case Call(_, parts) | Junction(_, parts):
            for part in parts:
                yield from column_names(part)
        case Comparison(_, left, right):
            yield from column_names(left)
            yield from column_names(right)
        case Membership(part, _) | Negation(part):
            yield from column_names(part)


class FilterParser:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.position, self.depth = text, 0, 0

    def peek(self) -> tuple[str, str]:
        """The kind and the text of the next token; nothing at the end."""
        match = TOKEN.match(self.text, self.position)
        if match is None:
            if self.text[self.position :].strip():
                self.fail("an operator, a column or a value")
            return "", ""
        kind = match.lastgroup or ""
        return kind, match[kind]

    def next(self) -> tuple[str, str]:
        kind, word = self.peek()
        match = TOKEN.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return kind, word

    def skip(self, word: str) -> bool:
        """Go past the next token if it is this word."""
        if self.peek() not in (("name", word), ("sign", word)):
            return False
        self.next()
        return True

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            self.fail(sign)

    def end(self) -> None:
        if self.peek()[0]:
            self.fail("the end, or an operator")

    def fail(self, expected: str) -> None:
        rest = self.text[self.position :].strip()[:30]
        raise BadInput(f"$filter: expected {expected} at {rest or 'its end'!r}.")

    def disjunction(self) -> Node:
        with self.level():
            return self.junction("or", lambda: self.junction("and", self.negation))

    @contextmanager
    def level(self) -> Iterator[None]:
        """One more level of parentheses, whether of a condition or of a function."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadInput(f"$filter: nested more than {MOST_DEPTH} levels deep.")
        yield
        self.depth -= 1

    def junction(self, operator: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self.skip(operator):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(operator, tuple(parts))

    def negation(self) -> Node:
        count = 0
        while self.skip("not"):
            count += 1
        node = self.comparison()
        for _ in range(count % 2 or (2 if count else 0)):
            node = Negation(node)
        return node

    def comparison(self) -> Node:
        left = self.operand()
        kind, word = self.peek()
        if kind == "name" and word in COMPARISONS:
            self.next()
            return Comparison(word, left, self.operand())
        if self.skip("in"):
            self.expect("(")
            values = [self.literal()]
            while self.skip(","):
                values.append(self.literal())
            self.expect(")")
            return Membership(left, tuple(values))
        return left

    def literal(self) -> Value:
        node = self.operand()
        if not isinstance(node, Literal):
            raise BadInput("$filter: `in` takes a list of values.")
        return node.value

    def operand(self) -> Node:
        begin = self.position
        kind, word = self.next()
        if (kind, word) == ("sign", "("):
            node = self.disjunction()
            self.expect(")")
            return node
        if kind == "text":
            return Literal(word[1:-1].replace("''", "'"))
        if kind == "literal":
            return Literal(literal_of(word))
        if kind == "name" and word in WORDS:
            return Literal(WORDS[word])
        if kind != "name":
            self.position = begin
            self.fail("a column or a value")
        return self.call(word) if self.skip("(") else ColumnName(word)

    def call(self, function: str) -> Node:
        if function not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            refusal = (
                UnsupportedOData if OTHER_FUNCTIONS.fullmatch(function) else BadInput
            )
            raise refusal(f"$filter: no function {function[:40]}; it has {known}.")
        with self.level():
            arguments = [self.operand()]
            while self.skip(","):
                arguments.append(self.operand())
            self.expect(")")
        if len(arguments) != FUNCTIONS[function]:
            raise BadInput(
                f"$filter: {function} takes {FUNCTIONS[function]} arguments."
            )
        return Call(function, tuple(arguments))
