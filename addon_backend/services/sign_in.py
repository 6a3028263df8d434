"""Who comes from Google: a proven identity, exchanged once for a membership here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.errors import HostNotConfigured, NotInstalled
from addon_backend.services.accounts import enter

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.identity import Identity
    from addon_backend.services.house import House

OF_DOMAIN, OF_PERSON = "google:", "google:user:"


def identify(house: House, id_token: str) -> Identity:
    """Return who shows this token. Raises `NotSignedIn`, `HostTrouble` or `HostNotConfigured`."""
    if house.id_tokens is None:
        raise HostNotConfigured
    return house.id_tokens.verify(id_token)


def sign_in(house: House, identity: Identity, language: str) -> Caller:
    """Return the caller for somebody whom Google vouches for, creating workspace and member the first time.

    The workspace is the organisation that manages her account, by Google's word and never by her address; an
    account of her own is a workspace of one. Raises `NotInstalled` where her organisation has not installed
    us, as far as anybody is asked.
    """
    if house.licences is not None and house.licences.refuses(identity):
        raise NotInstalled
    return enter(house, workspace_key(identity), identity.domain, identity.subject, language, identity.email)


def workspace_key(identity: Identity) -> str:
    """Return what proves the workspace of somebody whom Google vouches for."""
    return OF_DOMAIN + identity.domain if identity.domain else OF_PERSON + identity.subject
