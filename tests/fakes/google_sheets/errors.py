"""Refusals as Google words them: a status, a sentence, and details where Google sends details."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]
"""A message as JSON carries it. Discovery documents say what it may hold: see `discovery`."""

_EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_REASON = "type.googleapis.com/google.rpc.ErrorInfo"


class Refused(Exception):
    """A call that Google answers with an error; `body` is what it sends."""

    def __init__(self, code: int, status: str, message: str, *details: Message) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.details = details

    def body(self) -> Message:
        """Return the answer's body."""
        error: Message = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = list(self.details)
        return {"error": error}


class NotEmulated(Refused):
    """A call or a request that Google knows and the emulator does not: the server complains of it."""


def invalid(message: str) -> Refused:
    """Refuse what is well formed and cannot be done."""
    return Refused(400, "INVALID_ARGUMENT", message)


def malformed(violations: list[tuple[str, str]]) -> Refused:
    """Refuse what the schema does not know: pairs of a field's path (may be "") and what is wrong there."""
    entries = [
        {"field": field, "description": told} if field else {"description": told}
        for field, told in violations
    ]
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": entries}
    return Refused(400, "INVALID_ARGUMENT", "\n".join(told for _, told in violations), details)


@contextmanager
def at(where: str) -> Iterator[None]:
    """Begin refusals from within with Google's word for the place, such as ``Invalid data[0]: ``."""
    try:
        yield
    except Refused as refused:
        refused.message = f"{where}{refused.message}"
        raise


def not_found() -> Refused:
    """Refuse what does not exist for this caller."""
    return Refused(404, "NOT_FOUND", "Requested entity was not found.")


def forbidden() -> Refused:
    """Refuse what the caller may not do."""
    return Refused(403, "PERMISSION_DENIED", "The caller does not have permission")


def narrow(service: str) -> Refused:
    """Refuse a token whose scopes do not cover the call."""
    return Refused(
        403,
        "PERMISSION_DENIED",
        "Request had insufficient authentication scopes.",
        {
            "@type": _REASON,
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
            "metadata": {"service": service},
        },
    )


def unauthenticated(service: str, *, missing: bool) -> Refused:
    """Refuse a caller without a token, or with one that nobody granted or that has expired."""
    told = (
        "Request is missing required authentication credential. "
        if missing
        else "Request had invalid authentication credentials. "
    )
    return Refused(
        401,
        "UNAUTHENTICATED",
        told + _EXPECTED,
        {
            "@type": _REASON,
            "reason": "CREDENTIALS_MISSING" if missing else "ACCESS_TOKEN_EXPIRED",
            "domain": "googleapis.com",
            "metadata": {"service": service},
        },
    )


def exhausted(kind: str, limit: str) -> Refused:
    """Refuse for quota. ``kind`` is ``Read`` or ``Write``, ``limit`` is ``PerUser`` or ``PerProject``."""
    scope = " per user" if limit == "PerUser" else ""
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{scope}' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:100000000001'."
    )
    return Refused(
        429,
        "RESOURCE_EXHAUSTED",
        message,
        {
            "@type": _REASON,
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": {
                "service": "sheets.googleapis.com",
                "consumer": "projects/100000000001",
                "quota_limit": f"{kind}RequestsPerMinute{limit}",
                "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
            },
        },
    )


def internal() -> Refused:
    """Fail as Google's servers sometimes do."""
    return Refused(500, "INTERNAL", "Internal error encountered.")
