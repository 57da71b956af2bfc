"""Trusted documents: a folder of GraphQL documents, each known by its SHA-256.

A client names one by `documentId: "sha256:…"`, or as Apollo's clients do by
`extensions.persistedQuery.sha256Hash`. The hash is of the text that the client has; a
line's end that an editor puts behind it makes no other document.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from service.errors import (
    BadInput,
    TrustedDocumentsDisabled,
    UnknownDocument,
    UntrustedDocument,
)

PATTERN = "*.graphql"
MISMATCH = "The hash is not that of the document sent with it."


@dataclass(frozen=True)
class TrustedDocuments:
    """Texts by hash; with `only` nothing else is answered."""

    folder: Path | None = None
    only: bool = False
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, query: str | None, digest: str | None) -> str:
        """The document of a request that has its text, its hash, or both."""
        if digest is not None and query is not None and digest != hash_of(query):
            raise BadInput(MISMATCH)
        if self.only and query is not None and hash_of(query) not in self.texts:
            raise UntrustedDocument("Only trusted documents are answered here.")
        if query is not None:
            return query
        if self.folder is None:
            raise TrustedDocumentsDisabled("PersistedQueryNotSupported")
        if digest not in self.texts:
            raise UnknownDocument("PersistedQueryNotFound")
        return self.texts[digest]


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(folder: Path | None, only: bool) -> TrustedDocuments:
    """The documents of the folder and of those inside it."""
    if folder is None:
        if only:
            raise BadInput("VALUENET_TRUSTED_ONLY: set VALUENET_DOCUMENTS as well")
        return TrustedDocuments()
    if not folder.is_dir():
        raise BadInput(f"VALUENET_DOCUMENTS: {folder}: no such folder")
    found = TrustedDocuments(folder, only)
    for file in sorted(folder.rglob(PATTERN)):
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"VALUENET_DOCUMENTS: {file}: {error}") from error
        for same in (text, text.strip()):
            found.texts[hash_of(same)] = same
    return found
