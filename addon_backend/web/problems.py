"""Every refusal as RFC 9457 ``application/problem+json``: our words and our names, never what was sent."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, g
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from addon_backend.domain.errors import (
    AddonError,
    BodyInvalid,
    HostTrouble,
    NotSignedIn,
    NotVisible,
    SourceTrouble,
)
from addon_backend.domain.sentences import problem_sentence
from addon_backend.domain.texts import Pair
from addon_backend.telemetry import metrics
from addon_backend.telemetry.logs import logger

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS = 20


class BodyUnreadable(BodyInvalid):
    """The body is not JSON as RFC 8259 and we understand it."""

    code = "body_unreadable"
    status = 400
    operator = "The body is not well-formed JSON."


class BodyTooLarge(BodyInvalid):
    """The body is larger than this endpoint reads."""

    code = "body_too_large"
    status = 413
    operator = "The body is too large."


class MediaTypeWrong(BodyInvalid):
    """The body is not sent as ``application/json``."""

    code = "media_type_wrong"
    status = 415
    operator = "The body is not sent as application/json."


class RouteUnknown(NotVisible):
    """There is nothing at this address."""

    code = "route_unknown"
    operator = "There is no such route."


class MethodWrong(BodyInvalid):
    """The address exists and does not do this."""

    code = "method_wrong"
    status = 405
    operator = "The route does not know this method."


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong at one JSON pointer, in developer's English, without the value."""

    pointer: str
    detail: str


class BodyMismatch(BodyInvalid):
    """A `BodyInvalid` that knows where."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors[:_MOST_ERRORS]


_SENTENCES: dict[type[AddonError], tuple[Pair, Pair]] = {
    BodyTooLarge: (
        ("This is too much to send at once.", "Select fewer columns or rows and try again."),
        ("C’est trop à envoyer en une fois.", "Sélectionnez moins de colonnes ou de lignes et réessayez."),
    ),
    RouteUnknown: (
        ("There is nothing at this address.", "Check the address: docs/openapi.json lists all of /v1."),
        (
            "Il n’y a rien à cette adresse.",
            "Vérifiez l’adresse : docs/openapi.json énumère tout ce qu’offre /v1.",
        ),
    ),
    MethodWrong: (
        (
            "This address does not answer such a request.",
            "Use a method that the Allow header names; docs/openapi.json says what each one does.",
        ),
        (
            "Cette adresse ne répond pas à une telle requête.",
            "Utilisez une méthode que nomme l’en-tête Allow ; docs/openapi.json dit ce que fait chacune.",
        ),
    ),
}
_BY_STATUS: dict[int, type[AddonError]] = {
    400: BodyUnreadable,
    404: RouteUnknown,
    405: MethodWrong,
    413: BodyTooLarge,
    415: MediaTypeWrong,
}


def problem(error: AddonError, language: str) -> Response:
    """Answer with the error: a sentence and one thing to do for the person, a code for the caller."""
    title, detail = _sentence(error, language)
    body: dict[str, object] = {
        "type": f"urn:addon-backend:problem:{error.code}",
        "title": title,
        "status": error.status,
        "detail": detail,
        "code": error.code,
        "request_id": g.get("request_id", ""),
    }
    if isinstance(error, BodyMismatch):
        body["errors"] = [{"pointer": wrong.pointer, "detail": wrong.detail} for wrong in error.errors]
    answer = Response(json.dumps(body), status=error.status, content_type=MEDIA_TYPE)
    answer.headers["Content-Language"] = "fr" if language.startswith("fr") else "en"
    if isinstance(error, NotSignedIn):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="addon-backend"'
    if (seconds := _retry_after(error)) is not None:
        answer.headers["Retry-After"] = str(seconds)
    metrics.problems.labels(error.code).inc()
    return answer


def of_http(error: HTTPException, language: str) -> Response:
    """Answer with what Flask itself refused."""
    known = _BY_STATUS.get(error.code or 500, BodyUnreadable if (error.code or 500) < 500 else AddonError)
    answer = problem(known(), language)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def of_accident(language: str) -> Response:
    """Answer to what nobody expected: the trace is in the log under the request's id, and only there."""
    logger().error("request_failed", code=AddonError.code, exc_info=True)
    return problem(AddonError(), language)


def _sentence(error: AddonError, language: str) -> tuple[str, str]:
    """Say what only HTTP can do wrong; most of it means to a person that her panel and we are out of step."""
    if type(error) in _SENTENCES:
        return _SENTENCES[type(error)][1 if language.startswith("fr") else 0]
    return problem_sentence(BodyInvalid() if isinstance(error, BodyInvalid) else error, language)


def _retry_after(error: AddonError) -> int | None:
    seconds = error.facts.get("retry_after")
    if isinstance(error, HostTrouble | SourceTrouble) and error.retry_after is not None:
        return max(1, math.ceil(error.retry_after))
    return seconds if isinstance(seconds, int) else None
