"""Consent to background work, from the panel's button to Google and back, and its end."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from addon_backend.google.consent import PREFIX
from tests.api.google_office import PUBLIC_URL, RETURN, google_office
from tests.api.office import Office
from tests.fakes.google_identity import REVOKE, TOKEN, Account

NOT_CONNECTED = {"connected": False, "scopes": [], "problem": None, "opens": None}


@pytest.fixture
def tab(connected):
    return connected.tab()


def words(page):
    """Return what a person reads."""
    return html.unescape(
        " ".join(re.sub(r"<style.*?</style>|<title>.*?</title>|<[^>]+>", " ", page.text).split())
    )


def button(page):
    """Return where the page's one button leads, and what it says."""
    ((address, label),) = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page.text)
    return html.unescape(address), html.unescape(label)


def consent_of(person):
    return person.get("/v1/google/consent").get_json()


def test_she_consents_and_we_may_work_while_she_is_away(connected, ada, tab):
    assert consent_of(ada) == NOT_CONNECTED

    page = tab.connects(ada)

    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "You can close this tab" in words(page)
    assert consent_of(ada) == {
        "connected": True,
        "scopes": [{"scope": "drive.file", "words": "Read and fill the files that you choose"}],
        "problem": None,
        "opens": None,
    }
    assert connected.credential(ada).token in connected.google.refresh_tokens
    session = connected.session(connected.google.id_token("script.apps.googleusercontent.example"))
    assert session.get_json()["connected"] is True


def test_what_google_is_asked(connected, ada, tab):
    address = urlsplit(tab.leaves(ada))
    asked = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{connected.google.url}/o/oauth2/v2/auth"
    for random in ("state", "code_challenge"):
        assert len(asked.pop(random)) >= 43
    assert asked == {
        "client_id": connected.google.client_id,
        "redirect_uri": RETURN,
        "response_type": "code",
        "scope": f"openid email {PREFIX}drive.file",
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge_method": "S256",
        "login_hint": "marie@example.com",
        "hd": "example.com",
    }


def test_an_account_of_her_own_is_asked_about_without_an_organisation(connected, tab):
    connected.google.user = Account("2001", "ada@mail.example", None)
    person = connected.sign_in()
    assert "hd" not in parse_qs(urlsplit(tab.leaves(person)).query)
    assert tab.connects(person).status_code == 200


def test_the_wider_scope_is_a_setting(tmp_path, blank_home):
    with google_office(tmp_path / "home", blank_home, scope="spreadsheets") as connected:
        ada = connected.sign_in()
        connected.tab().connects(ada)
        assert [scope["scope"] for scope in consent_of(ada)["scopes"]] == ["spreadsheets"]


def test_where_an_administrator_has_consented_for_everybody_nobody_is_asked(tmp_path, blank_home):
    with google_office(tmp_path / "home", blank_home, None, delegate="sheets@project.example") as connected:
        ada = connected.sign_in()
        assert consent_of(ada) == NOT_CONNECTED
        connected.delegates(ada)
        assert consent_of(ada)["connected"]
        assert [scope["scope"] for scope in consent_of(ada)["scopes"]] == ["spreadsheets"]
        alone = connected.sign_in(Account("2001", "ada@example.com", None))
        connected.delegates(alone)
        assert consent_of(alone) == NOT_CONNECTED


def test_she_reads_her_own_language(connected, tab):
    ada = connected.sign_in(language="fr")
    page = tab.connects(ada)
    assert page.headers["Content-Language"] == "fr"
    assert "Vous pouvez fermer cet onglet" in words(page)
    assert consent_of(ada)["scopes"][0]["words"].startswith("Lire et compléter")


def denies(google):
    google.denies = True


def unticks(google):
    google.unticks = {f"{PREFIX}drive.file"}


def is_somebody_else(google):
    google.user = Account("1002", "jean@example.com", "example.com")


def is_silent(google):
    google.trouble[TOKEN] = ["503"]


def loses_its_answer(google):
    google.trouble[TOKEN] = ["lost"]


def answers_nonsense(google):
    google.trouble[TOKEN] = ["html"]


FAILURES = {
    "she denies": (denies, "You did not agree"),
    "she unticks the box": (unticks, "You left out access to the files that you choose"),
    "it is another account": (is_somebody_else, "another Google account"),
    "google does not answer": (is_silent, "Google did not answer"),
    "google's answer is lost": (loses_its_answer, "Google did not answer"),
    "google answers nonsense": (answers_nonsense, "Google did not answer"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_where_it_fails_she_reads_why_and_tries_again_with_one_button(connected, ada, tab, what):
    fails, said = FAILURES[what]
    address = tab.leaves(ada)
    usual = connected.google.user
    fails(connected.google)

    page = tab.opens(tab.consents(address))

    assert page.status_code == 403
    assert said in words(page)
    waiting = consent_of(ada)
    assert (waiting["connected"], said in waiting["problem"]["title"]) == (False, True)
    assert consent_of(ada) == NOT_CONNECTED, "her panel is told once"
    assert connected.credential(ada) is None

    connected.google.denies, connected.google.unticks, connected.google.user = False, set(), usual
    again, label = button(page)
    assert label == "Try again"
    there = tab.opens(again)
    assert tab.opens(tab.consents(there.headers["Location"])).status_code == 200
    assert consent_of(ada)["connected"]


def test_keys_that_cannot_be_had_connect_nobody(tmp_path, blank_home):
    with google_office(tmp_path / "home", blank_home) as connected:
        ada, tab = connected.sign_in(), connected.tab()
        address = tab.leaves(ada)
        connected.google.signers.append(type(connected.google.signers[0])("key-2"))
        page = tab.opens(tab.consents(address))
        assert "Google did not answer" in words(page)  # the new key is looked for a minute later
        assert connected.credential(ada) is None


def test_what_another_account_granted_is_left_to_it(connected, ada, tab):
    address = tab.leaves(ada)
    is_somebody_else(connected.google)
    tab.opens(tab.consents(address))
    assert f"POST {REVOKE}" not in connected.google.calls
    assert not any(grant.revoked for grant in connected.google.refresh_tokens.values())


def test_a_failed_second_consent_leaves_the_first(connected, ada, tab):
    tab.connects(ada)
    kept = connected.credential(ada).token
    connected.google.denies = True
    assert tab.connects(ada).status_code == 403
    assert connected.credential(ada).token == kept
    assert consent_of(ada)["connected"]


def test_a_second_consent_takes_the_place_of_the_first(connected, ada, tab):
    tab.connects(ada)
    first = connected.credential(ada).token
    tab.connects(ada)
    assert connected.credential(ada).token != first
    assert consent_of(ada)["connected"]


def test_two_tabs_of_one_browser_do_not_disturb_each_other(connected, ada, tab):
    addresses = [tab.leaves(ada), tab.leaves(ada)]
    assert [tab.opens(tab.consents(address)).status_code for address in addresses] == [200, 200]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_that_is_used_says_so_to_nobody_in_particular(connected, ada, tab, language):
    told = ada.post("/v1/google/consent", {}).get_json()
    assert told["address"].startswith(f"{PUBLIC_URL}/google/consent/start?code=")
    assert told["expires_in"] == 60
    tab.opens(told["address"])
    parts = urlsplit(told["address"])
    page = tab.client.get(f"{parts.path}?{parts.query}", headers={"Accept-Language": language})
    assert page.status_code == 403
    assert page.headers["Content-Language"] == language
    assert ("has been used" if language == "en" else "déjà servi") in words(page)
    assert button(page)[0] == "https://docs.google.com/spreadsheets/"


class TestItsEnd:
    """Sign-out: the grant ends at Google, and we keep nothing of it."""

    @pytest.fixture(autouse=True)
    def consented(self, ada, tab):
        tab.connects(ada)

    def test_ends_it_at_google_and_forgets_it(self, connected, ada):
        token = connected.credential(ada).token
        assert ada.delete("/v1/google/consent").get_json() == NOT_CONNECTED
        assert connected.google.refresh_tokens[token].revoked
        assert connected.credential(ada) is None
        assert consent_of(ada) == NOT_CONNECTED

    def test_twice_is_as_good_as_once(self, connected, ada):
        for _ in range(2):
            assert ada.delete("/v1/google/consent").get_json() == NOT_CONNECTED
        assert connected.google.calls.count(f"POST {REVOKE}") == 1

    def test_of_what_google_has_ended_already_is_no_trouble(self, connected, ada):
        connected.google.withdraw()
        assert ada.delete("/v1/google/consent").get_json() == NOT_CONNECTED

    @pytest.mark.parametrize("trouble", ["503", "silent", "html"])
    def test_that_google_does_not_confirm_is_said_and_we_hold_nothing(self, connected, ada, trouble):
        connected.google.trouble[REVOKE] = [trouble]
        told = ada.delete("/v1/google/consent").get_json()
        assert told["problem"]["code"] == "not_revoked"
        assert "Third-party apps" in told["problem"]["detail"]
        assert connected.credential(ada) is None

    def test_by_google_is_shown_with_what_to_do(self, connected, ada):
        with connected.office.house.store.unit() as unit:
            granted = unit.credentials.get(ada.caller.workspace, ada.caller.member, "google").granted_at
            unit.credentials.revoke(ada.caller.workspace, ada.caller.member, "google", granted)
            unit.commit()
        told = consent_of(ada)
        assert (told["connected"], told["problem"]["code"]) == (False, "ended")
        assert "Connect" in told["problem"]["detail"]

    def test_is_hers_alone(self, connected, ada):
        colleague = connected.sign_in(Account("1002", "jean@example.com", "example.com"))
        assert consent_of(colleague) == NOT_CONNECTED
        assert colleague.delete("/v1/google/consent").get_json() == NOT_CONNECTED
        assert consent_of(ada)["connected"]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_without_a_client_of_googles_there_is_nothing_to_consent_to(marie, method):
    answer = {
        "GET": marie.get,
        "POST": lambda path: marie.post(path, {}),
        "DELETE": marie.delete,
    }[method]("/v1/google/consent")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "host_not_configured")


def test_without_a_client_of_googles_the_pages_are_not_there(office):
    for path in ("start?code=x", "return?state=x&code=y"):
        assert office.stranger().get(f"/google/consent/{path}").status_code == 404


def test_who_came_from_elsewhere_has_nothing_to_consent_to(connected):
    """The sandbox's person, or a member of an Entra tenant."""
    office: Office = connected.office
    assert office.sign_in("person:sandbox", "sandbox").post("/v1/google/consent", {}).status_code == 403


def test_who_refuses_reads_why_in_french_too(connected, tab):
    marie = connected.sign_in(language="fr")
    address = tab.leaves(marie)
    denies(connected.google)
    assert "Sans votre accord chez Google, rien n’a été lancé" in words(tab.opens(tab.consents(address)))
