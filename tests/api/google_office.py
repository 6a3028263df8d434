"""An office that is connected to Google: the house, the application, and the provider behind it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import requests
from werkzeug.test import Client, TestResponse

from addon_backend.bootstrap import build_house, find_engines
from addon_backend.domain.workspaces import TERMS_VERSION, Caller
from addon_backend.ports.store import Credential
from addon_backend.security.tickets import Tickets
from addon_backend.services import accounts
from addon_backend.settings import GoogleClient, ServiceAccount
from tests.api.office import SECRET, Office, Person, QuietBell, furnish, settings_for
from tests.fakes.google_identity import CERTS, Account, Provider, identity_provider

SCRIPT = "script.apps.googleusercontent.example"
PUBLIC_URL = "https://enrich.example"
RETURN = f"{PUBLIC_URL}/google/consent/return"
ADMIN_RETURN = f"{PUBLIC_URL}/admin/return"


@dataclasses.dataclass
class GoogleOffice:
    """One office and its provider."""

    office: Office
    google: Provider

    def session(
        self, id_token: str, language: str | None = "en", client: Client | None = None
    ) -> TestResponse:
        """Exchange an ID token, as the add-on's script does."""
        body = {"id_token": id_token} | ({} if language is None else {"language": language})
        told = {"Content-Type": "application/json"}
        return (client or self.office.stranger()).post(
            "/v1/google/session", data=json.dumps(body).encode(), headers=told
        )

    def tab(self) -> Tab:
        """A browser that knows nothing of us yet."""
        return Tab(self, self.office.stranger())

    def credential(self, person: Person) -> Credential | None:
        """What the house keeps of her consent."""
        with self.office.house.store.reading() as unit:
            return unit.credentials.get(person.caller.workspace, person.caller.member, "google")

    def delegates(self, person: Person) -> None:
        """Let us act for everybody in her workspace, as its administrator does."""
        with self.office.house.store.unit() as unit:
            switches = unit.administration.switches(person.caller.workspace)
            delegating = dataclasses.replace(switches, delegation=True)
            unit.administration.set_switches(person.caller.workspace, delegating)
            unit.commit()

    def sign_in(self, account: Account | None = None, language: str = "en") -> Person:
        """Someone who came in by her Google account, and whose workspace has accepted the terms."""
        token = self.google.id_token(SCRIPT, account)
        ticket = str(self.session(token, language).get_json()["ticket"])
        caller: Caller = Tickets([SECRET]).read(ticket)
        accounts.accept_terms(self.office.house, caller, TERMS_VERSION)
        return Person(self.office, caller, ticket)


@dataclasses.dataclass
class Tab:
    """A browser's tab on its way to Google and back."""

    office: GoogleOffice
    client: Client

    def opens(self, address: str) -> TestResponse:
        """Open an address of ours."""
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}", base_url=PUBLIC_URL)

    def leaves(self, person: Person) -> str:
        """Press Connect and follow to Google; return the address of its consent page."""
        told = person.post("/v1/google/consent", {}).get_json()
        answer = self.opens(told["address"])
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def consents(self, address: str) -> str:
        """Do at Google what the provider's user does; return the address that leads back."""
        answer = requests.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def connects(self, person: Person) -> TestResponse:
        """Go there and back; return the last page."""
        return self.opens(self.consents(self.leaves(person)))


@contextmanager
def google_office(
    home: Path,
    blank: Path,
    marketplace: Path | None = None,
    redis_url: str = "unix:///nowhere",
    **told: object,
) -> Iterator[GoogleOffice]:
    """Open one; it is closed when the block ends. ``told`` replaces fields of its client.

    With ``marketplace``, where a key file is to lie, the Marketplace is asked who has installed us.
    """
    with identity_provider() as provider:
        provider.redirect_uris |= {RETURN, ADMIN_RETURN}
        client = GoogleClient(
            provider.client_id,
            provider.client_secret,
            frozenset({SCRIPT}),
            accounts_url=provider.url,
            token_url=provider.url,
            directory_url=provider.url,
            certs_url=provider.url + CERTS,
        )
        client = dataclasses.replace(client, **told)  # type: ignore[arg-type]  # fields and their types
        furnish(home, blank)
        account = ServiceAccount(sheets_url=client.sheets_url)
        if marketplace is not None:
            marketplace.write_text(provider.service_account("shop@project.iam.gserviceaccount.example"))
            account = ServiceAccount(marketplace)
            client = dataclasses.replace(client, marketplace_app="app", marketplace_url=provider.url)
        settings = settings_for(
            home, google=client, public_url=PUBLIC_URL, service_account=account, redis_url=redis_url
        )
        house = dataclasses.replace(build_house(settings, find_engines(settings)), bell=QuietBell())
        yield GoogleOffice(Office(settings, house), provider)
