"""What Google's identity service knows and decides: clients, codes, grants; see README.md."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.google_identity.minting import Signer, claims_of, decoded

Form = Mapping[str, str]
SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
MARKETPLACE = "https://www.googleapis.com/auth/appsmarketplace.license"
ALIASES = {
    "email": "https://www.googleapis.com/auth/userinfo.email",
    "profile": "https://www.googleapis.com/auth/userinfo.profile",
}


@dataclass(frozen=True)
class Account:
    """A Google account."""

    sub: str = "1001"
    email: str = "marie@example.com"
    hd: str | None = "example.com"


@dataclass
class Grant:
    """What an account has allowed the client."""

    account: Account
    scopes: frozenset[str]
    revoked: bool = False


@dataclass
class Code:
    """An authorisation code: good once, for whoever asked for it."""

    grant: Grant
    redirect_uri: str
    challenge: str
    offline: bool


@dataclass(frozen=True)
class Said:
    """A status and a JSON object."""

    status: int
    body: dict[str, object]


@dataclass
class Provider:
    """The service. A test chooses who sits before the consent page (``user``) and what she does there."""

    client_id: str = "web.apps.googleusercontent.example"
    client_secret: str = "the web client's secret"
    redirect_uris: set[str] = field(default_factory=set)
    user: Account = field(default_factory=Account)
    denies: bool = False
    asks: bool = False
    """Show a page where she decides, instead of deciding as ``denies`` and ``unticks`` say."""
    unticks: set[str] = field(default_factory=set)
    signers: list[Signer] = field(default_factory=lambda: [Signer("key-1")])
    iam: Signer = field(default_factory=lambda: Signer("iam"))
    max_age: int = 3600
    url: str = ""
    trouble: dict[str, list[str]] = field(default_factory=dict)
    """Path → what happens to the next calls, one each: ``silent``, ``lost`` (done, then no answer), ``503``,
    ``html``, ``cut``."""
    calls: list[str] = field(default_factory=list)
    """``GET /path`` of every call, in order."""
    asked: list[Form] = field(default_factory=list)
    """The parameters of every call to the consent page."""
    access_tokens: dict[str, Grant] = field(default_factory=dict)
    refresh_tokens: dict[str, Grant] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    delegate: str = "sheets@project.iam.gserviceaccount.example"
    """Our service account: IAM signs for it, for whoever has ``machine_token``."""
    machine_token: str = "the machine's own token"
    installed: set[str] = field(default_factory=lambda: {"example.com"})
    """Organisations whose administrator lets the service account act for everybody, for spreadsheets."""
    accounts: set[Account] = field(default_factory=lambda: {Account()})
    """Who there is in these organisations."""
    administrators: set[str] = field(default_factory=set)
    """Subjects of super administrators of their organisations."""
    helpers: set[str] = field(default_factory=set)
    """Subjects of delegated administrators, who may look at users and are no administrators."""
    directory_enabled: bool = True
    """Whether the Admin SDK is switched on in the client's project."""
    acted_for: list[str] = field(default_factory=list)
    service_accounts: dict[str, Signer] = field(default_factory=dict)
    """Service accounts with a key, by address."""
    licences: dict[str, str] = field(default_factory=dict)
    """What the Marketplace says of a domain or an address; of others that they are unlicensed."""
    lives: int = 3599
    """How long access tokens live, in seconds."""

    def service_account(self, email: str) -> str:
        """Make a service account with a key, and return its key file's content."""
        signer = self.service_accounts.setdefault(email, Signer(f"key of {email}"))
        told = {
            "type": "service_account",
            "project_id": "project",
            "private_key_id": signer.kid,
            "private_key": signer.private_pem().decode(),
            "client_email": email,
            "client_id": "100000000000000000001",
            "token_uri": f"{self.url}/token",
        }
        return json.dumps(told)

    def generate_token(self, account: str, authorization: str) -> Said:
        """Give a token in the service account's own name, as IAM does for who may create its tokens."""
        if authorization != f"Bearer {self.machine_token}" or account != self.delegate:
            return Said(403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}})
        token = str(
            self._tokens(Grant(Account("sa", account, None), frozenset({SPREADSHEETS})))["access_token"]
        )
        return Said(200, {"accessToken": token, "expireTime": "2999-01-01T00:00:00Z"})

    def licence(self, kind: str, application: str, whose: str, authorization: str) -> Said:
        """Say whether somebody has installed the application, to whoever may ask."""
        grant = self.access_tokens.get(authorization.removeprefix("Bearer "))
        if grant is None or MARKETPLACE not in grant.scopes:
            return Said(401, {"error": {"code": 401, "status": "UNAUTHENTICATED"}})
        name = {"customerLicense": "customerId", "userLicense": "userId"}[kind]
        told = {"kind": f"appsmarket#{kind}", "applicationId": application, name: whose}
        return Said(200, {**told, "state": self.licences.get(whose, "UNLICENSED")})

    def id_token(self, audience: str, account: Account | None = None, **told: object) -> str:
        """An ID token as the script's host would hand it out."""
        who = account or self.user
        return self.signers[-1].token(claims_of(audience, sub=who.sub, email=who.email, hd=who.hd, **told))

    def authorize(self, asked: Form) -> Said | dict[str, str]:
        """What comes back to the redirect address, or the page that Google shows instead.

        ``decision`` is what she pressed on the page, if one was shown.
        """
        self.asked.append(asked)
        if refused := self.refusal(asked):
            return refused
        state = {"state": asked["state"]} if "state" in asked else {}
        if self.denies or asked.get("decision") == "deny":
            return {"error": "access_denied", **state}
        grant = Grant(self.user, _scopes(asked) - self.unticks)
        code = f"4/{secrets.token_urlsafe(24)}"
        offline = asked.get("access_type") == "offline" and "consent" in asked.get("prompt", "").split()
        self.codes[code] = Code(grant, asked["redirect_uri"], asked["code_challenge"], offline)
        return {"code": code, "scope": " ".join(sorted(grant.scopes)), "authuser": "0", **state}

    def refusal(self, asked: Form) -> Said | None:
        """What is wrong with a way to the consent page; None where she may be asked."""
        if asked.get("client_id") != self.client_id:
            return Said(401, {"error": "invalid_client"})
        if asked.get("redirect_uri") not in self.redirect_uris:
            return Said(400, {"error": "redirect_uri_mismatch"})
        proof = (asked.get("response_type"), asked.get("code_challenge_method"))
        if proof != ("code", "S256") or not asked.get("code_challenge") or not _scopes(asked):
            return Said(400, {"error": "invalid_request"})
        return None

    def token(self, sent: Form) -> Said:
        """Exchange a code, refresh, or let a service account act, as the token endpoint does."""
        if sent.get("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return self._delegated(sent.get("assertion", ""))
        if sent.get("client_id") != self.client_id or sent.get("client_secret") != self.client_secret:
            return Said(401, {"error": "invalid_client", "error_description": "Unauthorized"})
        match sent.get("grant_type"):
            case "authorization_code":
                return self._exchange(sent)
            case "refresh_token":
                return self._refresh(sent)
        return Said(400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"})

    def revoke(self, sent: Form) -> Said:
        """Revoke the grant behind an access or refresh token."""
        token = sent.get("token", "")
        grant = self.refresh_tokens.get(token) or self.access_tokens.get(token)
        if grant is None or grant.revoked:
            return Said(400, {"error": "invalid_token", "error_description": "Token expired or revoked"})
        grant.revoked = True
        return Said(200, {})

    def withdraw(self) -> None:
        """Let the user remove us in the settings of her account."""
        for grant in self.refresh_tokens.values():
            grant.revoked = grant.revoked or grant.account == self.user

    def sign_jwt(self, account: str, authorization: str, sent: Mapping[str, object]) -> Said:
        """Sign for the service account, as IAM does for who may create its tokens."""
        if authorization != f"Bearer {self.machine_token}" or account != self.delegate:
            return Said(403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}})
        return Said(200, {"keyId": "iam", "signedJwt": self.iam.token(json.loads(str(sent["payload"])))})

    def _delegated(self, assertion: str) -> Said:
        head, _, signature = assertion.rpartition(".")
        claims = json.loads(decoded(head.partition(".")[2]))
        own = self.service_accounts.get(claims["iss"])
        if own is not None:
            if not own.has_signed(head, signature):
                return _invalid_grant("Invalid JWT Signature.")
            scopes = frozenset(str(claims["scope"]).split())
            return Said(200, self._tokens(Grant(Account("sa", claims["iss"], None), scopes)))
        if not self.iam.has_signed(head, signature) or claims["iss"] != self.delegate:
            return _invalid_grant("Invalid JWT Signature.")
        who = next((one for one in self.accounts if one.email == claims["sub"]), None)
        if who is None:
            return _invalid_grant("Invalid email or User ID")
        scopes = frozenset(str(claims["scope"]).split())
        if who.hd not in self.installed or scopes != {SPREADSHEETS}:
            return Said(401, {"error": "unauthorized_client", "error_description": "Client is unauthorized"})
        self.acted_for.append(who.email)
        return Said(200, self._tokens(Grant(who, scopes)))

    def _exchange(self, sent: Form) -> Said:
        code = self.codes.pop(sent.get("code", ""), None)
        if code is None:
            return _invalid_grant("Malformed auth code.")
        if sent.get("redirect_uri") != code.redirect_uri:
            return Said(400, {"error": "redirect_uri_mismatch", "error_description": "Bad Request"})
        if _challenge(sent.get("code_verifier", "")) != code.challenge:
            return _invalid_grant("Invalid code verifier.")
        answer = self._tokens(code.grant)
        if code.offline:
            answer["refresh_token"] = f"1//{secrets.token_urlsafe(48)}"
            self.refresh_tokens[str(answer["refresh_token"])] = code.grant
        return Said(200, answer)

    def _refresh(self, sent: Form) -> Said:
        grant = self.refresh_tokens.get(sent.get("refresh_token", ""))
        if grant is None or grant.revoked:
            return _invalid_grant("Token has been expired or revoked.")
        return Said(200, self._tokens(grant))

    def _tokens(self, grant: Grant) -> dict[str, object]:
        access = f"ya29.{secrets.token_urlsafe(48)}"
        self.access_tokens[access] = grant
        told: dict[str, object] = {
            "access_token": access,
            "expires_in": self.lives,
            "scope": " ".join(sorted(grant.scopes)),
            "token_type": "Bearer",
        }
        if "openid" in grant.scopes:
            told["id_token"] = self.id_token(self.client_id, grant.account)
        return told


def _scopes(asked: Form) -> frozenset[str]:
    return frozenset(ALIASES.get(scope, scope) for scope in asked.get("scope", "").split())


def _invalid_grant(why: str) -> Said:
    return Said(400, {"error": "invalid_grant", "error_description": why})


def _challenge(verifier: str) -> str:
    if not 43 <= len(verifier) <= 128:
        return "too short or too long for RFC 7636"
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
