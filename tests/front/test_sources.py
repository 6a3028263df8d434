import dataclasses
import re
from pathlib import Path

import pytest

from addon_backend.services import catalogue
from addon_backend.services.runs import views
from addon_backend.services.runs.following import views as following
from addon_backend.services.runs.selection import views as selection
from addon_backend.web.v1.me import Me

PANEL = Path(__file__).parents[2] / "addon_backend" / "panel"
TEXTS = {
    path.relative_to(PANEL).as_posix(): path.read_text("utf-8")
    for kind in ("*.js", "*.html", "*.css")
    for path in sorted(PANEL.rglob(kind))
    if "vendor" not in path.relative_to(PANEL).parts
}

# Each would break in a host's frame, under the content policy, or for who listens instead of looking.
FORBIDDEN = {
    "a dialog of the browser": r"\b(alert|confirm|prompt)\(",
    "storage that a frame does not have": r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b",
    "markup from text": r"\b(innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|document\.write)\b",
    "code from text": r"\b(eval|new Function)\(",
    "an inline style": r"<[^>]*\sstyle=",
    "an inline handler": r"<[^>]*\son\w+=",
    "an address of somebody else": r"https?://(?!www\.w3\.org/)",
    "a stream that a frame's proxy may hold back": r"\bEventSource\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_of_the_panel_holds(what):
    assert [name for name, text in TEXTS.items() if re.search(FORBIDDEN[what], text)] == []


def test_a_module_says_its_purpose_first_and_has_only_one():
    modules = {name: text for name, text in TEXTS.items() if name.endswith(".js")}
    assert [
        name for name, text in modules.items() if not text.startswith("/**") or text.count("\n") > 300
    ] == []


def test_both_pages_load_modules_by_the_same_map():
    maps = [
        re.findall(r'<script type="importmap">(.*?)</script>', TEXTS[page])
        for page in ("panel.html", "sandbox.html")
    ]
    assert len(maps[0]) == 1
    assert maps[0] == maps[1]


SHAPES = [
    *(getattr(selection, name) for name in "Preview Step Example ExampleCell PreflightLine".split()),
    *(getattr(selection, name) for name in "Price Known InspectedColumn TableColumn".split()),
    *(getattr(views, name) for name in "RunView OutputView ReasonCount Money Report Unspent".split()),
    *(getattr(views, name) for name in "HistoryLine Explanation".split()),
    *(getattr(following, name) for name in "DecisionGroup Decisions Answered RowPlace RowsNow".split()),
    catalogue.Catalogue,
    Me,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_panel_knows_a_reply_by_the_names_it_has(shape):
    found = re.search(rf"@typedef {{object}} {shape.__name__}\n(.*?)\*/", TEXTS["types.js"], re.DOTALL)
    assert found, f"types.js has no {shape.__name__}"
    known = set(re.findall(r"@property {.*} (\w+)", found[1]))
    assert known == {field.name for field in dataclasses.fields(shape)}
