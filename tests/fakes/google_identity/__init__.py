"""Google's identity service on loopback: keys, the consent page, tokens; see README.md."""

from tests.fakes.google_identity.minting import Signer, claims_of
from tests.fakes.google_identity.provider import Account, Provider
from tests.fakes.google_identity.server import AUTHORIZE, CERTS, REVOKE, TOKEN, identity_provider

__all__ = [
    "AUTHORIZE",
    "CERTS",
    "REVOKE",
    "TOKEN",
    "Account",
    "Provider",
    "Signer",
    "claims_of",
    "identity_provider",
]
