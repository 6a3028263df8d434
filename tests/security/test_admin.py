"""Who gets into ``/admin``, and what nobody can do there in an administrator's name."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from addon_backend.domain.errors import NotAdministrator
from addon_backend.domain.switches import PROOF_SECONDS
from addon_backend.domain.workspaces import Caller
from addon_backend.security.admin_sessions import SESSION_SECONDS, AdminSessions
from addon_backend.web.admin.desk import COOKIE
from addon_backend.web.admin.entrance import ON_THE_WAY
from tests.api.admin_browser import ALONE, EVE, JEAN, MARIE, browser_of, switched, words
from tests.api.google_office import ADMIN_RETURN, PUBLIC_URL
from tests.api.office import SECRET
from tests.fakes.google_identity import TOKEN, Account

DIRECTORY = "https://www.googleapis.com/auth/admin.directory.user.readonly"
USERS = "/admin/directory/v1/users/"
PAGES = ["members", "spent", "switches", "doctor", "members.csv"]
PRESSES: dict[str, dict[str, object]] = {
    "/admin/members/{jean}": {"admission": "blocked"},
    "/admin/switches": switched(retention_days="7"),
    "/admin/pause": {"paused": "on"},
    "/admin/sign-out": {},
}


def ask(connected, query, **told):
    """Ask the store's own database."""
    engine = connected.office.house.store._engine  # noqa: SLF001 - nobody else may
    with engine.begin() as connection:
        answer = connection.execute(text(query), told)
        return list(answer) if answer.returns_rows else []


def is_out(browser):
    return all(browser.get(f"/admin/{page}").status_code == 403 for page in PAGES)


def cookie(browser, name=COOKIE):
    found = browser.client.get_cookie(name, domain=urlsplit(PUBLIC_URL).hostname)
    return found.value if found else None


def set_cookie(browser, value, name=COOKIE):
    browser.client.set_cookie(name, value, domain=urlsplit(PUBLIC_URL).hostname, secure=True)


class TestSigningIn:
    """Proven by the Directory, with her own token, or not at all."""

    def test_an_administrator_gets_in(self, connected):
        browser = browser_of(connected, MARIE)
        assert all(browser.get(f"/admin/{page}").status_code == 200 for page in PAGES)
        assert connected.google.calls.count(f"GET {USERS}1001") == 1

    def test_google_is_asked_for_no_more_than_that_question(self, connected):
        asked = {
            name: value for name, (value,) in parse_qs(urlsplit(browser_of(connected).leaves()).query).items()
        }
        for random in ("state", "code_challenge"):
            assert len(asked.pop(random)) >= 43
        assert asked == {
            "client_id": connected.google.client_id,
            "redirect_uri": ADMIN_RETURN,
            "response_type": "code",
            "scope": f"openid email {DIRECTORY}",
            "prompt": "select_account",
            "code_challenge_method": "S256",
        }

    def test_nothing_of_what_google_gave_is_kept(self, connected):
        browser_of(connected, MARIE)
        assert connected.google.refresh_tokens == {}
        assert ask(connected, "SELECT * FROM credential") == []
        assert ask(connected, "SELECT * FROM arrival") == []

    @pytest.mark.parametrize("helper", [False, True])
    def test_a_member_who_does_not_administer_reads_one_sentence(self, connected, helper):
        """Not even one who may look at users: a delegated administrator."""
        connected.google.helpers = {JEAN.sub} if helper else set()
        browser = browser_of(connected)
        page = browser.signs_in(JEAN)
        assert page.status_code == 403
        assert "for administrators of your Google Workspace" in words(page)
        assert page.text.count('class="button"') == 1
        assert is_out(browser)
        assert ask(connected, "SELECT * FROM member") == []

    def test_an_account_of_her_own_is_hers_and_google_is_not_asked(self, connected):
        browser = browser_of(connected)
        assert browser.signs_in(ALONE).status_code == 303
        assert browser.get("/admin/switches").status_code == 200
        assert not [call for call in connected.google.calls if USERS in call]

    def test_the_directory_must_speak_of_whom_google_signed_in(self, connected, monkeypatch):
        """An answer about somebody else proves nothing."""
        connected.google.administrators = {"1001", "1002"}
        monkeypatch.setattr("addon_backend.google.administrators.quote", lambda *_, **__: MARIE.sub)
        assert browser_of(connected).signs_in(JEAN).status_code == 403

    def test_without_the_tick_nothing_is_known(self, connected):
        connected.google.unticks = {DIRECTORY}
        connected.google.administrators.add(MARIE.sub)
        page = browser_of(connected).signs_in()
        assert page.status_code == 403
        assert "has not let us ask" in words(page)

    def test_where_the_operator_has_not_switched_it_on_she_reads_so(self, connected):
        connected.google.directory_enabled = False
        connected.google.administrators.add(MARIE.sub)
        assert "Admin SDK" in words(browser_of(connected).signs_in())

    @pytest.mark.parametrize("path", [TOKEN, f"{USERS}1001"])
    @pytest.mark.parametrize("trouble", ["silent", "lost", "503", "html", "cut"])
    def test_google_that_does_not_answer_lets_nobody_in(self, connected, path, trouble):
        connected.google.administrators.add(MARIE.sub)
        connected.google.trouble[path] = [trouble]
        browser = browser_of(connected)
        page = browser.signs_in()
        assert page.status_code == 403
        assert "did not answer" in words(page)
        assert is_out(browser)

    def test_she_who_was_proven_today_gets_in_while_the_directory_is_silent(self, connected):
        browser_of(connected, MARIE)
        connected.google.trouble[f"{USERS}1001"] = ["503"]
        assert browser_of(connected).signs_in().status_code == 303

    def test_she_who_says_no_stays_outside(self, connected):
        connected.google.denies = True
        page = browser_of(connected).signs_in()
        assert page.status_code == 403
        assert "did not agree" in words(page)

    def test_without_google_there_is_nothing_to_administer(self, office):
        page = office.stranger().get("/admin")
        assert page.status_code == 404
        assert "not connected here" in words(page)


class TestTheWay:
    """A state is good once, in the browser that was sent away with it."""

    def test_a_state_is_good_once(self, connected):
        browser = browser_of(connected, MARIE)
        back = browser.answers(browser.leaves())
        assert browser.get(back).status_code == 303
        assert "too old" in words(browser.get(back))

    def test_it_is_good_for_no_other_browser(self, connected):
        browser, other = browser_of(connected, MARIE), browser_of(connected)
        back = browser.answers(browser.leaves())
        other.leaves()
        assert other.get(back).status_code == 403
        assert is_out(other)
        assert browser.get(back).status_code == 403

    def test_it_is_good_for_ten_minutes(self, connected):
        browser = browser_of(connected, MARIE)
        back = browser.answers(browser.leaves())
        ask(connected, "UPDATE arrival SET expires_at = expires_at - 601")
        assert browser.get(back).status_code == 403

    @pytest.mark.parametrize("query", ["", "?state=x&code=y", "?code=y", "?state=" + "x" * 5000])
    def test_nobody_gets_in_by_guessing(self, connected, query):
        browser = browser_of(connected)
        browser.leaves()
        assert browser.get(f"/admin/return{query}").status_code == 403

    def test_another_browsers_code_opens_nothing(self, connected):
        """An attacker's own code, put into the victim's way back, fails at Google by its proof."""
        browser, attacker = browser_of(connected), browser_of(connected)
        connected.google.administrators |= {MARIE.sub, JEAN.sub}
        connected.google.user = JEAN
        theirs = parse_qs(urlsplit(attacker.answers(attacker.leaves())).query)["code"][0]
        state = parse_qs(urlsplit(browser.leaves()).query)["state"][0]
        answer = browser.client.get(
            "/admin/return", base_url=PUBLIC_URL, query_string={"state": state, "code": theirs}
        )
        assert answer.status_code == 403

    def test_looking_at_the_link_does_not_use_it_up(self, connected):
        browser = browser_of(connected, MARIE)
        back = browser.answers(browser.leaves())
        assert browser.client.head(back, base_url=PUBLIC_URL).status_code == 204
        assert browser.get(back).status_code == 303


class TestCookies:
    """Whose they are, and for how long."""

    def test_they_are_for_this_host_by_https_and_no_script(self, connected):
        connected.google.administrators.add(MARIE.sub)
        browser = browser_of(connected)
        set_by_leaving = browser.get("/admin/sign-in").headers["Set-Cookie"]
        set_by_coming = browser.signs_in().headers.getlist("Set-Cookie")
        for one in (set_by_leaving, *set_by_coming):
            told = {part.strip().lower() for part in one.split(";")[1:]}
            assert one.startswith("__Host-")
            assert {"secure", "httponly", "samesite=lax", "path=/"} <= told
            assert not any(part.startswith("domain") for part in told)
        assert cookie(browser, ON_THE_WAY) is None
        assert "1001" not in cookie(browser)

    @pytest.mark.parametrize("path", ["members", "members.csv", "spent.csv", "switches"])
    def test_who_never_came_in_is_not_told_that_she_was_signed_out(self, connected, path):
        answer = browser_of(connected).get(f"/admin/{path}")
        assert answer.status_code == 403
        assert "signed out" not in answer.text
        assert "Sign in with Google" in answer.text

    @pytest.mark.parametrize("value", ["", "x", "a.b.c", "x" * 2000])
    def test_nothing_but_ours_is_a_session(self, connected, value):
        browser = browser_of(connected)
        set_cookie(browser, value)
        assert is_out(browser)

    def test_a_ticket_is_no_session_and_a_session_no_ticket(self, connected):
        browser = browser_of(connected, MARIE)
        person = connected.sign_in(MARIE)
        told = {"Authorization": f"Bearer {cookie(browser)}"}
        assert browser.client.get("/v1/me", headers=told).status_code == 401
        set_cookie(browser, person.ticket)
        assert is_out(browser)

    def test_a_session_ends_an_hour_after_the_last_page(self):
        now = [1000.0]
        sessions = AdminSessions([SECRET], lambda: now[0])
        value = sessions.begin(Caller("w", "m"), "s")
        now[0] += SESSION_SECONDS - 1
        renewed = sessions.renewed(sessions.read(value, "en"))
        now[0] += SESSION_SECONDS - 1
        assert sessions.read(renewed, "en").caller == Caller("w", "m")
        with pytest.raises(NotAdministrator):
            sessions.read(value, "en")

    def test_a_proof_counts_for_a_day_whatever_the_session(self, connected):
        browser = browser_of(connected, MARIE)
        ask(connected, "UPDATE administrator SET proven_at = proven_at - :by", by=PROOF_SECONDS - 60)
        assert browser.get("/admin/members").status_code == 200
        ask(connected, "UPDATE administrator SET proven_at = proven_at - 120")
        set_again = cookie(browser)
        page = browser.get("/admin/members")
        assert page.status_code == 403
        assert "signed out" in words(page)
        set_cookie(browser, set_again)
        assert is_out(browser)
        assert browser.signs_in().status_code == 303
        assert browser.get("/admin/members").status_code == 200

    def test_who_does_not_administer_any_more_is_out_at_the_next_question(self, connected):
        browser = browser_of(connected, MARIE)
        connected.google.administrators.clear()
        assert browser_of(connected).signs_in(MARIE).status_code == 403
        assert is_out(browser)

    def test_signing_out_ends_every_copy(self, connected):
        browser, copy = browser_of(connected, MARIE), browser_of(connected)
        set_cookie(copy, cookie(browser))
        assert copy.get("/admin/members").status_code == 200
        value = cookie(copy)
        assert browser.post("/admin/sign-out").status_code == 303
        assert cookie(browser) is None
        assert is_out(copy)
        assert browser.signs_in().status_code == 303
        assert browser.get("/admin/members").status_code == 200
        set_cookie(copy, value)
        assert is_out(copy)

    def test_signing_in_elsewhere_ends_nothing_here(self, connected):
        browser = browser_of(connected, MARIE)
        assert browser_of(connected, MARIE).get("/admin/members").status_code == 200
        assert browser.get("/admin/members").status_code == 200


class TestForms:
    """Nothing is switched but by a form of her own session."""

    @pytest.fixture
    def jean(self, connected):
        return connected.sign_in(JEAN).caller

    @pytest.mark.parametrize("path", PRESSES)
    @pytest.mark.parametrize("whose", ["none", "wrong", "another's", "an earlier session's"])
    def test_without_its_secret_no_form_does_anything(self, connected, jean, path, whose):
        browser = browser_of(connected, MARIE)
        given = {"none": "", "wrong": "f" * 64}.get(whose)
        if whose == "another's":
            given = browser_of(connected, EVE).secret()
        if given is None:
            given = browser.secret()
            browser.signs_in(MARIE)
        answer = browser.post(path.format(jean=jean.member), dict(PRESSES[path]), given)
        assert answer.status_code == 403
        assert "open for too long" in words(answer)
        assert ask(connected, "SELECT * FROM audit") == ask(connected, "SELECT * FROM policy") == []
        assert browser.get("/admin/members").status_code == 200

    @pytest.mark.parametrize("path", PRESSES)
    def test_nothing_is_switched_by_being_opened(self, connected, jean, path):
        browser = browser_of(connected, MARIE)
        browser.get(path.format(jean=jean.member))
        assert ask(connected, "SELECT * FROM audit") == ask(connected, "SELECT * FROM policy") == []

    @pytest.mark.parametrize("path", PRESSES)
    def test_who_is_not_proven_switches_nothing(self, connected, jean, path):
        browser = browser_of(connected, MARIE)
        secret = browser.secret()
        ask(connected, "DELETE FROM administrator")
        answer = browser.post(path.format(jean=jean.member), dict(PRESSES[path]), secret)
        assert answer.status_code == 403
        assert ask(connected, "SELECT * FROM audit") == ask(connected, "SELECT * FROM policy") == []

    @pytest.mark.parametrize(
        "form",
        [
            {"retention_days": "0"},
            {"retention_days": "401"},
            {"retention_days": "x"},
            {"retention_days": None},
            {"field": ["country", "no.such"]},
            {"delegation": "on"},
        ],
    )
    def test_what_cannot_be_is_refused_whole(self, connected, form):
        browser = browser_of(connected, MARIE)
        answer = browser.post("/admin/switches", switched(**{"in_place": None} | form))
        assert answer.status_code in {403, 422}
        assert ask(connected, "SELECT * FROM policy") == []

    def test_policy_of_the_pages(self, connected):
        for path in ("/admin", "/admin/sign-in", "/admin/return"):
            policy = browser_of(connected).get(path).headers["Content-Security-Policy"]
            assert "script-src 'none'" in policy
            assert "form-action 'self'" in policy
            assert "frame-ancestors 'none'" in policy


class TestTenants:
    """An administrator sees and switches her own workspace, whatever she knows of another."""

    def test_another_workspaces_administrator_reaches_nobody_here(self, connected):
        jean = connected.sign_in(JEAN).caller
        browser_of(connected, MARIE)
        eve = browser_of(connected, EVE)
        answer = eve.post(f"/admin/members/{jean.member}", {"admission": "blocked"})
        assert answer.status_code == 404
        eve.post("/admin/pause", {"paused": "on"})
        seen = " ".join(words(eve.get(f"/admin/{page}")) for page in PAGES)
        assert "example.com" not in seen.replace("elsewhere.example", "")
        ((workspace,),) = ask(connected, "SELECT workspace FROM policy")
        assert workspace != jean.workspace

    def test_the_owner_of_an_address_like_hers_is_not_of_her_organisation(self, connected):
        """``hd`` is the organisation, an address is not."""
        browser_of(connected, MARIE)
        private = browser_of(connected)
        private.signs_in(Account("2009", "boss@example.com", None))
        assert "marie@example.com" not in words(private.get("/admin/members"))
