"""Access tokens: a file with the hash, the name and the scope of each token.

Each line holds the name, the SHA-256 of the token, and its scope, `read` or `write`.
A token is 256 random bits, so its hash can be neither guessed nor looked up.
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
from service.inputs.files import exists, file_status, input_text, reason_of

log = logging.getLogger(__name__)

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
HASH = re.compile(r"[0-9a-f]{64}")
MAX_BYTES = 10_000_000  # 80,000 tokens
PREFIX = "valuenet_"  # lets scanners of leaked secrets recognise a token
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


def read_tokens(file: Path) -> list[Token]:
    """The tokens of the file; an error names the line but never its content."""
    try:
        mode = file_status(file).st_mode
        lines = input_text(file, MAX_BYTES).splitlines()
    except BadInput as error:
        advice = "create the file with `valuenet token NAME`"
        raise BadInput(f"VALUENET_TOKENS: {error}; {advice}") from error
    if mode & OTHERS:
        raise BadInput(
            f"VALUENET_TOKENS: other users can read {file}; run `chmod 600 {file}`"
        )
    tokens = [
        parse_line(file, number, line)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    names = [token.name for token in tokens]
    for name in {name for name in names if names.count(name) > 1}:
        raise BadInput(
            f"VALUENET_TOKENS: {file}: two lines have the name {name}; remove one"
        )
    return tokens


def parse_line(file: Path, number: int, line: str) -> Token:
    match line.split():
        case [name, digest, ("read" | "write") as scope] if NAME.fullmatch(
            name
        ) and HASH.fullmatch(digest):
            return Token(name, digest, TokenScope(scope))
    raise BadInput(
        f"VALUENET_TOKENS: {file} line {number}: expected a name, a SHA-256 in"
        " hexadecimal, and `read` or `write`"
    )


def create_token(file: Path, name: str, scope: TokenScope) -> str:
    """A new token. The file gets its hash only, so it cannot be shown again."""
    if not NAME.fullmatch(name):
        raise BadInput(
            f"{name!r}: a name has 1 to 64 letters, digits or . _ @ - and starts with"
            " a letter or digit"
        )
    if exists(file) and name in {token.name for token in read_tokens(file)}:
        raise BadInput(
            f"{name} already has a token; to replace it, remove its line from {file}"
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as out:
            out.write(Token(name, digest_of(secret), scope).line)
    except OSError as error:
        text = f"{file}: cannot be written: {reason_of(error)}"
        raise BadInput(f"{text}; name another file with --file") from error
    return secret


class TokenFile:
    """The tokens of one file, which may change while the server runs."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.version = self.current_version()
        self.tokens = read_tokens(file)

    def current_version(self) -> tuple[int, int] | None:
        try:
            status = self.file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_mode

    def token_of(self, authorization: str) -> Token:
        """The token in an Authorization header."""
        self.reload()
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise AuthenticationRequired(
                "This server needs a token; send it as `Authorization: Bearer …`."
            )
        digest = digest_of(secret.strip())
        # All are compared, each in constant time: the time taken reveals nothing.
        matches = [t for t in self.tokens if hmac.compare_digest(t.digest, digest)]
        if not matches:
            raise AuthenticationRequired("Unknown or revoked token.", has_token=True)
        return matches[0]

    def reload(self) -> None:
        """Read a changed file at once; while it has faults, no caller is admitted."""
        if (version := self.current_version()) == self.version:
            return
        self.version = version
        try:
            self.tokens = read_tokens(self.file)
        except BadInput as error:
            self.tokens = []
            log.error("All requests are refused until the tokens are fixed: %s", error)
