"""Who may ask: a file of tokens, of which it holds no more than the hashes.

One line a token: its name, the SHA-256 of the token, and its scope, `read` or `write`.
A token is 256 random bits, so that its hash can be neither guessed nor looked up.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from service.errors import AuthenticationRequired, BadInput

log = logging.getLogger(__name__)

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
HASH = re.compile(r"[0-9a-f]{64}")
PREFIX = "valuenet_"  # so that scanners of leaked secrets know one when they see it
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class TokenScope(Enum):
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Token:
    name: str
    digest: str
    scope: TokenScope

    @property
    def line(self) -> str:
        return f"{self.name} {self.digest} {self.scope.value}\n"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def read(file: Path) -> list[Token]:
    """The tokens of the file; a fault is told with its line, never its content."""
    try:
        if file.stat().st_mode & OTHERS:
            raise BadInput(
                f"VALUENET_TOKENS: others may read {file}; run `chmod 600 {file}`"
            )
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8 text"
        raise BadInput(
            f"VALUENET_TOKENS: {file}: {why}; `valuenet token NAME` begins one"
        ) from error
    found = [
        parsed(file, number, line)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    names = [token.name for token in found]
    for name in {name for name in names if names.count(name) > 1}:
        raise BadInput(f"VALUENET_TOKENS: {file}: {name} is named twice")
    return found


def parsed(file: Path, number: int, line: str) -> Token:
    match line.split():
        case [name, digest, ("read" | "write") as scope] if NAME.fullmatch(
            name
        ) and HASH.fullmatch(digest):
            return Token(name, digest, TokenScope(scope))
    raise BadInput(
        f"VALUENET_TOKENS: {file} line {number}: expected a name, a SHA-256 in hex,"
        " and read or write"
    )


def add(file: Path, name: str, scope: TokenScope) -> str:
    """A new token, which nobody can tell again: the file gets its hash."""
    if not NAME.fullmatch(name):
        raise BadInput(f"{name!r}: a name is 1 to 64 of letters, digits and . _ @ -")
    if file.exists() and name in {token.name for token in read(file)}:
        raise BadInput(f"{name} has a token; remove its line from {file} first")
    secret = PREFIX + secrets.token_urlsafe(32)
    made = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(made, "a", encoding="utf-8") as out:
        out.write(Token(name, digest_of(secret), scope).line)
    return secret


class Tokens:
    """The tokens of one file, which may change while we serve."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.changed = self.now()
        self.tokens = read(file)

    def now(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_mode

    def caller(self, authorization: str) -> Token:
        """Whose token a request bears."""
        self.renew()
        kind, _, secret = authorization.partition(" ")
        if kind.lower() != "bearer" or not secret.strip():
            raise AuthenticationRequired("Send a token as `Authorization: Bearer …`.")
        digest = digest_of(secret.strip())
        # All are compared, and each in the same time, so that time tells nothing.
        known = [t for t in self.tokens if hmac.compare_digest(t.digest, digest)]
        if not known:
            raise AuthenticationRequired("Nobody has this token.", has_token=True)
        return known[0]

    def renew(self) -> None:
        """A token removed is refused at once; a broken file lets nobody in."""
        if (now := self.now()) == self.changed:
            return
        self.changed = now
        try:
            self.tokens = read(self.file)
        except BadInput as error:
            self.tokens = []
            log.error("Nobody is let in: %s", error)
