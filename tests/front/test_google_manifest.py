import json
import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDON = ROOT / "manifest" / "google"
MANIFEST = json.loads((ADDON / "appsscript.json").read_text("utf-8"))
LISTING = (ADDON / "marketplace" / "README.md").read_text("utf-8")


def test_the_scopes_are_the_narrowest_and_each_is_justified():
    beginning = "https://www.googleapis.com/auth/"
    short = [scope.removeprefix(beginning) for scope in MANIFEST["oauthScopes"]]
    assert short == "openid userinfo.email spreadsheets.currentonly script.container.ui drive.file".split()
    table = LISTING.split("## Why each scope")[1]
    assert re.findall(r"^\| `(\S+)` \|", table, re.MULTILINE) == MANIFEST["oauthScopes"]


def test_the_script_runs_on_v8_and_fetches_nothing():
    assert MANIFEST["runtimeVersion"] == "V8"
    assert not any("UrlFetchApp" in path.read_text("utf-8") for path in ADDON.glob("*.js"))


def test_only_the_service_could_be_fetched():
    found = re.search(r'PANEL_URL = "(.*?)"', (ADDON / "Config.js").read_text("utf-8"))
    assert found
    assert MANIFEST["urlFetchWhitelist"] == [f"{found[1]}/"]


def test_clasp_uploads_every_file_of_the_script_and_no_other():
    ignored = (ADDON / ".claspignore").read_text("utf-8").split()
    assert ignored[0] == "**/**"
    listed = {name.removeprefix("!") for name in ignored[1:]}
    assert listed == {path.name for kind in ("*.js", "*.html") for path in ADDON.glob(kind)} | {
        "appsscript.json"
    }
    assert json.loads((ADDON / ".clasp.json.example").read_text("utf-8"))["rootDir"] == "."


def test_every_page_of_the_script_is_asked_for_by_its_name():
    asked = re.findall(r'createTemplateFromFile\("(\w+)"\)', (ADDON / "Code.js").read_text("utf-8"))
    assert sorted(asked) == sorted(path.stem for path in ADDON.glob("*.html"))


@pytest.mark.parametrize("size", [32, 48, 96, 128])
def test_an_icon_has_its_size(size):
    head = (ADDON / "icons" / f"icon-{size}.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (size, size)


@pytest.mark.parametrize("page", ["Sidebar.html", "Picker.html"])
def test_a_page_of_the_script_makes_no_markup_from_text(page):
    text = (ADDON / page).read_text("utf-8")
    assert "<?!=" not in text, "Google does not escape those"
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
    assert all('"' in before for before in re.findall(r"data-\w+=(.)<\?=", text)), "an attribute has quotes"


def test_the_script_and_the_panel_agree_on_how_much_is_read_whole():
    port = (ROOT / "addon_backend" / "panel" / "host" / "port.js").read_text("utf-8").replace("_000", "000")
    script = (ADDON / "Sheet.js").read_text("utf-8")
    for name in ("WHOLE_ROWS", "WHOLE_SIZE", "HEAD_ROWS"):
        told = [
            re.search(rf"const {name}_? = ([\d_]+)", text.replace("_000", "000")) for text in (port, script)
        ]
        assert told[0]
        assert told[1]
        assert told[0][1] == told[1][1]
