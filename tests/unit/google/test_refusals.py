"""What Google's refusals mean, by code and never by text."""

from __future__ import annotations

import json

import pytest
import requests

from addon_backend.domain.errors import AccessLost, AnswerUncertain, FileUnknown, HostRefused, HostTrouble
from addon_backend.google.refusals import refusal


def answer(status, body="", **headers):
    made = requests.Response()
    made.status_code = status
    made._content = body.encode()  # noqa: SLF001 - as it comes from the wire
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


@pytest.mark.parametrize(
    ("status", "writing", "kind"),
    [
        (400, True, HostRefused),
        (401, False, AccessLost),
        (403, True, AccessLost),
        (404, False, FileUnknown),
        (429, True, HostTrouble),
        (500, False, HostTrouble),
        (500, True, AnswerUncertain),
        (503, True, AnswerUncertain),
        (408, True, AnswerUncertain),
    ],
)
def test_by_code(status, writing, kind):
    assert type(refusal(answer(status, "<html>"), writing=writing)) is kind


def test_a_403_of_drive_may_mean_that_we_ask_too_often():
    body = json.dumps({"error": {"errors": [{"domain": "usageLimits", "reason": "userRateLimitExceeded"}]}})
    assert type(refusal(answer(403, body), writing=True)) is HostTrouble


def test_a_refusal_for_quota_waits_for_the_next_minute_or_as_long_as_told():
    plain = refusal(answer(429), writing=False)
    told = refusal(answer(429, Retry_After="7"), writing=False)
    assert isinstance(plain, HostTrouble)
    assert isinstance(told, HostTrouble)
    assert 60 < (plain.retry_after or 0) <= 63
    assert 7 < (told.retry_after or 0) <= 10


def test_no_word_of_the_answer_is_repeated():
    assert "secret" not in str(refusal(answer(403, '{"error": {"message": "secret"}}'), writing=False))
