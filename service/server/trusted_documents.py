"""Trusted documents: a folder of GraphQL documents, each known by its SHA-256.

A client sends `documentId: "sha256:…"`, or `extensions.persistedQuery.sha256Hash` as
Apollo's clients do. The hash is that of the client's text; a line end that an editor
adds to the file makes no difference.
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
from service.inputs.files import input_text

MAX_BYTES = 1_000_000  # of one document
PATTERN = "*.graphql"
MISMATCH = "The hash does not belong to the document sent with it."


@dataclass(frozen=True)
class TrustedDocuments:
    """Texts by hash; with `only`, the server answers no other document."""

    folder: Path | None = None
    only: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)  # the texts of the folder

    def add(self, text: str) -> None:
        for variant in (text, text.strip()):
            self.texts[hash_of(variant)] = variant

    def text(self, document: str | None, document_hash: str | None) -> str:
        """The document of a request that gives its text, its hash, or both."""
        if document is not None:
            return self.checked_text(document, document_hash)
        if self.folder is None:
            raise TrustedDocumentsDisabled("PersistedQueryNotSupported")
        if document_hash not in self.texts:
            raise UnknownDocument("PersistedQueryNotFound")
        return self.texts[document_hash]

    def checked_text(self, document: str, document_hash: str | None) -> str:
        if document_hash is not None and document_hash != hash_of(document):
            raise BadInput(MISMATCH)
        if self.only and hash_of(document) not in self.texts:
            raise UntrustedDocument("This server answers trusted documents only.")
        return document


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_documents(folder: Path | None, only: bool) -> TrustedDocuments:
    """The documents of the folder and its subfolders."""
    if folder is None:
        if only:
            raise BadInput("VALUENET_TRUSTED_ONLY: set VALUENET_DOCUMENTS as well")
        return TrustedDocuments()
    if not folder.is_dir():
        raise BadInput(f"VALUENET_DOCUMENTS: {folder}: no such folder")
    documents = TrustedDocuments(folder, only)
    for file in sorted(folder.rglob(PATTERN)):
        try:
            text = input_text(file, MAX_BYTES)
        except BadInput as error:
            raise BadInput(f"VALUENET_DOCUMENTS: {error}") from error
        documents.add(text)
        documents.files[file] = text
    return documents
