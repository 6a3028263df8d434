"""The tables. Every one but the leases is confined to a workspace by its primary key and a foreign key."""

from addon_backend.store.models.accounts import (
    document_access,
    idempotency_key,
    member,
    quote,
    recipe,
    terms_acceptance,
    workspace,
)
from addon_backend.store.models.administration import administrator, arrival, audit, policy
from addon_backend.store.models.credentials import credential, one_time_code
from addon_backend.store.models.documents import document, document_column, document_row, document_sheet
from addon_backend.store.models.leases import named_lease, sheet_lease
from addon_backend.store.models.metadata import METADATA
from addon_backend.store.models.runs import (
    HELD,
    block,
    charged_identity,
    chunk,
    ledger,
    notice,
    provider_call,
    reservation,
    run,
)

__all__ = [
    "HELD",
    "METADATA",
    "administrator",
    "arrival",
    "audit",
    "block",
    "charged_identity",
    "chunk",
    "credential",
    "document",
    "document_access",
    "document_column",
    "document_row",
    "document_sheet",
    "idempotency_key",
    "ledger",
    "member",
    "named_lease",
    "notice",
    "one_time_code",
    "policy",
    "provider_call",
    "quote",
    "recipe",
    "reservation",
    "run",
    "sheet_lease",
    "terms_acceptance",
    "workspace",
]
