"""Loads the trusted documents of the settings and checks them against the schema."""

from __future__ import annotations

from schema.execution.documents import DocumentCache
from service.errors import BadInput
from service.server.trusted_documents import TrustedDocuments, read_documents
from service.settings import Settings


def trusted(settings: Settings, checked: DocumentCache) -> TrustedDocuments:
    """Raise if a document does not fit the schema, before any client requests it."""
    documents = read_documents(settings.documents, settings.trusted_only)
    faults = [
        f"{file}: {error.message}"
        for file, text in documents.files.items()
        for error in checked.check(text).errors
    ]
    if faults:
        raise BadInput("VALUENET_DOCUMENTS: " + "; ".join(faults))
    return documents
