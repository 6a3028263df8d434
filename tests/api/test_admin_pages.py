"""What an administrator sees on ``/admin`` and what her presses do."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text

import addon_backend
from addon_backend.domain.fields import CATALOGUE
from addon_backend.google.administrators import GoogleAdministrators
from addon_backend.google.delegation import Delegation
from tests.api.admin_browser import ALONE, JEAN, MARIE, browser_of, switched, words
from tests.api.google_office import google_office
from tests.fakes.google_identity import Account
from tests.unit.google.test_credentials import Machine, Rerouted

TEMPLATES = Path(addon_backend.__file__).parent / "web" / "templates" / "admin"


@pytest.fixture
def admin(connected):
    return browser_of(connected, MARIE)


@pytest.fixture
def jean(connected, admin):
    """A member beside the administrator."""
    return connected.sign_in(JEAN)


def ask(connected, query, **told):
    """Ask the store's own database."""
    engine = connected.office.house.store._engine  # noqa: SLF001 - nobody else may
    with engine.begin() as connection:
        answer = connection.execute(text(query), told)
        return list(answer) if answer.returns_rows else []


def row_of(page, email):
    """What the table says of a member."""
    found = [row for row in re.findall(r"<tr>.*?</tr>", page.text, re.DOTALL) if email in row]
    assert len(found) == 1
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


class TestMembers:
    """Seen, held back and why."""

    def test_everybody_who_has_come_in_is_there(self, connected, admin, jean):
        page = admin.get("/admin/members")
        assert "Has not connected to Google yet" in row_of(page, "jean@example.com")
        connected.google.user = JEAN
        connected.tab().connects(jean)
        assert "May run, connected" in row_of(admin.get("/admin/members"), "jean@example.com")

    def test_one_whose_consent_has_ended_is_told(self, connected, admin, jean):
        connected.google.user = JEAN
        connected.tab().connects(jean)
        ask(connected, "UPDATE credential SET token = NULL, revoked_at = granted_at")
        assert "Google has ended the connection" in row_of(admin.get("/admin/members"), "jean@example.com")

    def test_a_blocked_member_is_refused_and_an_unblocked_one_is_not(self, admin, jean):
        path = f"/admin/members/{jean.caller.member}"
        assert admin.post(path, {"admission": "blocked"}).status_code == 303
        assert "Switched off by an administrator" in row_of(admin.get("/admin/members"), "jean@example.com")
        refused = jean.post("/v1/runs/preview", jean.selects())
        assert (refused.status_code, refused.get_json()["code"]) == (403, "not_admitted")
        admin.post(path, {"admission": "usual"})
        assert jean.post("/v1/runs/preview", jean.selects()).status_code == 200

    def test_a_list_is_who_may_run(self, admin, jean):
        admin.post("/admin/switches", switched(who="listed"))
        assert jean.post("/v1/runs/preview", jean.selects()).status_code == 403
        admin.post(f"/admin/members/{jean.caller.member}", {"admission": "listed"})
        assert jean.post("/v1/runs/preview", jean.selects()).status_code == 200
        assert "Take off the list" in row_of(admin.get("/admin/members"), "jean@example.com")

    def test_nobody_is_nobody(self, admin):
        answer = admin.post("/admin/members/nobody", {"admission": "blocked"})
        assert (answer.status_code, "no such page or member" in words(answer)) == (404, True)
        answer = admin.get("/admin/nothing")
        assert (answer.status_code, answer.content_type.split(";")[0]) == (404, "text/html")

    @pytest.mark.parametrize("form", [{}, {"admission": "king"}])
    def test_what_cannot_be_said_of_her_is_refused(self, admin, jean, form):
        assert admin.post(f"/admin/members/{jean.caller.member}", form).status_code == 422

    def test_many_are_shown_some_at_a_time(self, connected, admin, monkeypatch):
        monkeypatch.setattr("addon_backend.web.admin.pages.MEMBERS_A_PAGE", 2)
        for number in range(4):
            connected.sign_in(Account(f"5{number}", f"a{number}@example.com", "example.com"))
        first = admin.get("/admin/members")
        assert "a1@example.com" in first.text
        assert "a2@example.com" not in first.text
        following = re.search(r'href="(/admin/members\?from=\d+)"', first.text)
        assert following is not None
        assert "a2@example.com" in admin.get(following[1]).text

    def test_no_cell_of_the_file_is_a_formula(self, connected, admin):
        for number, sign in enumerate("=+-@"):
            email = f"{sign}cmd{number}@example.com"
            connected.sign_in(Account(f"6{number}", email, "example.com"))
        answer = admin.get("/admin/members.csv")
        assert answer.content_type.startswith("text/csv")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) == 6
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert "'=cmd0@example.com" in cells

    def test_what_people_are_called_is_no_markup(self, connected, admin):
        connected.sign_in(Account("666", "<script>@example.com", "example.com"))
        assert "<script" not in admin.get("/admin/members").text


class TestSpent:
    """Counts, never values."""

    def test_runs_are_summed_by_member_and_month(self, connected, admin, jean):
        for _ in range(2):
            run = jean.starts()
            ask(
                connected,
                "UPDATE reservation SET quoted = 5, reserved = 5, spent = 3 WHERE run = :it",
                it=run,
            )
        old = jean.starts()
        ask(connected, "UPDATE run SET created_at = created_at - 40 * 86400 WHERE id = :it", it=old)
        older = jean.starts()
        ask(connected, "UPDATE run SET created_at = 0 WHERE id = :it", it=older)
        page = admin.get("/admin/spent")
        rows = [row for row in re.findall(r"<tr>.*?</tr>", page.text, re.DOTALL) if "jean@example.com" in row]
        told = [re.findall(r'class="number"[^>]*>([^<]*)<', row) for row in rows]
        assert told == [["2", "8", "6"], ["1", "4", "0"]]
        assert "dupont" not in page.text.lower()

    def test_it_is_a_file_as_well(self, admin, jean):
        jean.starts()
        answer = admin.get("/admin/spent.csv")
        assert answer.content_type.startswith("text/csv")
        header, (month, *line) = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert header == ["month", "email", "runs", "rows", "credits"]
        assert re.fullmatch(r"\d{4}-\d{2}", month)
        assert line == ["jean@example.com", "1", "4", "0"]

    def test_nothing_was_spent(self, admin):
        assert "Nothing was run" in words(admin.get("/admin/spent"))


class TestSwitches:
    """Each is kept, enforced and traced."""

    def test_what_is_saved_is_shown(self, connected, admin):
        form = switched(who="listed", field=["country"], retention_days="30", in_place=None)
        assert admin.post("/admin/switches", form).status_code == 303
        page = admin.get("/admin/switches").text
        assert re.findall(r'name="field" value="([^"]+)" checked', page) == ["country"]
        assert re.search(r'value="listed" checked', page)
        assert 'value="30"' in page
        assert not re.search(r'name="in_place" checked', page)
        ((days,),) = ask(connected, "SELECT retention_days FROM workspace")
        assert days == 30

    def test_who_switched_what_is_told(self, connected, admin, jean):
        admin.post("/admin/switches", switched(who="listed", field=["country"], retention_days="30"))
        admin.post("/admin/switches", switched(retention_days="30", in_place=None))
        admin.post(f"/admin/members/{jean.caller.member}", {"admission": "blocked"})
        admin.post("/admin/pause", {"paused": "on"})
        told = words(admin.get("/admin/switches"))
        for line in (
            "marie@example.com let only listed members run",
            "marie@example.com set how many days data is kept: 30",
            "marie@example.com let everybody run",
            "marie@example.com let every column be filled",
            "marie@example.com forbade cleaning in place",
            "marie@example.com blocked jean@example.com",
            "marie@example.com paused everything",
        ):
            assert line in told
        assert "switched off: Domain, Industry" in told

    def test_saying_it_again_leaves_no_trace(self, connected, admin, jean):
        for _ in range(2):
            admin.post("/admin/switches", switched(in_place=None))
            admin.post("/admin/pause", {"paused": "on"})
            admin.post(f"/admin/members/{jean.caller.member}", {"admission": "blocked"})
        assert ask(connected, "SELECT count(*) FROM audit") == [(3,)]

    def test_the_whole_catalogue_stays_the_whole_catalogue(self, connected, admin):
        """A field that is added to it later may be filled, too."""
        admin.post("/admin/switches", switched(in_place=None, field=list(CATALOGUE)))
        assert ask(connected, "SELECT fields FROM policy") == [(None,)]

    def test_saving_ends_no_pause(self, connected, admin):
        admin.post("/admin/pause", {"paused": "on"})
        admin.post("/admin/switches", switched(in_place=None))
        assert "Everything is paused" in words(admin.get("/admin/switches"))

    @pytest.mark.parametrize("path", ["members", "spent", "switches", "doctor"])
    def test_a_pause_is_told_on_every_page_while_it_lasts(self, admin, path):
        assert "Everything is paused" not in words(admin.get(f"/admin/{path}"))
        admin.post("/admin/pause", {"paused": "on"})
        assert "Everything is paused" in words(admin.get(f"/admin/{path}"))

    def test_a_pause_is_told_in_open_panels_and_rings_when_it_ends(self, connected, admin, jean):
        run = jean.starts()
        before = jean.get(f"/v1/runs/{run}").get_json()["version"]
        admin.post("/admin/pause", {"paused": "on"})
        told = jean.get(f"/v1/runs/{run}").get_json()
        assert told["version"] > before
        assert told["sentence"].startswith("Paused by your administrator")
        refused = jean.post("/v1/runs/preview", jean.selects()).get_json()
        assert refused["code"] == "workspace_paused"
        rings = connected.office.house.bell.rings
        admin.post("/admin/pause", {"paused": "off"})
        assert connected.office.house.bell.rings > rings
        assert jean.post("/v1/runs/preview", jean.selects()).status_code == 200

    def test_the_panel_is_offered_what_may_be_filled(self, admin, jean):
        admin.post("/admin/switches", switched(field=["country"]))
        assert [line["name"] for line in jean.get("/v1/catalogue").get_json()["fields"]] == ["country"]

    def test_delegation_is_offered_where_the_operator_has_it(self, admin, tmp_path, blank_home):
        assert "delegation" not in admin.get("/admin/switches").text
        with google_office(tmp_path / "other", blank_home, delegate="sheets@project.example") as office:
            browser, member = browser_of(office, MARIE), office.sign_in(JEAN)
            connected = lambda: member.get("/v1/google/consent").get_json()["connected"]  # noqa: E731 - a word
            assert 'name="delegation"' in browser.get("/admin/switches").text
            assert not connected()
            browser.post("/admin/switches", switched(delegation="on"))
            assert connected()
            assert "let us act for all members" in words(browser.get("/admin/switches"))
            browser.post("/admin/switches", switched())
            assert not connected()
            alone = browser_of(office, ALONE)
            assert "delegation" not in alone.get("/admin/switches").text
        others = {"other.example"}
        with google_office(
            tmp_path / "third", blank_home, delegate="sheets@project.example", delegated=frozenset(others)
        ) as office:
            assert "delegation" not in browser_of(office, MARIE).get("/admin/switches").text


class TestDoctor:
    """Each finding says what mends it."""

    def test_it_names_what_is_to_be_done_first(self, admin, jean):
        told = words(admin.get("/admin/doctor"))
        for line in ("sets SMTP_URL and MAIL_FROM", "starts “addon-backend worker”", "press Connect"):
            assert line in told
        assert told.rindex("To do") < told.index("Good")
        assert "by https" in told

    def test_consents_are_counted(self, connected, admin, jean):
        connected.google.user = JEAN
        connected.tab().connects(jean)
        assert "Connected to Google: 1 of 2 members" in words(admin.get("/admin/doctor"))
        ask(connected, "UPDATE credential SET token = NULL, revoked_at = granted_at")
        told = words(admin.get("/admin/doctor"))
        assert "Connections that Google has ended: 1." in told

    def test_workers_that_are_there_are_good(self, connected, admin):
        with connected.office.house.store.unit() as unit:
            unit.work.lead("sweeper", "w", 60.0)
            unit.commit()
        assert "Good Workers are there." in words(admin.get("/admin/doctor"))

    def test_delegation_is_tried(self, tmp_path, blank_home):
        with google_office(tmp_path / "other", blank_home, delegate="sheets@project.example") as office:
            google, desk, made = office.google, office.office.house.administrators, []

            assert isinstance(desk, GoogleAdministrators)

            def request():
                made.append(Rerouted(google.url))
                return made[-1]

            desk._delegation = Delegation(  # noqa: SLF001 - the machine's own identity is another's here
                google.delegate, [], lambda: Machine(google.machine_token), request
            )
            browser = browser_of(office, MARIE)
            browser.post("/admin/switches", switched(delegation="on"))
            assert "Good Google lets us act for your members." in words(browser.get("/admin/doctor"))
            assert google.acted_for == ["marie@example.com"]
            google.installed.clear()
            assert "To do Google does not let us act" in words(browser.get("/admin/doctor"))
            google.machine_token = "another"
            tried = Delegation(google.delegate, [], lambda: Machine("nobody's"), request)
            desk._delegation = tried  # noqa: SLF001 - same
            assert "Service Account Token Creator" in words(browser.get("/admin/doctor"))
            for one in made:
                one.session.close()

    def test_a_pause_is_a_finding(self, admin):
        admin.post("/admin/pause", {"paused": "on"})
        assert "Everything is paused. Let it go on" in words(admin.get("/admin/doctor"))


class TestWords:
    """English and French say the same things."""

    def test_both_catalogues_have_all_words(self):
        english, french = (
            json.loads((TEMPLATES / f"{language}.json").read_text(encoding="utf-8"))
            for language in ("en", "fr")
        )
        assert english.keys() == french.keys()
        for key in english:
            named = [set(re.findall(r"{(\w+)}", one[key])) for one in (english, french)]
            assert named[0] == named[1], key
            assert not re.search(r"[^\u00a0\u202f/s][:;!?»]|«[^\u00a0]", french[key].replace("https:", "")), (
                key
            )

    def test_she_reads_her_own_language(self, connected):
        admin = browser_of(connected, MARIE, "fr-CA")
        for path in ("members", "spent", "switches", "doctor"):
            page = admin.get(f"/admin/{path}")
            assert page.headers["Content-Language"] == "fr"
            assert 'lang="fr"' in page.text
        admin.post("/admin/pause", {"paused": "on"})
        assert "marie@example.com a tout mis en pause" in words(admin.get("/admin/switches"))
