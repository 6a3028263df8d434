"""Every view, at every width a host gives it, in every theme, in both languages."""

import os
from pathlib import Path

import pytest

from tests.browser.axe import violations
from tests.browser.panel import VIEWS

WIDTHS = (270, 300, 350)
THEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "contrast": {"color_scheme": "dark", "forced_colors": "active"},
}
# With ADDON_PICTURES=FOLDER each view is also kept as a picture, to be looked at.
PICTURES = os.environ.get("ADDON_PICTURES")

OVERFLOWING = """() => {
  const frames = [document.documentElement, document.querySelector("main")];
  const beyond = ({ left, right, width }) => width && (right > innerWidth + 0.5 || left < -0.5);
  return [...document.querySelectorAll("#panel *")]
    .filter((one) => !one.closest(".unseen, svg") && beyond(one.getBoundingClientRect()))
    .concat(frames.filter((one) => one.scrollWidth > one.clientWidth))
    .map((one) => one.outerHTML.slice(0, 120));
}"""

SMALL = """() => [...document.querySelectorAll("button, select, summary, input")]
  .map((one) => (one.type === "checkbox" || one.type === "radio" ? one.closest("label") : one))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 32)
  .map((one) => one.outerHTML.slice(0, 120))"""

CUT = """() => [...document.querySelectorAll("#panel :is(p, h1, h2, button, span, td, th, dd, dt, label)")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_and_is_accessible(page, mock, view, language):
    page.set_viewport_size({"width": 300, "height": 720})
    VIEWS[view](page, mock, language)
    for theme, media in THEMES.items():
        page.emulate_media(reduced_motion="reduce", **media)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 720})
            where = f"{view}-{language}-{theme}-{width}"
            if PICTURES:
                keep(page, Path(PICTURES) / f"{where}.png")
            if width == min(WIDTHS):  # colours and names do not depend on the width
                assert violations(page) == "", where
            assert page.evaluate(OVERFLOWING) == [], where
            assert page.evaluate(SMALL) == [], where
            assert page.evaluate(CUT) == [], where
            assert page.locator("h1").count() == 1
            assert page.locator("button.primary").count() <= 1


@pytest.mark.parametrize("view", VIEWS)
def test_the_primary_button_is_in_sight_in_the_smallest_pane(page, mock, view):
    """At 1366 × 768 Excel gives its pane 350 × 378."""
    page.set_viewport_size({"width": 350, "height": 378})
    VIEWS[view](page, mock, "fr")
    for button in page.locator("footer button").all():
        box = button.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 378
    assert page.locator("main").bounding_box()["height"] >= 120, "something is left to see above it"


def keep(page, path):
    """Keep the whole view as a picture, as tall as it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height = page.evaluate(
        "document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight"
    )
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": size["height"] + max(0, height)})
    page.screenshot(path=str(path))
    page.set_viewport_size(size)
