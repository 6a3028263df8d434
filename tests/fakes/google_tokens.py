"""Google's two services are one company: tokens of the identity provider open the Sheets emulator."""

from __future__ import annotations

from tests.fakes.google_identity import Provider
from tests.fakes.google_sheets.model import Grant


class Tokens(dict[str, Grant]):
    """What the identity provider has handed out and nobody revoked, as the Sheets emulator is shown it."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self.provider = provider

    def get(self, token, default=None):
        grant = self.provider.access_tokens.get(token)
        if grant is None or grant.revoked:
            return default
        return Grant(grant.account.email, frozenset(grant.scopes))
