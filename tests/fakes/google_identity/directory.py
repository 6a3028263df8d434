"""One call of the Admin SDK's Directory API: who is an administrator; see README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.fakes.google_identity.provider import Account, Grant, Provider, Said

USER = r"/admin/directory/v1/users/([^/]+)"
SCOPE = "https://www.googleapis.com/auth/admin.directory.user.readonly"


def user(google: Provider, asked_for: str, authorization: str, query: Mapping[str, str]) -> Said:
    """What ``users.get`` answers whoever holds this token."""
    kind, _, token = authorization.partition(" ")
    grant = google.access_tokens.get(token)
    if kind != "Bearer" or grant is None or grant.revoked:
        return _refusal(401, "authError", "Invalid Credentials", "UNAUTHENTICATED")
    if not google.directory_enabled:
        return _refusal(403, "accessNotConfigured", "Admin SDK API has not been used in project 1 before")
    if SCOPE not in grant.scopes:
        return _refusal(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
    found = next((one for one in _people(google, grant) if asked_for in {one.sub, one.email}), None)
    if grant.account.sub not in google.administrators | google.helpers:
        return _refusal(403, "forbidden", "Not Authorized to access this resource/api")
    if found is None:
        return _refusal(404, "notFound", "Resource Not Found: userKey")
    entry: dict[str, object] = {
        "kind": "admin#directory#user",
        "id": found.sub,
        "primaryEmail": found.email,
        "isAdmin": found.sub in google.administrators,
        "isDelegatedAdmin": found.sub in google.helpers,
        "suspended": False,
    }
    named = re.fullmatch(r"[A-Za-z]+(,[A-Za-z]+)*", query.get("fields", ",".join(entry)))
    if named is None or not set(named[0].split(",")) <= entry.keys():
        return _refusal(400, "invalidParameter", "Invalid field selection")
    return Said(200, {name: entry[name] for name in named[0].split(",")})


def _people(google: Provider, grant: Grant) -> list[Account]:
    """Who there is in the organisation of whoever asks; an account of her own has none."""
    domain = grant.account.hd
    return [one for one in {*google.accounts, google.user, grant.account} if domain and one.hd == domain]


def _refusal(code: int, reason: str, message: str, status: str = "PERMISSION_DENIED") -> Said:
    error = {"message": message, "domain": "global", "reason": reason}
    return Said(code, {"error": {"code": code, "message": message, "errors": [error], "status": status}})
