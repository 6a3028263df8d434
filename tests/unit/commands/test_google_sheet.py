"""``enrich SHEET_URL`` and ``inspect SHEET_URL``: a sheet that was shared with the operator's account."""

from __future__ import annotations

import signal
import time
from itertools import count

import pytest

from addon_backend.domain.errors import (
    CredentialMissing,
    FileUnreadable,
    HostTrouble,
    NothingToResume,
    NothingToUndo,
    SelectionEmpty,
    SheetAddressWrong,
    SheetNotShared,
    SheetProtected,
    SheetReadOnly,
    SheetUnknown,
)
from addon_backend.google import shared
from addon_backend.google.changes import COLUMN
from tests.fakes.google_identity import identity_provider
from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.errors import Refused
from tests.fakes.google_sheets.faults import Fault
from tests.fakes.google_sheets.model import empty_sheet
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.google_tokens import Tokens
from tests.unit.commands.test_bad_input import wait_for_run

ACCOUNT = "enrich@project.iam.gserviceaccount.example"
SHARE = {"reason": "account", "account": ACCOUNT}
FINE = {0, 3}
ROWS = [
    ["Name", "E-mail", "Phone"],
    ["Ada Byron", "ADA@example.com", "+44 20 7946 0001"],
    ["Chloé Martin", "chloe@EXAMPLE.org", "+33 1 99 00 00 02"],
]


@pytest.fixture
def identity():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def google(identity):
    with FakeGoogleSheets(clock=count(0.0, 10.0).__next__) as running:
        running.tokens = Tokens(identity)
        yield running
    assert not running.complaints


@pytest.fixture
def document(google):
    """A list, a second tab, and a chart: shared with the account as Editor."""
    made = google.documents.create(
        "Leads", "owner@example.com", empty_sheet(0, "People"), empty_sheet(7, "More"),
        empty_sheet(9, "Chart", kind="OBJECT"),
    )  # fmt: skip
    made.editors.add(ACCOUNT)
    made.at(0).fill(ROWS)
    return made


@pytest.fixture
def key(terminal, identity):
    return terminal.file("key.json", identity.service_account(ACCOUNT))


@pytest.fixture(autouse=True)
def operator(terminal, google, key, monkeypatch):
    """She has named the key file, and Google is the emulator."""
    monkeypatch.setenv("GOOGLE_SERVICE_ACCOUNT", str(key))
    monkeypatch.setenv("GOOGLE_SHEETS_URL", google.url)
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("HOME", str(terminal.home))  # whoever runs the tests has credentials of her own
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "GOOGLE_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


def url(document, sheet: int | None = 0, more: str = "") -> str:
    tail = "" if sheet is None else f"#gid={sheet}{more}"
    return f"https://docs.google.com/spreadsheets/d/{document.id}/edit{tail}"


def table(document, sheet=0, rows=3, columns=14):
    person = document.at(sheet)
    return [[person.look(row, column).value for column in range(columns)] for row in range(rows)]


def test_a_shared_sheet_is_filled_where_it_is(terminal, document):
    """The documented report, new columns beside the list, her own cells untouched, no file anywhere."""
    assert terminal.enriches(url(document)) in FINE, terminal.told

    report = terminal.data
    assert report["rows"] == 2
    assert report["output"] == url(document)
    seen = table(document)
    assert [row[:3] for row in seen] == ROWS
    assert "E-mail (clean)" in seen[0]
    assert seen[2][seen[0].index("E-mail (clean)")] == "chloe@example.org"
    assert terminal.desk == ["key.json"]
    assert terminal.kept == []


def test_a_dry_run_leaves_no_mark_and_is_content_with_a_viewer(terminal, google, document):
    """Nothing is written, not even the name of a column."""
    document.editors.clear()
    document.viewers.add(ACCOUNT)

    assert terminal.types("enrich", url(document), "--dry-run", "--json") == 0, terminal.told
    assert terminal.data["rows"] == 2
    assert terminal.data["run"] is None
    assert [row[:3] for row in table(document)] == ROWS
    assert not any(one.key == COLUMN for one in document.all_metadata())
    assert not any("batchUpdate" in name for name in google.calls)


def test_a_range_of_the_address_counts_and_that_of_the_command_more(terminal, document):
    assert terminal.types("enrich", url(document, 0, "&range=A1:C2"), "--dry-run", "--json") == 0
    assert terminal.data["rows"] == 1
    there = url(document, 0, "&range=A1:C2")
    assert terminal.types("enrich", there, "--range", "A1:C3", "--dry-run", "--json") == 0
    assert terminal.data["rows"] == 2
    assert terminal.types("enrich", url(document), "--limit", "1", "--dry-run", "--json") == 0
    assert terminal.data["rows"] == 1


def test_a_tab_is_named_by_its_number_or_by_its_name(terminal, document):
    document.at(7).fill(ROWS[:2])
    for words in ([url(document, 7)], [url(document, 0), "--sheet", "More"]):
        assert terminal.types("enrich", *words, "--dry-run", "--json") == 0
        assert terminal.data["rows"] == 1
    assert terminal.types("enrich", url(document), "--sheet", "Nowhere", "--dry-run") == 1
    assert "There are: People, More" in terminal.told


def test_a_read_only_sheet_is_told_before_anything_is_read(terminal, google, document):
    """The sentence names the account; no cell was asked for, no run was made."""
    document.editors.clear()
    document.viewers.add(ACCOUNT)

    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(SheetReadOnly(**SHARE))
    assert ACCOUNT in terminal.told
    assert google.readings == []


@pytest.mark.parametrize("command", ["enrich", "inspect"])
def test_a_sheet_that_is_not_shared_is_told_with_whom_to_share_it(terminal, document, command):
    document.editors.clear()
    assert terminal.types(command, url(document)) == 1
    assert terminal.was_told(SheetNotShared(**SHARE))

    nowhere = url(document).replace(document.id, "1" + "x" * 43)
    assert terminal.types(command, nowhere) == 1
    assert terminal.was_told(SheetNotShared(**SHARE))
    assert "Editor" in terminal.told


@pytest.mark.parametrize("command", ["enrich", "inspect"])
def test_another_address_is_wrong_usage(terminal, google, command):
    assert terminal.types(command, "https://example.com/list.csv") == 2
    assert terminal.was_told(SheetAddressWrong())
    assert not google.calls


def test_a_chart_and_a_tab_that_is_gone_are_told(terminal, document):
    assert terminal.enriches(url(document, 9)) == 1
    assert terminal.was_told(SheetUnknown(reason="no_cells"))
    assert terminal.enriches(url(document, 11)) == 1
    assert terminal.was_told(SheetUnknown(reason="no_tab"))


def test_an_office_file_that_google_shows_is_told(terminal, document, monkeypatch):
    """Google answers 400 for one, whatever is asked."""

    def refuse(*_whose, **_how):
        raise Refused(400, "FAILED_PRECONDITION", "This operation is not supported for this document")

    monkeypatch.setattr(document, "may", refuse)
    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(FileUnreadable(reason="office_file"))


def test_an_empty_sheet_is_told_as_an_empty_file_is(terminal, document):
    assert terminal.enriches(url(document, 7)) == 1
    assert terminal.was_told(SelectionEmpty())


def test_a_protected_sheet_is_told_and_left_alone(terminal, document):
    document.at(0).protect(Area(0, None, 0, None))

    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(SheetProtected())
    assert [row[:3] for row in table(document)] == ROWS


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ("", CredentialMissing()),
        ("somebody@project.iam.gserviceaccount.example", CredentialMissing(reason="nobody_to_act")),
        ("/nowhere/key.json", CredentialMissing(reason="key_file_unread")),
    ],
)
def test_without_a_credential_it_is_said_what_to_set(terminal, document, named, error):
    terminal.patch.setenv("GOOGLE_SERVICE_ACCOUNT", named)
    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(error)


def test_a_key_that_google_no_longer_knows_is_told_without_a_word_of_it(terminal, identity, document, key):
    secret = key.read_text()
    identity.service_accounts.clear()
    identity.delegate = "another"
    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(CredentialMissing(reason="refused"))
    assert "PRIVATE KEY" in secret
    assert "PRIVATE" not in terminal.told + terminal.out


def test_a_file_for_the_result_is_wrong_usage(terminal, document):
    assert terminal.enriches(url(document), "--out", terminal.folder / "out.csv") == 2
    assert [row[:3] for row in table(document)] == ROWS


def test_a_share_that_ends_in_mid_run_can_be_resumed(terminal, google, document):
    """What the run has done stays; shared again, it goes on, and once."""
    google.batch_windows.append(document.editors.clear)  # right before the new columns

    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(SheetNotShared(**SHARE))
    assert "--resume" in terminal.told
    assert terminal.enriches(url(document), "--resume") == 1
    assert terminal.was_told(SheetNotShared(**SHARE))

    document.editors.add(ACCOUNT)
    assert terminal.enriches(url(document), "--resume") in FINE, terminal.told
    assert table(document)[0].count("E-mail (clean)") == 1
    assert terminal.enriches(url(document), "--resume") == 1
    assert terminal.was_told(NothingToResume())


def test_ctrl_c_is_obeyed_and_the_run_goes_on_later(terminal, google, document):
    google.faults.extend([Fault("slow", "spreadsheets.values.batchUpdateByDataFilter", 2.0)] * 20)
    with terminal.process("enrich", url(document), "--yes", "--json") as running:
        wait_for_run(terminal.home / "addon.db")
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        out, told = running.communicate(timeout=120)
    assert running.returncode == 130, told
    assert out == ""
    assert "--resume" in told
    assert "Traceback" not in told

    google.faults.clear()
    assert terminal.enriches(url(document), "--resume") in FINE, terminal.told
    assert table(document)[0].count("E-mail (clean)") == 1


@pytest.mark.parametrize("fault", ["unavailable", "throttled"])
@pytest.mark.parametrize("calls", [0, 1, 3])
def test_google_in_trouble_before_a_run_is_told_once(terminal, google, document, fault, calls):
    """Nothing was changed, and nobody tries again behind her back."""
    google.faults.extend([""] * calls + [fault])
    assert terminal.enriches(url(document)) == 1
    assert terminal.was_told(HostTrouble(reason="before_run"))
    assert [row[:4] for row in table(document)] == [[*row, None] for row in ROWS]


def test_google_in_trouble_during_a_run_is_asked_again(terminal, google, document, monkeypatch):
    monkeypatch.setattr("addon_backend.google.refusals.PAUSE_SECONDS", 0.0)
    trouble = [Fault("unavailable", "spreadsheets.values.batchUpdateByDataFilter")] * 2
    google.faults.extend(["", "", "", "", "", "", "", "", *trouble])
    assert terminal.enriches(url(document)) in FINE, terminal.told
    assert "E-mail (clean)" in table(document)[0]


def test_the_newest_run_is_taken_back(terminal, google, document):
    """What she has typed since stays; a second undo has nothing to take back."""
    assert terminal.enriches(url(document)) in FINE
    typed = table(document)[0].index("E-mail (clean)")
    document.at(0).type_in(1, typed, "mine")

    assert terminal.types("enrich", url(document), "--undo", "--json") in FINE, terminal.told
    assert terminal.data["output"] == url(document)
    seen = table(document)
    assert [row[:3] for row in seen] == ROWS
    assert seen[1][typed] == "mine"
    assert seen[2][typed] in {None, ""}
    for sheet in (0, 7):
        assert terminal.types("enrich", url(document, sheet), "--undo") == 1
        assert terminal.was_told(NothingToUndo())


def test_a_file_has_nothing_to_undo(terminal, document):
    assert terminal.types("enrich", terminal.file("people.csv", "a,b"), "--undo") == 2
    assert terminal.types("enrich", url(document), "--undo", "--dry-run") == 2


def test_inspect_names_the_columns_of_one_tab_or_of_all(terminal, google, document):
    """A chart is left out, an empty tab is no mistake, and a Viewer may do it."""
    document.editors.clear()
    document.viewers.add(ACCOUNT)

    assert terminal.types("inspect", url(document, None), "--json") == 0, terminal.told
    sheets = terminal.data["sheets"]
    assert isinstance(sheets, list)
    assert [(one["name"], one["rows"]) for one in sheets] == [("People", 2), ("More", 0)]
    assert [column["kind"] for column in sheets[0]["columns"]][1:] == ["email", "phone"]
    assert terminal.types("inspect", url(document, 0)) == 0
    assert "People" in terminal.out
    assert not any("batchUpdate" in name for name in google.calls)


def test_the_write_that_asks_for_the_pen_changes_nothing(terminal, google, document):
    """Also where the first cell is protected: that is told with the cells, and is no lack of rights."""
    document.at(0).protect(Area(0, 1, 0, 1))
    before = table(document)
    assert terminal.types("enrich", url(document), "--json") == 2  # nobody is here to agree
    assert "--yes" in terminal.told
    assert google.calls["spreadsheets.values.batchUpdateByDataFilter"] == 1
    assert table(document) == before
    assert shared.ADDRESS.format(document=document.id, sheet=0) == url(document)
