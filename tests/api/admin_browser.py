"""A browser before ``/admin``: it follows to Google and back, and presses buttons."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import requests
from werkzeug.test import Client, TestResponse

from addon_backend.domain.fields import CATALOGUE
from tests.api.google_office import PUBLIC_URL, GoogleOffice
from tests.fakes.google_identity import Account

MARIE = Account()
JEAN = Account("1002", "jean@example.com", "example.com")
EVE = Account("3001", "eve@elsewhere.example", "elsewhere.example")
ALONE = Account("2001", "ada@mail.example", None)


@dataclasses.dataclass
class AdminBrowser:
    """One browser with its cookies, and the office behind it."""

    office: GoogleOffice
    client: Client
    language: str = "en"

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=PUBLIC_URL, headers={"Accept-Language": self.language})

    def post(
        self, path: str, form: dict[str, object] | None = None, secret: str | None = None
    ) -> TestResponse:
        """Send a form, with the secret of the page unless another one is told."""
        told = {"secret": self.secret() if secret is None else secret} | (form or {})
        return self.client.post(
            path, base_url=PUBLIC_URL, data=told, headers={"Accept-Language": self.language}
        )

    def secret(self) -> str:
        found = re.search(r'name="secret" value="([^"]+)"', self.get("/admin/switches").text)
        return found[1] if found else ""

    def leaves(self) -> str:
        """Press Sign in; return Google's address."""
        answer = self.get("/admin/sign-in")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def answers(self, address: str) -> str:
        """Do at Google what the provider's user does; return the path that leads back."""
        answer = requests.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].removeprefix(PUBLIC_URL)

    def signs_in(self, account: Account = MARIE) -> TestResponse:
        """Go there and back as somebody; return our last answer."""
        self.office.google.user = account
        return self.get(self.answers(self.leaves()))


def browser_of(office: GoogleOffice, account: Account | None = None, language: str = "en") -> AdminBrowser:
    """A browser; with an account, of a super administrator who is signed in."""
    browser = AdminBrowser(office, office.office.stranger(), language)
    if account is not None:
        office.google.administrators.add(account.sub)
        office.google.accounts.add(account)
        assert browser.signs_in(account).status_code == 303
    return browser


def words(answer: TestResponse) -> str:
    """What a person reads on a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def switched(**told: object) -> dict[str, object]:
    """The form of the switches as nobody has touched them, but for what is told; None leaves a box empty."""
    usual: dict[str, object] = {
        "who": "everybody",
        "field": list(CATALOGUE),
        "retention_days": "90",
        "in_place": "on",
    }
    return {name: value for name, value in (usual | told).items() if value is not None}
