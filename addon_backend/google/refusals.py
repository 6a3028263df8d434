"""What Google's refusals mean to a run. Texts are localised and never looked at; codes and reasons are."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from addon_backend.domain.errors import AccessLost, AnswerUncertain, FileUnknown, HostRefused, HostTrouble

if TYPE_CHECKING:
    import requests

    from addon_backend.domain.errors import AddonError

REFILL_SECONDS = 60.0
"""Google's quotas are refilled every minute; its refusals name no time (facts of 14 recorded ones)."""
PAUSE_SECONDS = 5.0


def refusal(answer: requests.Response, *, writing: bool) -> AddonError:
    """Return what an answer that is no success means; a write may have been applied before a 5xx."""
    match answer.status_code:
        case 400:
            return HostRefused(status=400)
        case 401 | 403 if not _by_rate(answer):
            return AccessLost(status=answer.status_code)
        case 404:
            return FileUnknown()
        case 403 | 429:
            return HostTrouble(retry_after=_pause(answer, REFILL_SECONDS), status=answer.status_code)
        case code:
            trouble = AnswerUncertain if writing else HostTrouble
            return trouble(retry_after=_pause(answer, PAUSE_SECONDS), status=code)


def _pause(answer: requests.Response, seconds: float) -> float:
    """Return what Google asks for, or ``seconds``; and a little more, so that not all come back at once."""
    told = answer.headers.get("Retry-After", "")
    return (float(told) if told.isdigit() else seconds) + random.uniform(1.0, 3.0)  # noqa: S311 - no secret


def _by_rate(answer: requests.Response) -> bool:
    """Drive says 403 also where it means 429."""
    try:
        errors = answer.json()["error"]["errors"]
    except (ValueError, KeyError, TypeError):
        return False
    return any(one.get("domain") == "usageLimits" for one in errors)
